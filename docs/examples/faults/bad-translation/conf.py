extensions = ["sphinxext_stitch"]
stitch_data_path = "data"
language = "de"
