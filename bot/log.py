"""Logging: readable lines in a terminal, JSON elsewhere; never anybody's text, never a token."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import AbstractContextManager
from typing import Any

import structlog

# Slack's token shapes, and the ticket in a Socket Mode address, which opens a connection by itself.
_SECRETS = re.compile(r"(xox[a-z]-|xapp-|xoxe\.|ticket=)[A-Za-z0-9._%~+/=-]+")
_LONGEST_CHAIN = 10
# At DEBUG these log whole payloads, with what people wrote in them.
_PAYLOAD_LOGGERS = ("slack_bolt", "slack_sdk", "aiohttp.access", "aiosqlite", "asyncpg", "sqlalchemy")


def without_secrets(text: str) -> str:
    """The text with every token cut to its kind."""
    return _SECRETS.sub(lambda match: f"{match.group(1)}…", text)


def trace_of(error: BaseException) -> str:
    """Where an error came from and what led to it: types and places, no messages.

    A message may repeat what somebody typed, as those of pydantic and of database drivers do.
    """
    return "\n".join(_trace_lines(error, _LONGEST_CHAIN))


def _trace_lines(error: BaseException, deepest: int) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and deepest > 0:
        yield from _trace_lines(before, deepest - 1)
        yield "then:"
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for place in traceback.extract_tb(error.__traceback__):
        yield f"  {place.filename}:{place.lineno} in {place.name}"
    if isinstance(error, BaseExceptionGroup) and deepest > 0:
        for each in error.exceptions:
            yield "one of its parts:"
            yield from _trace_lines(each, deepest - 1)


def _with_trace(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given is True else None
    if isinstance(given, tuple):
        error = given[1]
    if error is not None:
        event["exception"] = trace_of(error)
    return event


def _first_line(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of a library's line: what follows on further lines are dumps, such as a task with its exception."""
    event["event"] = next(iter(str(event.get("event", "")).splitlines()), "")
    return event


class _Redacting:
    """Renders a line, and cuts every token out of the whole of it."""

    def __init__(self, render: structlog.typing.Processor) -> None:
        self._render = render

    def __call__(self, logger: object, method: str, event: MutableMapping[str, Any]) -> str:
        return without_secrets(str(self._render(logger, method, event)))


def configure_logging(level: str, *, json: bool | None = None) -> None:
    """Send every log line, ours and the libraries', through one formatter to standard error."""
    as_json = not sys.stderr.isatty() if json is None else json
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, _first_line],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _with_trace,
            _Redacting(renderer),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _PAYLOAD_LOGGERS:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    for name in ("apscheduler", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        # First, so that what is not logged at this level costs next to nothing.
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for one module."""
    bound: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return bound


def log_context(**facts: str) -> AbstractContextManager[None]:
    """Every line logged inside carries these facts, but for those that are empty.

    A task begun inside carries them as well, for as long as it lives; whoever began this one, and the tasks
    beside it, do not.
    """
    return structlog.contextvars.bound_contextvars(**{name: fact for name, fact in facts.items() if fact})
