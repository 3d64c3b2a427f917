"""Block Kit: the pieces that every view is built from."""
