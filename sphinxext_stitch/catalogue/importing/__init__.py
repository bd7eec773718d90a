"""From what other programs say of connectors to objects of the data format, with a list of what these cannot say."""
