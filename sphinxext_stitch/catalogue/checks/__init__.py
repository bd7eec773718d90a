"""Checks of a whole catalogue: lint, and references between its parts."""
