"""Content files."""
