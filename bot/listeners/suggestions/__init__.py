"""Asking for suggestions, and deciding about them by button or reaction."""
