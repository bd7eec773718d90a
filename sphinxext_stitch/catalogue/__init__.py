"""The catalogue: from data files to a typed model and a list of problems; imports neither Sphinx nor docutils."""
