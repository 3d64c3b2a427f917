"""The plain version of a payload that broke a rule: less to see, but certain to be taken by Slack."""

import re
from collections.abc import Mapping
from typing import Any

from bot.delivery.block_kit.payload import check_message, check_view
from bot.views.block_kit.blocks import section
from bot.views.wording.text import shorten_escaped

PLAIN_LIMIT = 3_900
"""Characters of a plain message; below the limit of `text`, to leave room for what a caller adds."""

_NOTHING_TO_SAY = (
    "Milepost has news here that it could not show. Type /milepost status to see where things stand."
)
_FORM = "Part of this form could not be shown. What you see below works as usual."
_NO_FORM = "This form could not be shown. Nothing was changed. Please close it and try again."
_HOME = (
    "This page could not be shown. Nothing is lost. Type /milepost status in the channel of your assessment."
)
_KEPT = ("title", "submit", "callback_id", "private_metadata", "close")


def plain_message(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a message of text alone that passes `check_message`, whatever was in the payload.

    The text is cut at 3,900 characters with "…" and never empty; metadata stays where it is legal, as the
    dispatcher finds its messages by it. On an update Slack removes the blocks of a message that is given text
    alone.
    """
    message: dict[str, Any] = {"text": _plain_text(payload.get("text"))}
    with_metadata = {**message, "metadata": payload.get("metadata")}
    return with_metadata if with_metadata["metadata"] and not check_message(with_metadata) else message


def plain_view(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return a view that passes `check_view`, whatever was in the given one.

    A modal keeps its title, ids, buttons and each input block that is legal, under one section of plain text
    that says what could not be shown. A Home tab becomes that one section.
    """
    if view.get("type") == "home":
        return {"type": "home", "blocks": [section(_HOME)]}
    modal: dict[str, Any] = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Milepost"},
        "blocks": [section(_FORM)],
        "submit": {"type": "plain_text", "text": "Submit"},
    }
    for name in _KEPT:
        candidate = {**modal, name: view.get(name)}
        if name in view and not check_view(candidate):
            modal = candidate
    blocks = view.get("blocks")
    for block in blocks if isinstance(blocks, list | tuple) else ():
        longer = {**modal, "blocks": [*modal["blocks"], block]}
        if isinstance(block, Mapping) and block.get("type") == "input" and not check_view(longer):
            modal = longer
    if len(modal["blocks"]) == 1:
        # Nobody should send off what they could not see.
        del modal["submit"]
        modal["blocks"] = [section(_NO_FORM)]
    return modal


def _plain_text(text: object) -> str:
    """Return text that can be sent: carried by UTF-8, notifying nobody at large, not too long, not empty."""
    if not isinstance(text, str):
        return _NOTHING_TO_SAY
    sendable = text.encode("utf-8", "replace").decode("utf-8")
    harmless = shorten_escaped(re.sub(r"<!(?!date\^)", "&lt;!", sendable), PLAIN_LIMIT)
    return harmless if harmless.strip() else _NOTHING_TO_SAY
