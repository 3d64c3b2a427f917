"""The blocks that our views are made of, and where each may stand: everything else is refused.

Source of the limits: docs.slack.dev/reference/block-kit/blocks.
"""

from collections.abc import Iterator, Mapping

from bot.delivery.block_kit.elements import FILLED_IN, ID, MANY, MRKDWN, PRESSED, TYPE, plain
from bot.delivery.block_kit.shapes import Members, flag, items, one_of_types, string
from bot.delivery.block_kit.violation import Surface, Violation, child

_BLOCK_ID = {"block_id": ID}
_PRESSED = one_of_types(PRESSED, "an element")
# Rich text shows a person's words exactly as typed. A run may be blanks alone: it stands between other runs.
RUNS: Mapping[str, Members] = {"text": Members({**TYPE, "text": string(MANY, blank=True)})}
RICH_PARTS: Mapping[str, Members] = {
    "rich_text_quote": Members(
        {**TYPE, "elements": items(one_of_types(RUNS, "an element of rich text"), 0, MANY)}
    ),
}

SHOWN: Mapping[str, Members] = {
    "actions": Members({**TYPE, "elements": items(_PRESSED, 1, 25)}, _BLOCK_ID),
    "context": Members({**TYPE, "elements": items(MRKDWN, 1, 10)}),
    "divider": Members(TYPE),
    "header": Members({**TYPE, "text": plain(150)}),
    "rich_text": Members(
        {**TYPE, "elements": items(one_of_types(RICH_PARTS, "a part of rich text"), 1, MANY)}
    ),
    "section": Members({**TYPE, "text": MRKDWN}, {**_BLOCK_ID, "accessory": _PRESSED}),
}
"""The blocks of messages and Home tabs."""

BLOCKS: Mapping[str, Members] = {
    **SHOWN,
    "input": Members(
        {**TYPE, **_BLOCK_ID, "label": plain(2000), "element": one_of_types(FILLED_IN, "an input")},
        {"hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
}
"""The blocks of modals, and so all that there are."""

_ON_SURFACE: Mapping[Surface, tuple[Mapping[str, Members], int]] = {
    Surface.MESSAGE: (SHOWN, 50),
    Surface.MODAL: (BLOCKS, 100),
    Surface.HOME: (SHOWN, 100),
}


def check_blocks(blocks: object, surface: Surface, at: str) -> Iterator[Violation]:
    """Check a list of blocks: each for itself, and that no id is used twice.

    Args:
        blocks: the list as it will be sent.
        surface: where it will be shown.
        at: its JSON pointer.
    """
    table, most = _ON_SURFACE[surface]
    yield from items(one_of_types(table, "a block"), 0, most)(blocks, at)
    found = list(enumerate(blocks)) if isinstance(blocks, list | tuple) else []
    yield from _duplicates(
        (
            (block.get("block_id"), child(child(at, index), "block_id"))
            for index, block in found
            if isinstance(block, Mapping)
        ),
        "block_id",
    )
    for index, block in found:
        yield from _duplicates(_action_ids(block, child(at, index)), "action_id")


def _action_ids(value: object, at: str) -> Iterator[tuple[object, str]]:
    """Yield every action_id of one block."""
    if isinstance(value, Mapping):
        if "action_id" in value:
            yield value["action_id"], child(at, "action_id")
        for name, member in value.items():
            yield from _action_ids(member, child(at, name))
    elif isinstance(value, list | tuple):
        for index, member in enumerate(value):
            yield from _action_ids(member, child(at, index))


def _duplicates(ids: Iterator[tuple[object, str]], name: str) -> Iterator[Violation]:
    seen: set[str] = set()
    for found, where in ids:
        if isinstance(found, str) and found in seen:
            yield Violation(where, f"the same {name} is used twice; each must be used once")
        elif isinstance(found, str):
            seen.add(found)
