"""The two checks every outgoing payload passes: one for messages, one for views."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.delivery.block_kit.blocks import check_blocks
from bot.delivery.block_kit.json_value import NotJson, check_value
from bot.delivery.block_kit.objects import ID, plain
from bot.delivery.block_kit.shapes import anything, choice, flag, items, members, string
from bot.delivery.block_kit.violation import Surface, Violation, child

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

_METADATA = members({"event_type": ID, "event_payload": members({}, {}, open_ended=True)}, {})
_VIEW_MEMBERS = {
    "close": plain(24),
    "submit": plain(24),
    "private_metadata": string(3000, minimum=0),
    "callback_id": string(255, minimum=0),
    "external_id": string(255, minimum=0),
    "clear_on_close": flag,
    "notify_on_close": flag,
    "submit_disabled": flag,
}
_VIEWS = {
    "modal": members({"type": choice("modal"), "title": plain(24), "blocks": anything}, _VIEW_MEMBERS),
    "home": members({"type": choice("home"), "blocks": anything}, {"title": plain(24), **_VIEW_MEMBERS}),
}


def check_message(
    payload: Mapping[str, Any], *, surface: Surface = Surface.MESSAGE, update: bool = False
) -> tuple[Violation, ...]:
    """Check the arguments of chat.postMessage, chat.postEphemeral or chat.update.

    Args:
        payload: `text`, and where there are any `blocks` and `metadata`; other arguments, as `channel`, pass.
        surface: MESSAGE or EPHEMERAL.
        update: whether an existing message is edited; only then may `metadata` be {}, which clears it.

    Returns:
        Every broken rule; nothing where Slack will take the message. It never raises.
    """
    return _checked(payload, lambda: _message(payload, surface, update))


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


def _message(payload: Mapping[str, Any], surface: Surface, update: bool) -> Iterator[Violation]:
    if "text" not in payload:
        yield Violation("/text", "is required: screen readers and notifications read it")
    else:
        yield from string(TEXT_LIMIT)(payload["text"], "/text")
    if payload.get("blocks") is not None:
        yield from check_blocks(payload["blocks"], surface, "/blocks")
        length = len(json.dumps(payload["blocks"], ensure_ascii=False))
        if length > BLOCKS_LIMIT:
            yield Violation(
                "/blocks", f"must have at most {BLOCKS_LIMIT:,} characters as JSON, has {length:,}"
            )
    if payload.get("metadata") is not None and not (update and payload["metadata"] == {}):
        yield from _metadata(payload["metadata"])
    yield from _arguments(payload)


def _metadata(metadata: object) -> Iterator[Violation]:
    yield from _METADATA(metadata, "/metadata")
    length = len(json.dumps(metadata, ensure_ascii=False))
    if length > METADATA_LIMIT:
        yield Violation(
            "/metadata", f"must have at most {METADATA_LIMIT:,} characters as JSON, has {length:,}"
        )


def _arguments(payload: Mapping[str, Any]) -> Iterator[Violation]:
    """Check the arguments that would undo the rest: names turned into mentions, and a second text."""
    if payload.get("link_names"):
        yield Violation("/link_names", "must be off: it turns typed names into notifications")
    if payload.get("parse") == "full":
        yield Violation("/parse", "must not be full: it turns typed names into notifications")
    if "attachments" in payload:
        yield from items(anything, 0, 100)(payload["attachments"], "/attachments")
    if "markdown_text" in payload:
        yield Violation("/markdown_text", "cannot stand beside text or blocks")


def _view(view: Mapping[str, Any]) -> Iterator[Violation]:
    kind = view.get("type")
    if not isinstance(kind, str) or kind not in _VIEWS:
        yield Violation("/type", "must be modal or home")
        return
    yield from _VIEWS[kind](view, "")
    blocks = view.get("blocks")
    if blocks is not None:
        yield from check_blocks(blocks, Surface(kind), "/blocks")
    inputs = [block for block in _list(blocks) if isinstance(block, Mapping) and block.get("type") == "input"]
    if kind == "modal" and inputs and "submit" not in view:
        yield Violation("/submit", "is required in a modal with input blocks")
    for at in list(_focused(blocks, "/blocks"))[1:]:
        yield Violation(at, "only one element of a view may take the focus")
    length = len(json.dumps(dict(view)))
    if length > VIEW_LIMIT:
        yield Violation("", f"must have at most {VIEW_LIMIT:,} bytes as JSON, has {length:,}")


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _focused(value: object, at: str) -> Iterator[str]:
    """Yield the pointer of each focus_on_load that is on."""
    if isinstance(value, Mapping):
        if value.get("focus_on_load") is True:
            yield child(at, "focus_on_load")
        for name, member in value.items():
            yield from _focused(member, child(at, name))
    for index, member in enumerate(_list(value)):
        yield from _focused(member, child(at, index))
