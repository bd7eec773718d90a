project = "Acme reference"
extensions = ["sphinxext_stitch"]
stitch_data_path = "data"
# The table lists all objects, and the project shows some of them.
suppress_warnings = ["stitch.not-shown"]
