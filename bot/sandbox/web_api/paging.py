"""Cursor pagination, see https://docs.slack.dev/apis/web-api/pagination."""

import base64
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.workspace.records import Json

T = TypeVar("T")
_MOST = 1_000


def page(
    rows: Sequence[T], key: Callable[[T], str], args: Arguments, default: int = 100
) -> tuple[list[T], Json]:
    """Return one page of rows, and the fields that tell of the next.

    Args:
        rows: All rows in their order.
        key: What is unique about a row; the cursor remembers the last row of a page by it.
        args: The call, for `limit` and `cursor`.
        default: The limit when none was given.

    Raises:
        SlackRefusal: `invalid_cursor`, `invalid_limit`.
    """
    limit = args.number("limit", default)
    if limit < 1:
        raise SlackRefusal("invalid_limit")
    start = _after(rows, key, args.text("cursor"))
    end = start + min(limit, _MOST)
    more = end < len(rows)
    cursor = base64.b64encode(f"next:{key(rows[end - 1])}".encode()).decode() if more else ""
    return list(rows[start:end]), {"response_metadata": {"next_cursor": cursor}}


def _after(rows: Sequence[T], key: Callable[[T], str], cursor: str) -> int:
    if not cursor:
        return 0
    try:
        mark = base64.b64decode(cursor, validate=True).decode().removeprefix("next:")
    except ValueError:
        raise SlackRefusal("invalid_cursor") from None
    for place, row in enumerate(rows):
        if key(row) == mark:
            return place + 1
    raise SlackRefusal("invalid_cursor")
