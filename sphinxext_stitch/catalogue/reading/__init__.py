"""From the bytes of a data file to its checked record."""
