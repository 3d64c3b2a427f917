"""Putting a bot together and signing it in, and what keeps it from starting."""
