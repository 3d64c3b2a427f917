"""Making the weekly digests that are due, and switching them on and off."""
