"""The data format: the records of each file, and the JSON Schema that editors read; the public promise."""
