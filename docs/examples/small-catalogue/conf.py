project = "Acme reference"
extensions = ["sphinxext_stitch"]
stitch_data_path = "data"
