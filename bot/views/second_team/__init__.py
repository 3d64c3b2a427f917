"""Second team."""
