"""Inviting a second team, comparing the two, and recording the level they agree on."""
