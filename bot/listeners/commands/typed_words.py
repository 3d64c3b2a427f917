"""Reading words as somebody typed them: the word that decides, and what comes after it."""

from __future__ import annotations

from collections.abc import Sequence

# What people put around the first word in a mention and in a direct message.
AROUND_IN_MENTION = ".,!?"
AROUND_IN_MESSAGE = ".,!?/"


def read_words(typed: Sequence[str], around: str = "") -> tuple[str, tuple[str, ...]]:
    """The first word in small letters, without what is around it, and the others as they are.

    Returns:
        An empty word where nothing was typed, or only what may be around a word.
    """
    if not typed:
        return "", ()
    return typed[0].lower().strip(around), tuple(typed[1:])
