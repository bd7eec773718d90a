"""The data format, which is public: the records of each file, and the JSON Schema for editors."""
