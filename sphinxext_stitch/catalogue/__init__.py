"""The catalogue: from data files to a typed model and a list of problems; knows neither Sphinx nor docutils."""
