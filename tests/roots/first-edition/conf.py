project = "Pelican"
extensions = ["myst_parser", "sphinx_design", "sphinxext_stitch"]
stitch_data_path = "data"
