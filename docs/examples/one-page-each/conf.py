project = "Connections"
extensions = ["sphinxext_stitch"]
stitch_pages = "connections"
