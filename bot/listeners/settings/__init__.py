"""The settings, by word, button and form."""
