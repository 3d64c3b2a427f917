"""What a person reads in a message or a view: plain text, buttons as [Label]."""

from collections.abc import Callable, Sequence
from typing import Any

Json = dict[str, Any]
_MENUS = ("select", "picker", "checkboxes", "radio_buttons", "overflow", "input")


def readable(text: str, blocks: Sequence[Json] = ()) -> str:
    """Return a message as a person reads it.

    Args:
        text: The message's text; it is shown only when there are no blocks, as in Slack.
        blocks: Its blocks, in order.
    """
    if not blocks:
        return text
    lines = [_block(block) for block in blocks]
    return "\n".join(line for line in lines if line)


def _block(block: Json) -> str:
    writer = _WRITERS.get(str(block.get("type")))
    return writer(block) if writer else _leaf_texts(block)


def _section(block: Json) -> str:
    parts = [_text(block.get("text"))] + [_text(field) for field in block.get("fields", [])]
    if block.get("accessory"):
        parts.append(_element(block["accessory"]))
    return "\n".join(part for part in parts if part)


def _row(block: Json) -> str:
    return " ".join(part for part in map(_element, block.get("elements", [])) if part)


def _input(block: Json) -> str:
    hint = f" ({_text(block['hint'])})" if block.get("hint") else ""
    return f"{_text(block.get('label'))}:{hint} {_element(block.get('element', {}))}".rstrip()


def _image(block: Json) -> str:
    title = _text(block.get("title"))
    return f"[picture: {block.get('alt_text', '')}]" + (f" {title}" if title else "")


def _rich_text(block: Json) -> str:
    return "\n".join(_leaf_texts(element) for element in block.get("elements", []))


def _table(block: Json) -> str:
    return "\n".join(" | ".join(_leaf_texts(cell) for cell in row) for row in block.get("rows", []))


def _element(element: Json) -> str:
    kind = str(element.get("type"))
    if kind in ("plain_text", "mrkdwn"):
        return _text(element)
    if kind == "image":
        return f"[picture: {element.get('alt_text', '')}]"
    if kind.endswith("button"):
        return f"[{_text(element.get('text'))}]"
    if any(word in kind for word in _MENUS):
        options = " / ".join(_text(option.get("text")) for option in element.get("options", []))
        return f"<{options or _text(element.get('placeholder')) or kind}>"
    return _leaf_texts(element)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("text", ""))
    return value if isinstance(value, str) else ""


def _leaf_texts(value: Any) -> str:
    """Return every piece of text in a structure, in order: for blocks without a writer of their own."""
    if isinstance(value, list):
        return " ".join(part for part in map(_leaf_texts, value) if part)
    if not isinstance(value, dict):
        return ""
    named = {"user": "user_id", "channel": "channel_id", "broadcast": "range", "emoji": "name"}
    field = named.get(str(value.get("type")))
    if field:
        return f"@{value.get(field, '')}"
    parts = [
        v if k in ("text", "title", "caption") and isinstance(v, str) else _leaf_texts(v)
        for k, v in value.items()
    ]
    return " ".join(part for part in parts if part)


_WRITERS: dict[str, Callable[[Json], str]] = {
    "section": _section,
    "header": lambda block: _text(block.get("text")),
    "divider": lambda block: "---",
    "context": _row,
    "actions": _row,
    "context_actions": _row,
    "input": _input,
    "image": _image,
    "rich_text": _rich_text,
    "table": _table,
    "data_table": _table,
    "markdown": lambda block: _text(block.get("text")),
}
