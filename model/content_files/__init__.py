"""YAML files of a framework or a library read as plain data, where every fault names its file and line."""
