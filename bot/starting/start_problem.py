"""What keeps the bot from starting."""

from __future__ import annotations


class StartProblem(Exception):
    """The bot cannot start; the text is a sentence that says what to do."""
