project = "My reference"
extensions = ["sphinxext_stitch"]
