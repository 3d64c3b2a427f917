"""Reading a framework, its actions library and other text files from a council's disk."""
