"""Log lines as an operator would find them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import structlog

from bot.log import configure_logging


class Logged:
    """What was logged so far."""

    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream

    @property
    def text(self) -> str:
        """All of it."""
        return self._stream.getvalue()

    def lines(self, event: str) -> list[dict[str, object]]:
        """The lines of one event."""
        return [line for line in self.all_lines() if line["event"] == event]

    def all_lines(self) -> list[dict[str, object]]:
        """Every line."""
        return [json.loads(line) for line in self.text.splitlines()]


@contextmanager
def logging_to_memory(level: str = "INFO", *, as_json: bool = True) -> Iterator[Logged]:
    """Log as the bot does, into memory; afterwards logging is as it was."""
    root = logging.getLogger()
    before, was = list(root.handlers), root.level
    stream = io.StringIO()
    try:
        with patch("sys.stderr", stream):
            configure_logging(level, json=as_json)
        yield Logged(stream)
    finally:
        root.handlers = before
        root.setLevel(was)
        structlog.reset_defaults()
