"""Repeating what somebody wrote inside a sentence about it."""

_LIMIT = 40


def quoted(text: str) -> str:
    """Put a text in single quotes, cut to 40 characters, with every invisible character made visible."""
    cut = text if len(text) <= _LIMIT else text[: _LIMIT - 1] + "…"
    shown = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut)
    return f"'{shown}'"
