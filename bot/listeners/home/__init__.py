"""The Home tab, drawn when somebody opens it."""
