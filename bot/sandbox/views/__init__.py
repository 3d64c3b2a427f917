"""Modals and Home tabs: how they open, change and lie on each other, and what their inputs hold."""
