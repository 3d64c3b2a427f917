"""Which blocks there are, what each may hold and where it may stand.

Source: docs.slack.dev/reference/block-kit/blocks.
"""

from collections.abc import Iterator, Mapping

from bot.delivery.block_kit.elements import ELEMENTS, IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION
from bot.delivery.block_kit.newer_blocks import ALERT, CARD, CAROUSEL, DATA_VISUALIZATION, PLAN, task_card
from bot.delivery.block_kit.objects import ID, IMAGE_SOURCE, SLACK_FILE, plain, text
from bot.delivery.block_kit.rich_blocks import DATA_TABLE, RICH_TEXT, TABLE
from bot.delivery.block_kit.shapes import (
    at_least_one,
    choice,
    exactly_one,
    flag,
    items,
    members,
    one_of_types,
    string,
    url,
)
from bot.delivery.block_kit.violation import Check, Surface, Violation, child

_TYPE = {"type": string(50)}
_BLOCK_ID = {"block_id": ID}
# Slack counts all markdown blocks of a message together; the limit of all blocks as JSON sees to that.
_MARKDOWN_LIMIT = 12_000


def _child_blocks(value: object, at: str) -> Iterator[Violation]:
    """Check the blocks inside a container; a name of its own because the table below is not there yet."""
    yield from one_of_types(BLOCKS, "block", frozenset(BLOCKS) - {"container", "alert"})(value, at)


BLOCKS: Mapping[str, Check] = {
    "actions": members(
        {**_TYPE, "elements": items(one_of_types(ELEMENTS, "element", IN_ACTIONS), 1, 25)}, _BLOCK_ID
    ),
    "alert": ALERT,
    "card": CARD,
    "carousel": CAROUSEL,
    "container": members(
        {**_TYPE, "child_blocks": items(_child_blocks, 1, 10)},
        {**_BLOCK_ID, "title": text(150), "subtitle": text(150), "rich_text_title": RICH_TEXT},
        exactly_one("title", "rich_text_title"),
        open_ended=True,
    ),
    "context": members(
        {
            **_TYPE,
            "elements": items(
                one_of_types(
                    {"image": ELEMENTS["image"], "plain_text": text(), "mrkdwn": text()}, "context element"
                ),
                1,
                10,
            ),
        },
        _BLOCK_ID,
    ),
    "context_actions": members(
        {**_TYPE, "elements": items(one_of_types(ELEMENTS, "element", IN_CONTEXT_ACTIONS), 1, 5)}, _BLOCK_ID
    ),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "divider": members(_TYPE, _BLOCK_ID),
    "file": members({**_TYPE, "external_id": ID, "source": choice("remote")}, _BLOCK_ID),
    "header": members({**_TYPE, "text": plain(150)}, _BLOCK_ID),
    "image": members(
        {**_TYPE, "alt_text": string(2000)},
        {**_BLOCK_ID, "image_url": url(3000), "slack_file": SLACK_FILE, "title": plain(2000)},
        IMAGE_SOURCE,
    ),
    "input": members(
        {**_TYPE, "label": plain(2000), "element": one_of_types(ELEMENTS, "element", IN_INPUT)},
        {**_BLOCK_ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "markdown": members({**_TYPE, "text": string(_MARKDOWN_LIMIT)}, _BLOCK_ID),
    "plan": PLAN,
    "rich_text": RICH_TEXT,
    "section": members(
        _TYPE,
        {
            **_BLOCK_ID,
            "text": text(),
            "fields": items(text(2000), 1, 10),
            "accessory": one_of_types(ELEMENTS, "element", IN_SECTION),
            "expand": flag,
        },
        at_least_one("text", "fields"),
    ),
    "table": TABLE,
    "task_card": task_card,
    "video": members(
        {
            **_TYPE,
            "alt_text": string(2000),
            "title": plain(200),
            "thumbnail_url": url(3000),
            "video_url": url(3000),
        },
        {
            **_BLOCK_ID,
            "author_name": string(50),
            "description": plain(200),
            "provider_icon_url": url(2000),
            "provider_name": string(50),
            "title_url": url(2000),
        },
    ),
}

_EVERYWHERE = frozenset(
    {"actions", "card", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
)
_WIDE = frozenset({"carousel", "container", "data_table", "data_visualization", "table"})
_MESSAGE = _EVERYWHERE | _WIDE | {"context_actions", "file", "markdown", "plan", "task_card"}
_ON_SURFACE: Mapping[Surface, frozenset[str]] = {
    Surface.MESSAGE: _MESSAGE,
    Surface.EPHEMERAL: _MESSAGE,
    Surface.MODAL: _EVERYWHERE | {"alert"},
    Surface.HOME: _EVERYWHERE | _WIDE,
}
_MOST: Mapping[Surface, int] = {
    Surface.MESSAGE: 50,
    Surface.EPHEMERAL: 50,
    Surface.MODAL: 100,
    Surface.HOME: 100,
}
_MOST_OF_A_TYPE = {"table": 1, "data_visualization": 2}


def check_blocks(blocks: object, surface: Surface, at: str) -> Iterator[Violation]:
    """Check a list of blocks: each for itself, and the rules that count them together.

    Args:
        blocks: the list as it will be sent.
        surface: where it will be shown.
        at: its JSON pointer.
    """
    block = one_of_types(BLOCKS, "block", _ON_SURFACE[surface])
    yield from items(block, 0, _MOST[surface])(blocks, at)
    found = list(_all_blocks(blocks, at))
    yield from _duplicates(
        ((entry.get("block_id"), child(where, "block_id")) for entry, where in found), "block_id"
    )
    for entry, where in found:
        yield from _duplicates(_action_ids(entry, where), "action_id")
    for kind, most in _MOST_OF_A_TYPE.items():
        for _, where in [pair for pair in found if pair[0].get("type") == kind][most:]:
            yield Violation(where, f"there may be at most {most} {kind} blocks here")


Found = tuple[Mapping[str, object], str]


def _all_blocks(blocks: object, at: str) -> Iterator[Found]:
    """Yield every block with its pointer, those inside containers after their container."""
    if isinstance(blocks, list | tuple):
        for index, entry in enumerate(blocks):
            if isinstance(entry, Mapping):
                where = child(at, index)
                yield entry, where
                yield from _all_blocks(entry.get("child_blocks"), child(where, "child_blocks"))


def _action_ids(value: object, at: str) -> Iterator[tuple[object, str]]:
    """Yield every action_id of one block; the blocks inside a container speak for themselves."""
    if isinstance(value, Mapping):
        if "action_id" in value:
            yield value["action_id"], child(at, "action_id")
        for name, member in value.items():
            if name != "child_blocks":
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
