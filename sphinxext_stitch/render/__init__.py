"""Pieces of the model as docutils nodes; what is needed of Sphinx is handed in."""
