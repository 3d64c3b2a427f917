"""Score file."""
