"""Rich text, and the tables whose cells hold it (docs.slack.dev/reference/block-kit/blocks/rich-text-block).

Rich text shows a person's words exactly as typed: nothing in it is read as formatting.
"""

from collections.abc import Iterator, Mapping

from bot.delivery.block_kit.objects import ID
from bot.delivery.block_kit.shapes import (
    anything,
    choice,
    flag,
    items,
    matching,
    members,
    one_of_types,
    string,
    url,
    whole,
)
from bot.delivery.block_kit.violation import Check, Violation, child

_MANY = 1_000_000
_TYPE = {"type": string(50)}
_STYLE = {
    "style": members({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), flag))
}


def _broadcast(value: object, at: str) -> Iterator[Violation]:
    yield Violation(at, "would notify a whole channel or group, which we never do")


def _run_has_text(value: object, at: str) -> Iterator[Violation]:
    if isinstance(value, Mapping) and value.get("text") == "":
        yield Violation(child(at, "text"), "must not be empty")


_INLINE: Mapping[str, Check] = {
    # A run of text may be blanks alone: it stands between other runs.
    "text": members({**_TYPE, "text": string(_MANY, minimum=0)}, _STYLE, _run_has_text),
    "link": members({**_TYPE, "url": url(3000)}, {"text": string(_MANY), "unsafe": flag, **_STYLE}),
    "emoji": members({**_TYPE, "name": ID}, {"skin_tone": whole(1, 6), "unicode": ID, **_STYLE}),
    "user": members({**_TYPE, "user_id": ID}, _STYLE),
    "channel": members({**_TYPE, "channel_id": ID}, _STYLE),
    "date": members(
        {**_TYPE, "timestamp": whole(0, 99_999_999_999), "format": ID},
        {"url": url(3000), "fallback": ID, **_STYLE},
    ),
    "color": members({**_TYPE, "value": matching("#[0-9a-fA-F]{6}", "a colour such as #1d70b8")}, {}),
    "broadcast": _broadcast,
    "usergroup": _broadcast,
}


_INLINES = items(one_of_types(_INLINE, "rich text element"), 0, _MANY)
_SECTION = members({**_TYPE, "elements": _INLINES}, {})
_BORDER = {"border": whole(0, 1)}
_PARTS: Mapping[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_quote": members({**_TYPE, "elements": _INLINES}, _BORDER),
    "rich_text_preformatted": members({**_TYPE, "elements": _INLINES}, {"language": ID, **_BORDER}),
    "rich_text_list": members(
        {
            **_TYPE,
            "elements": items(one_of_types({"rich_text_section": _SECTION}, "rich text list item"), 1, _MANY),
            "style": choice("bullet", "ordered"),
        },
        {"indent": whole(0, 8), "offset": whole(0, _MANY), **_BORDER},
    ),
}
RICH_TEXT = members(
    {**_TYPE, "elements": items(one_of_types(_PARTS, "rich text part"), 1, _MANY)}, {"block_id": ID}
)

_CELLS: Mapping[str, Check] = {
    "raw_text": members({**_TYPE, "text": string(3000)}, {}),
    "raw_number": members({**_TYPE, "value": anything}, {}, open_ended=True),
    "rich_text": RICH_TEXT,
}
_ROW = items(one_of_types(_CELLS, "table cell"), 1, 20)
_COLUMN = members({}, {"align": choice("left", "center", "right"), "is_wrapped": flag})

TABLE = members(
    {**_TYPE, "rows": items(_ROW, 1, 100)},
    # A column that keeps Slack's own settings is written as null.
    {"block_id": ID, "column_settings": items(lambda value, at: _COLUMN(value or {}, at), 0, 20)},
)

CELLS_LIMIT = 20_000


def _strings(value: object) -> int:
    """Return how many characters of text the cells hold together."""
    if isinstance(value, Mapping):
        return sum(_strings(member) for name, member in value.items() if name != "type")
    if isinstance(value, list | tuple):
        return sum(_strings(member) for member in value)
    return len(value) if isinstance(value, str) else 0


def _cells_together(value: object, at: str) -> Iterator[Violation]:
    total = _strings(value.get("rows")) if isinstance(value, Mapping) else 0
    if total > CELLS_LIMIT:
        yield Violation(
            child(at, "rows"),
            f"all cells together must have at most {CELLS_LIMIT:,} characters, have {total:,}",
        )


DATA_TABLE = members(
    {**_TYPE, "rows": items(_ROW, 2, 101), "caption": string(3000)},
    {"block_id": ID, "page_size": whole(1, 100), "row_header_column_index": whole(0, 19)},
    _cells_together,
)
