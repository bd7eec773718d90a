project = "Pelican"
extensions = ["myst_parser", "sphinxext_stitch"]
stitch_data_path = "data"
