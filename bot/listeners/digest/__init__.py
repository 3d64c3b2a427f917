"""Switching the weekly digest of a channel on and off."""
