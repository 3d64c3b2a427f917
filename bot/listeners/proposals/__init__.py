"""Proposals by form, message shortcut or reaction, and the buttons of their cards."""
