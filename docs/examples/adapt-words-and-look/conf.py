project = "Conduit reference"
extensions = ["sphinxext_stitch"]
stitch_data_path = "data"
html_static_path = ["_static"]
html_css_files = ["look.css"]
