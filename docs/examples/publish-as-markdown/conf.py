project = "Acme reference"
extensions = ["sphinxext_stitch", "sphinx_llm.txt"]
stitch_data_path = "data"
llms_txt_description = "How to connect sources and destinations of data by the API of Acme."
llms_txt_full_build = True
