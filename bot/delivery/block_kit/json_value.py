"""The walk over a whole payload before its blocks are looked at: can it be sent, does it notify a channel?"""

import math
import re
from collections.abc import Iterator, Mapping

from bot.delivery.block_kit.violation import Violation, child

MOST_LEVELS = 40
# A view has at most 250,000 bytes, and every value takes at least two of them.
MOST_VALUES = 125_000
# Beyond this a reader that keeps numbers as doubles, as Slack may, changes them.
LARGEST_NUMBER = 2**53

_BROADCAST = re.compile(r"<!(channel|here|everyone|group|subteam)\b", re.IGNORECASE)
# What these members hold is handed back to us or put into a text field, never shown as a message text, and it
# must stay as a person typed it.
_NOT_SHOWN = frozenset({"initial_value", "private_metadata", "value", "event_payload"})


def check_value(payload: object) -> Iterator[Violation]:
    """Check what holds for any payload: plain JSON, not too deep, no text that notifies a channel or group.

    Where the payload is not plain JSON, the last violation is a `NotJson`: the checks that recurse must
    then not be run on it.
    """
    pending: list[tuple[object, str, int, bool]] = [(payload, "", 0, True)]
    for _ in range(MOST_VALUES):
        if not pending:
            return
        value, at, level, shown = pending.pop()
        fault = _fault(value, level)
        if fault:
            yield NotJson(at, fault)
            return
        if shown and isinstance(value, str) and _BROADCAST.search(value):
            yield Violation(at, "must not notify a whole channel or group: escape < as &lt;")
        pending.extend(
            reversed(
                [(member, where, level + 1, shown and kept) for member, where, kept in _inside(value, at)]
            )
        )
    yield NotJson("", f"must have at most {MOST_VALUES:,} values")


class NotJson(Violation):
    """The payload cannot be sent at all, so nothing else about it can be checked."""


def _inside(value: object, at: str) -> Iterator[tuple[object, str, bool]]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield member, child(at, name), name not in _NOT_SHOWN
    elif isinstance(value, list | tuple):
        for index, member in enumerate(value):
            yield member, child(at, index), True


def _fault(value: object, level: int) -> str | None:
    """Return why a value cannot be sent as JSON, or None."""
    if level > MOST_LEVELS:
        return f"must be nested at most {MOST_LEVELS} levels deep"
    if isinstance(value, str):
        return None if _is_utf8(value) else "must be text that UTF-8 can carry"
    if isinstance(value, float):
        return None if math.isfinite(value) else "must be a finite number"
    if isinstance(value, dict) or (level == 0 and isinstance(value, Mapping)):
        bad = any(not isinstance(name, str) or not _is_utf8(name) for name in value)
        return "must have text as the names of its members" if bad else None
    if isinstance(value, int):
        return None if abs(value) < LARGEST_NUMBER else "must be a number that JSON readers keep exact"
    return None if value is None or isinstance(value, list | tuple) else "must be a JSON value"


def _is_utf8(text: str) -> bool:
    """Return whether a string has no lone surrogate, which no request could carry."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
