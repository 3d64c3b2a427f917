"""Whole surfaces: the blocks of a message, a modal, the Home tab."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.sandbox.block_kit.blocks import block_for
from bot.sandbox.block_kit.composition import ID, plain_text
from bot.sandbox.block_kit.shapes import Check, Found, Problem, Shape, flag, rows, string

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MARKDOWN_IN_A_MESSAGE = 12_000
# Slack does not publish this one; the API was seen to refuse at about 13,170 characters.
MESSAGE_BLOCKS_CHARACTERS = 13_000
VIEW_BYTES = 250_000
_ONCE_IN_A_MESSAGE = {"table": 1, "data_visualization": 2}

_VIEW_FIELDS: dict[str, Check] = {
    "private_metadata": string(3_000, least=0),
    "callback_id": string(ID, least=0),
    "external_id": string(ID, least=0),
    "clear_on_close": flag,
    "notify_on_close": flag,
}
_MODAL = Shape(
    {"title": plain_text(24), "blocks": rows(block_for("modal"), VIEW_BLOCKS, least=0)},
    {**_VIEW_FIELDS, "submit": plain_text(24), "close": plain_text(24), "submit_disabled": flag},
)
_HOME = Shape({"blocks": rows(block_for("home"), VIEW_BLOCKS, least=0)}, _VIEW_FIELDS)


def size_of(value: Any) -> int:
    """Return the length of a value as compact JSON, in characters."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def bytes_of(value: Any) -> int:
    """Return the length of a value as compact JSON, in bytes of UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode("utf-8", "surrogatepass"))


def check_message_blocks(blocks: Any, at: str = "/blocks") -> list[Problem]:
    """Return every fault in a message's blocks, first to last."""
    found: Found = []
    rows(block_for("message"), MESSAGE_BLOCKS, least=0)(blocks, at, found)
    if isinstance(blocks, list):
        _message_counts(blocks, at, found)
        _check_ids(blocks, at, found)
    return found


def check_view(view: Any, at: str = "/view") -> list[Problem]:
    """Return every fault in a view, first to last."""
    found: Found = []
    if not isinstance(view, dict):
        return [Problem(at, "must provide an object")]
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [Problem(f"{at}/type", f"unsupported type: {kind}")]
    (_MODAL if kind == "modal" else _HOME)(view, at, found)
    blocks = view.get("blocks")
    if isinstance(blocks, list):
        _check_ids(blocks, f"{at}/blocks", found)
        _check_inputs(view, kind, at, found)
    return found


def _dicts(blocks: list[Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    return ((number, block) for number, block in enumerate(blocks) if isinstance(block, dict))


def _elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the elements of one block that can have an `action_id`."""
    row = block.get("elements")
    many = row if isinstance(row, list) else []
    return [one for one in (*many, block.get("accessory"), block.get("element")) if isinstance(one, dict)]


def _message_counts(blocks: list[Any], at: str, found: Found) -> None:
    kinds = Counter(str(block.get("type")) for _, block in _dicts(blocks))
    for kind, most in _ONCE_IN_A_MESSAGE.items():
        if kinds[kind] > most:
            found.append(Problem(at, f"no more than {most} {kind} blocks allowed"))
    written = sum(len(str(b.get("text", ""))) for _, b in _dicts(blocks) if b.get("type") == "markdown")
    if written > MARKDOWN_IN_A_MESSAGE:
        found.append(
            Problem(at, f"markdown text must be less than {MARKDOWN_IN_A_MESSAGE + 1} characters in total")
        )
    for number, block in _dicts(blocks):
        if block.get("type") == "task_card" and block.get("status") == "pending":
            found.append(Problem(f"{at}/{number}/status", "pending is allowed only inside a plan"))
        if any(element.get("type") == "file_input" for element in _elements(block)):
            found.append(Problem(f"{at}/{number}/element/type", "unsupported type: file_input"))


def _check_ids(blocks: list[Any], at: str, found: Found) -> None:
    seen: set[str] = set()
    for number, block in _dicts(blocks):
        block_id = block.get("block_id")
        if isinstance(block_id, str) and block_id:
            if block_id in seen:
                found.append(Problem(f"{at}/{number}/block_id", f"`block_id` {block_id} already exists"))
            seen.add(block_id)
        actions = Counter(e["action_id"] for e in _elements(block) if isinstance(e.get("action_id"), str))
        for action_id, times in actions.items():
            if times > 1:
                found.append(Problem(f"{at}/{number}/elements", f"`action_id` {action_id} already exists"))


def _check_inputs(view: dict[str, Any], kind: str, at: str, found: Found) -> None:
    inputs = [block for _, block in _dicts(view["blocks"]) if block.get("type") == "input"]
    if kind == "modal" and inputs and view.get("submit") is None:
        found.append(Problem(at, "missing required field: submit"))
    everything = [element for _, block in _dicts(view["blocks"]) for element in _elements(block)]
    if sum(1 for element in everything if element.get("focus_on_load")) > 1:
        found.append(Problem(f"{at}/blocks", "only one element can have focus_on_load"))
    if kind == "home" and any(element.get("type") == "file_input" for element in everything):
        found.append(Problem(f"{at}/blocks", "unsupported type: file_input"))
