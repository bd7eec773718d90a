"""Parts of the model as docutils nodes; of Sphinx, only its nodes and its translations are imported."""
