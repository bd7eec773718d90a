"""Configuration of the project's own documentation."""

from importlib.metadata import version as version_of

project = "sphinxext-stitch"
author = "The sphinxext-stitch contributors"
copyright = "2026, The sphinxext-stitch contributors"
version = release = version_of("sphinxext-stitch")

extensions = ["myst_parser", "sphinx_copybutton", "sphinxext_stitch"]
exclude_patterns = ["_build", "examples"]
# Links within pages are those of forges: to a heading by its words.
myst_heading_anchors = 4

html_theme = "furo"
html_title = "sphinxext-stitch"
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["wide.css"]

# A reference has a section for each object: titles without numbers are enough, as in the HTML.
latex_elements = {"preamble": r"\setcounter{secnumdepth}{1}"}
latex_documents = [
    (
        "stitch-connect/source-destination-reference",
        "reference.tex",
        "Destination and Source Connection Property API Reference",
        author,
        "howto",
    )
]
man_pages = [
    (
        "stitch-connect/source-destination-reference",
        "stitch-connect-reference",
        "Destination and Source Connection Property API Reference",
        [author],
        7,
    )
]
epub_show_urls = "no"
