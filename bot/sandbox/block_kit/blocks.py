"""The blocks: fields of each, and the surfaces on which each may stand."""

from bot.sandbox.block_kit.composition import ID, any_text, plain_text, slack_file
from bot.sandbox.block_kit.elements import (
    ELEMENTS,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    standing_in,
)
from bot.sandbox.block_kit.shapes import (
    Check,
    Shape,
    an_object,
    anything,
    at_least_one_of,
    by_type,
    exactly_one_of,
    flag,
    rows,
    string,
    whole_number,
    word,
)

_BLOCK_ID: dict[str, Check] = {"block_id": string(ID, least=0)}
_RICH_PARTS = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")


def _block(
    required: dict[str, Check] | None = None,
    optional: dict[str, Check] | None = None,
    *rules: Check,
    open: bool = False,
) -> Shape:
    return Shape(required or {}, {**_BLOCK_ID, **(optional or {})}, rules, open)


_rich_part = by_type(
    {kind: Shape({"elements": rows(an_object, 1_000, least=0)}, open=True) for kind in _RICH_PARTS}
)
_rich_text = _block({"elements": rows(_rich_part, 1_000, least=0)})
_cell = by_type(
    {
        "raw_text": Shape({"text": string(3_000)}),
        "raw_number": Shape({"value": anything}, {"text": string(3_000)}),
        "rich_text": _rich_text,
    }
)
_column = Shape(optional={"align": word("left", "center", "right"), "is_wrapped": flag})
_image = _block(
    {"alt_text": string(2_000)},
    {"image_url": string(3_000), "slack_file": slack_file, "title": plain_text(2_000)},
    exactly_one_of("image_url", "slack_file"),
)
_actions = _block({"elements": rows(by_type(standing_in(frozenset(IN_ACTIONS))), 25)})
_button = ELEMENTS["button"]
_alert_level = word("default", "info", "warning", "error", "success")

_card = _block(
    {},
    {
        "hero_image": by_type({"image": ELEMENTS["image"]}),
        "icon": by_type({"image": ELEMENTS["image"]}),
        "title": any_text(150),
        "subtitle": any_text(150),
        "body": any_text(200),
        "subtext": any_text(200),
        "actions": rows(by_type({"button": _button}), 3),
    },
    at_least_one_of("hero_image", "title", "body", "actions"),
)

_task_card = _block(
    {"task_id": string(ID), "title": string(3_000)},
    {
        "details": _rich_text,
        "output": _rich_text,
        "sources": rows(an_object, 100),
        "status": word("pending", "in_progress", "complete", "error"),
    },
)

BLOCKS: dict[str, Shape] = {
    "section": _block(
        {},
        {
            "text": any_text(3_000),
            "fields": rows(any_text(2_000), 10),
            "accessory": by_type(standing_in(frozenset(IN_SECTION))),
            "expand": flag,
        },
        at_least_one_of("text", "fields"),
    ),
    "header": _block({"text": plain_text(150)}, {"level": whole_number(1, 6)}),
    "divider": _block(),
    "image": _image,
    "actions": _actions,
    "context": _block({"elements": rows(by_type(standing_in(IN_CONTEXT)), 10)}),
    "context_actions": _block({"elements": rows(by_type(standing_in(IN_CONTEXT_ACTIONS)), 5)}),
    "input": _block(
        {"label": plain_text(2_000), "element": by_type(standing_in(frozenset(IN_INPUT)))},
        {"hint": plain_text(2_000), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": _rich_text,
    "markdown": _block({"text": string(12_000)}),
    "file": _block({"external_id": string(ID), "source": word("remote")}),
    "video": _block(
        {
            "alt_text": string(2_000),
            "title": plain_text(199),
            "thumbnail_url": string(3_000),
            "video_url": string(3_000),
        },
        {
            "title_url": string(3_000),
            "description": plain_text(200),
            "provider_icon_url": string(3_000),
            "provider_name": string(50),
            "author_name": string(50),
        },
    ),
    "table": _block(
        {"rows": rows(rows(_cell, 20), 100)},
        {"column_settings": rows(_column, 20)},
    ),
    "data_table": _block({"caption": string(3_000), "rows": rows(rows(_cell, 20), 101, least=2)}, open=True),
    "data_visualization": _block({"title": string(50)}, open=True),
    "alert": _block({"text": any_text(200)}, {"level": _alert_level}),
    "card": _card,
    "carousel": _block({"elements": rows(by_type({"card": _card}), 10)}),
    "task_card": _task_card,
    "plan": _block({"title": string(3_000)}, {"tasks": rows(by_type({"task_card": _task_card}), 50)}),
}

BLOCKS["container"] = _block(
    {
        "child_blocks": rows(
            by_type({k: v for k, v in BLOCKS.items() if k not in ("alert", "plan", "carousel")}), 10
        )
    },
    {
        "title": plain_text(150),
        "rich_text_title": _rich_text,
        "subtitle": plain_text(150),
        "width": word("narrow", "standard", "wide", "full"),
        "icon": by_type({"image": ELEMENTS["image"]}),
        "is_collapsible": flag,
        "default_collapsed": flag,
        "has_header_divider": flag,
    },
)

_EVERYWHERE = frozenset(
    {"actions", "card", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
)
SURFACES: dict[str, frozenset[str]] = {
    "message": frozenset(BLOCKS) - {"alert"},
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE | {"carousel", "container", "data_table", "data_visualization", "table"},
}


def block_for(surface: str) -> Check:
    """Return the check for one block on a message, a modal or the Home tab."""
    return by_type({kind: BLOCKS[kind] for kind in sorted(SURFACES[surface])})
