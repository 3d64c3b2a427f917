"""The two checks every outgoing payload passes: one for messages, one for views."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.delivery.block_kit.blocks import check_blocks
from bot.delivery.block_kit.elements import ID, plain
from bot.delivery.block_kit.json_value import NotJson, check_value
from bot.delivery.block_kit.shapes import Members, choice, string
from bot.delivery.block_kit.violation import Check, Surface, Violation, child

TEXT_LIMIT = 4_000
"""Characters of `text`: chat.update refuses more (docs.slack.dev/reference/methods/chat.update), so a post
has to keep to it too, or it could never be edited."""
BLOCKS_LIMIT = 12_000
"""Characters of a message's blocks as JSON. Slack's own limit is not published: `msg_blocks_too_long` was
seen at 13,170 (github.com/slackapi/bolt-js/issues/2509)."""
VIEW_LIMIT = 250_000
"""Bytes of a view as JSON (docs.slack.dev/reference/methods/views.open, `view_too_large`)."""
METADATA_LIMIT = 4_000
"""Characters of message metadata as JSON: our own limit, since Slack does not publish its."""


def _blocks(surface: Surface) -> Check:
    return lambda value, at: check_blocks(value, surface, at)


def _at_most(maximum: int, check: Check) -> Check:
    """Accept what passes the check and is not longer than this as JSON."""

    def both(value: object, at: str) -> Iterator[Violation]:
        yield from check(value, at)
        length = len(json.dumps(value, ensure_ascii=False))
        if length > maximum:
            yield Violation(at, f"must have at most {maximum:,} characters as JSON, has {length:,}")

    return both


def _inputs_can_be_sent(view: object, at: str) -> Iterator[Violation]:
    if not isinstance(view, Mapping) or "submit" in view:
        return
    blocks = view.get("blocks")
    for block in blocks if isinstance(blocks, list | tuple) else ():
        if isinstance(block, Mapping) and block.get("type") == "input":
            yield Violation(child(at, "submit"), "is required in a modal with input blocks")
            return


_METADATA = Members({"event_type": ID, "event_payload": Members({"key": string(METADATA_LIMIT)})})
_MESSAGE = Members(
    # Screen readers and notifications read the text.
    {"text": string(TEXT_LIMIT)},
    {
        "blocks": _at_most(BLOCKS_LIMIT, _blocks(Surface.MESSAGE)),
        "metadata": _at_most(METADATA_LIMIT, _METADATA),
    },
)
VIEWS: Mapping[str, Members] = {
    "modal": Members(
        {"type": choice("modal"), "title": plain(24), "blocks": _blocks(Surface.MODAL)},
        {
            "close": plain(24),
            "submit": plain(24),
            "private_metadata": string(3000, minimum=0),
            "callback_id": ID,
        },
        _inputs_can_be_sent,
    ),
    "home": Members({"type": choice("home"), "blocks": _blocks(Surface.HOME)}),
}


def check_message(payload: Mapping[str, Any]) -> tuple[Violation, ...]:
    """Check what a message says: its text, and where there are any its blocks and its metadata.

    Returns:
        Every broken rule; nothing where Slack will take the message. It never raises.
    """
    return _checked(payload, lambda: _MESSAGE(payload, ""))


def check_view(view: Mapping[str, Any]) -> tuple[Violation, ...]:
    """Check a modal or a Home tab, as given to views.open, views.update, views.push or views.publish.

    Returns:
        Every broken rule; nothing where Slack will take the view. It never raises.
    """
    return _checked(view, lambda: _view(view))


def _checked(payload: object, rest: Callable[[], Iterator[Violation]]) -> tuple[Violation, ...]:
    if not isinstance(payload, Mapping):
        return (Violation("", "must be an object"),)
    found = tuple(check_value(payload))
    if found and isinstance(found[-1], NotJson):
        return found
    return found + tuple(rest())


def _view(view: Mapping[str, Any]) -> Iterator[Violation]:
    kind = view.get("type")
    if not isinstance(kind, str) or kind not in VIEWS:
        yield Violation("/type", "must be modal or home")
        return
    yield from VIEWS[kind](view, "")
    length = len(json.dumps(dict(view)))
    if length > VIEW_LIMIT:
        yield Violation("", f"must have at most {VIEW_LIMIT:,} bytes as JSON, has {length:,}")
