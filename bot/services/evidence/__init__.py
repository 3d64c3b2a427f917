"""Logging a message as evidence, whichever way it was offered, and only once."""
