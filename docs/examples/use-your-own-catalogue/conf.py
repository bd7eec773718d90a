project = "Acme reference"
extensions = ["sphinxext_stitch"]
stitch_data_path = "data"
suppress_warnings = ["stitch.not-shown"]
