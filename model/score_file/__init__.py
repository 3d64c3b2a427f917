"""Levels from a CSV, YAML or JSON file, checked row by row against a framework, and the results they give."""
