project = "Requests"
extensions = ["sphinx_design", "sphinxext_stitch"]
stitch_data_path = "data"
