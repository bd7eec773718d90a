"""Validate what a client would send against the JSON Schema of an object."""
