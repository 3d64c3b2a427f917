"""Block Kit building blocks as plain dicts.

Limits and surfaces are checked where payloads leave, in `bot.delivery.block_kit`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.wording.text import cut, plain, shorten_escaped, spoken

# chat.update refuses a text of over 4,000 characters (msg_too_long).
TEXT_LIMIT = 3_900
# A text object holds 3,000 characters (docs.slack.dev/reference/block-kit/composition-objects/text-object).
OBJECT_LIMIT = 3_000
# Legal blocks of about 13,170 characters in all were seen refused (github.com/slackapi/bolt-js/issues/2509).
ROOM = 11_900
# To how many characters the texts of a message that is too large are cut, until it fits.
_SHORTER = (1_500, 1_000, 700, 500, 350, 250, 180, 120, 80, 40)

Block = dict[str, Any]
View = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """A message: blocks for the eye, and the same as text for screen readers and notifications."""

    text: str
    blocks: tuple[Block, ...] = ()

    def payload(self) -> dict[str, Any]:
        """As Slack takes it; the text is cut to what an edit may hold, and the blocks to what fits."""
        return {"text": shorten_escaped(self.text, TEXT_LIMIT), "blocks": _fitting(self.blocks)}


def _fitting(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their texts cut as little as makes them fit; buttons and menus stay as they are."""
    fitting = list(blocks)
    for length in _SHORTER:
        if len(json.dumps(fitting, ensure_ascii=False)) <= ROOM:
            break
        fitting = [_shortened(block, length) for block in fitting]
    return fitting


def _shortened(block: Block, length: int) -> Block:
    if block["type"] == "section":
        return {**block, "text": _cut_object(block["text"], length)}
    if block["type"] == "context":
        return {**block, "elements": [_cut_object(each, length) for each in block["elements"]]}
    return block


def _cut_object(text: Block, length: int) -> Block:
    return {**text, "text": shorten_escaped(text["text"], length)}


def mrkdwn(text: str) -> Block:
    """A formatted text object, cut to what one holds; people's text in it must be escaped."""
    return {"type": "mrkdwn", "text": shorten_escaped(text, OBJECT_LIMIT)}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, 150)}


def section(text: str, *, accessory: Block | None = None, block_id: str | None = None) -> Block:
    """A paragraph of formatted text, with a button beside it if wanted."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory is not None:
        block["accessory"] = accessory
    if block_id is not None:
        block["block_id"] = block_id
    return block


def paragraphs(lines: Sequence[str]) -> list[Block]:
    """Lines in as few paragraphs as hold them whole; a list of many dimensions is longer than one."""
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + 1 + len(line) <= OBJECT_LIMIT:
            texts[-1] += f"\n{line}"
        else:
            texts.append(line)
    return [section(text) for text in texts]


def context(text: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def button(
    label: str,
    action: ActionId,
    reference: Reference,
    *,
    style: Literal["primary", "danger"] | None = None,
    accessibility_label: str | None = None,
) -> Block:
    """A button that carries a reference."""
    element: Block = {
        "type": "button",
        "text": plain(label, 75),
        "action_id": action.value,
        "value": reference.encode(),
    }
    if style is not None:
        element["style"] = style
    if accessibility_label is not None:
        element["accessibility_label"] = spoken(accessibility_label, 75)
    return element


def actions(*elements: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def field(
    input_id: InputId,
    label: str,
    element: Block,
    *,
    optional: bool = False,
    hint: str | None = None,
    part: str = "",
    heard: bool = False,
) -> Block:
    """An input of a modal; block and element share the id.

    Args:
        input_id: Which input.
        label: What stands above it.
        element: The element itself.
        optional: Whether it may be left empty.
        hint: What stands below it.
        part: What tells it from the others, where the form has several of its kind.
        heard: Whether we hear of each change at once, and not only when the form is sent.
    """
    block: Block = {
        "type": "input",
        "block_id": input_id.block(part),
        "label": plain(label),
        "element": {**element, "action_id": input_id.value},
        "optional": optional,
    }
    if hint is not None:
        block["hint"] = plain(hint)
    if heard:
        block["dispatch_action"] = True
    return block


def text_input(*, initial: str = "", multiline: bool = False, longest: int, placeholder: str = "") -> Block:
    """A text input. Limits: up to 3,000 characters."""
    element: Block = {"type": "plain_text_input", "multiline": multiline, "max_length": longest}
    if initial:
        element["initial_value"] = cut(initial, longest)
    if placeholder:
        element["placeholder"] = plain(placeholder)
    return element


def option(label: str, value: str, description: str = "") -> Block:
    """One choice of a select, radio or checkbox group."""
    choice: Block = {"text": plain(label, 75), "value": value}
    if description:
        choice["description"] = plain(description, 75)
    return choice


def modal(
    view_id: ViewId,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str = "Close",
    reference: Reference | None = None,
) -> View:
    """A modal; without `submit` it can only be read."""
    view: View = {
        "type": "modal",
        "callback_id": view_id.value,
        "title": plain(title, 24),
        "close": plain(close, 24),
        "blocks": list(blocks),
        "private_metadata": (reference or Reference()).encode(),
    }
    if submit is not None:
        view["submit"] = plain(submit, 24)
    return view
