extensions = ["sphinxext_stitch"]
stitch_data_path = "data"
stitch_pages = "connections"
exclude_patterns = ["connections/source/*"]
