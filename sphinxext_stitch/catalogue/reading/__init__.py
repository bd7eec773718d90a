"""From the files of a folder to validated records."""
