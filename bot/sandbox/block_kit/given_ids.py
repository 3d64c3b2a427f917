"""The ids that Slack gives to blocks and elements that come without one."""

from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.workspace import Workspace

_ELEMENT_ROWS = {"actions": ("elements",), "context_actions": ("elements",), "card": ("actions",)}
_BLOCK_ROWS = {"container": ("child_blocks",), "carousel": ("elements",)}


def with_ids(slack: Workspace, blocks: list[Json]) -> list[Json]:
    """Return blocks in which every block, and every interactive element, has an id."""
    return [_with_id(slack, block) for block in blocks]


def _with_id(slack: Workspace, block: Json) -> Json:
    named = dict(block)
    if not named.get("block_id"):
        named["block_id"] = f"b{slack.next_number():05x}"
    for place in ("accessory", "element"):
        if isinstance(named.get(place), dict):
            named[place] = _with_action_id(slack, named[place])
    for place in _ELEMENT_ROWS.get(block["type"], ()):
        named[place] = [_with_action_id(slack, element) for element in block.get(place, [])]
    for place in _BLOCK_ROWS.get(block["type"], ()):
        named[place] = with_ids(slack, block[place])
    return named


def _with_action_id(slack: Workspace, element: Json) -> Json:
    if element.get("type") == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": f"a{slack.next_number():05x}"}
