"""Each limit of Block Kit: what stands exactly at it passes, one beyond it is reported where it is."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.delivery.block_kit import check_message, check_view
from tests.bot.delivery.block_kit.payloads import (
    ALERT,
    CARD,
    EVERY_BLOCK,
    PIE,
    TASK,
    Json,
    actions,
    button,
    buttons,
    data_table,
    home,
    image,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    question,
    section,
    table,
)

Build = Callable[[int], Json]


def menu(kind: str, **members: Any) -> Json:
    return section(accessory={"type": kind, **members})


def text_input(**members: Any) -> Json:
    return modal(question(element={"type": "plain_text_input", **members}))


def options(count: int) -> list[Json]:
    return [option(str(index)) for index in range(count)]


def confirm(**members: Any) -> Json:
    legal = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    return message(section(accessory=button(confirm={**legal, **members})))


def chart(**members: Any) -> Json:
    return message({**PIE, "chart": {"type": "pie", "segments": [{"label": "One", "value": 1}], **members}})


def lines(series: int = 1, categories: int = 1, label: str = "A") -> Json:
    data = [{"label": label, "value": 1}]
    axis = {"categories": [label] * categories}
    return message(
        {
            **PIE,
            "chart": {"type": "line", "series": [{"name": "S", "data": data}] * series, "axis_config": axis},
        }
    )


def option_with(**members: Any) -> Json:
    return message(menu("static_select", options=[option(**members)]))


# name: (limit, payload built for a length or count, pointer of the violation one beyond the limit)
MOST: dict[str, tuple[int, Build, str]] = {
    "message text": (4000, lambda n: message(text="a" * n), "/text"),
    "blocks in a message": (50, lambda n: message(*[{"type": "divider"}] * n), "/blocks"),
    "blocks in a modal": (100, lambda n: modal(*[{"type": "divider"}] * n), "/blocks"),
    "blocks in a Home tab": (100, lambda n: home(*[{"type": "divider"}] * n), "/blocks"),
    "attachments": (100, lambda n: message(attachments=[{}] * n), "/attachments"),
    "block_id": (255, lambda n: message(section(block_id="b" * n)), "/blocks/0/block_id"),
    "action_id": (
        255,
        lambda n: message(actions(button(action_id="a" * n))),
        "/blocks/0/elements/0/action_id",
    ),
    "callback_id": (255, lambda n: modal(callback_id="c" * n), "/callback_id"),
    "external_id": (255, lambda n: modal(external_id="e" * n), "/external_id"),
    "private_metadata": (3000, lambda n: modal(private_metadata="p" * n), "/private_metadata"),
    "title": (24, lambda n: modal(title=plain("t" * n)), "/title/text"),
    "submit": (24, lambda n: modal(submit=plain("t" * n)), "/submit/text"),
    "close": (24, lambda n: modal(close=plain("t" * n)), "/close/text"),
    "header": (150, lambda n: message({"type": "header", "text": plain("h" * n)}), "/blocks/0/text/text"),
    "section text": (3000, lambda n: message(section(text=mrkdwn("s" * n))), "/blocks/0/text/text"),
    "section fields": (10, lambda n: message(section(fields=[plain()] * n)), "/blocks/0/fields"),
    "field text": (2000, lambda n: message(section(fields=[plain("f" * n)])), "/blocks/0/fields/0/text"),
    "context elements": (
        10,
        lambda n: message({"type": "context", "elements": [mrkdwn()] * n}),
        "/blocks/0/elements",
    ),
    "context text": (
        3000,
        lambda n: message({"type": "context", "elements": [mrkdwn("c" * n)]}),
        "/blocks/0/elements/0/text",
    ),
    "actions elements": (25, lambda n: message(actions(*buttons(n))), "/blocks/0/elements"),
    "context_actions elements": (
        5,
        lambda n: message(
            {"type": "context_actions", "elements": EVERY_BLOCK["context_actions"]["elements"] * n}
        ),
        "/blocks/0/elements",
    ),
    "input label": (2000, lambda n: modal(question(label=plain("l" * n))), "/blocks/0/label/text"),
    "input hint": (2000, lambda n: modal(question(hint=plain("h" * n))), "/blocks/0/hint/text"),
    "input max_length": (3000, lambda n: text_input(max_length=n), "/blocks/0/element/max_length"),
    "input min_length": (3000, lambda n: text_input(min_length=n), "/blocks/0/element/min_length"),
    "input placeholder": (
        150,
        lambda n: text_input(placeholder=plain("p" * n)),
        "/blocks/0/element/placeholder/text",
    ),
    "first text of an input": (
        10,
        lambda n: text_input(max_length=10, initial_value="i" * n),
        "/blocks/0/element/initial_value",
    ),
    "menu placeholder": (
        150,
        lambda n: message(menu("users_select", placeholder=plain("p" * n))),
        "/blocks/0/accessory/placeholder/text",
    ),
    "button text": (
        75,
        lambda n: message(actions(button(text=plain("b" * n)))),
        "/blocks/0/elements/0/text/text",
    ),
    "button value": (2000, lambda n: message(actions(button(value="v" * n))), "/blocks/0/elements/0/value"),
    "button url": (
        3000,
        lambda n: message(actions(button(url="https://".ljust(n, "u")))),
        "/blocks/0/elements/0/url",
    ),
    "accessibility_label": (
        75,
        lambda n: message(actions(button(accessibility_label="l" * n))),
        "/blocks/0/elements/0/accessibility_label",
    ),
    "option text": (
        75,
        lambda n: option_with(text=plain("o" * n)),
        "/blocks/0/accessory/options/0/text/text",
    ),
    "option value": (150, lambda n: option_with(value="o" * n), "/blocks/0/accessory/options/0/value"),
    "option description": (
        75,
        lambda n: option_with(description=plain("o" * n)),
        "/blocks/0/accessory/options/0/description/text",
    ),
    "select options": (
        100,
        lambda n: message(menu("static_select", options=options(n))),
        "/blocks/0/accessory/options",
    ),
    "option groups": (
        100,
        lambda n: modal(
            menu("static_select", option_groups=[{"label": plain("G"), "options": options(1)}] * n)
        ),
        "/blocks/0/accessory/option_groups",
    ),
    "options in a group": (
        100,
        lambda n: message(
            menu("static_select", option_groups=[{"label": plain("G"), "options": options(n)}])
        ),
        "/blocks/0/accessory/option_groups/0/options",
    ),
    "checkboxes": (
        10,
        lambda n: message(menu("checkboxes", options=options(n))),
        "/blocks/0/accessory/options",
    ),
    "radio buttons": (
        10,
        lambda n: message(menu("radio_buttons", options=options(n))),
        "/blocks/0/accessory/options",
    ),
    "overflow": (5, lambda n: message(menu("overflow", options=options(n))), "/blocks/0/accessory/options"),
    "confirm title": (100, lambda n: confirm(title=plain("c" * n)), "/blocks/0/accessory/confirm/title/text"),
    "confirm text": (300, lambda n: confirm(text=plain("c" * n)), "/blocks/0/accessory/confirm/text/text"),
    "confirm button": (
        30,
        lambda n: confirm(confirm=plain("c" * n)),
        "/blocks/0/accessory/confirm/confirm/text",
    ),
    "deny button": (30, lambda n: confirm(deny=plain("c" * n)), "/blocks/0/accessory/confirm/deny/text"),
    "image url": (3000, lambda n: message(image(image_url="https://".ljust(n, "u"))), "/blocks/0/image_url"),
    "image alt text": (2000, lambda n: message(image(alt_text="a" * n)), "/blocks/0/alt_text"),
    "image title": (2000, lambda n: message(image(title=plain("a" * n))), "/blocks/0/title/text"),
    "alert text": (200, lambda n: modal({**ALERT, "text": plain("a" * n)}), "/blocks/0/text/text"),
    "card title": (150, lambda n: message({**CARD, "title": plain("a" * n)}), "/blocks/0/title/text"),
    "card body": (200, lambda n: message({**CARD, "body": plain("a" * n)}), "/blocks/0/body/text"),
    "card actions": (3, lambda n: message({**CARD, "actions": buttons(n)}), "/blocks/0/actions"),
    "carousel cards": (
        10,
        lambda n: message({"type": "carousel", "elements": [CARD] * n}),
        "/blocks/0/elements",
    ),
    "container blocks": (
        10,
        lambda n: message({**EVERY_BLOCK["container"], "child_blocks": [section()] * n}),
        "/blocks/0/child_blocks",
    ),
    "table rows": (100, lambda n: message(table(rows=n, columns=1)), "/blocks/0/rows"),
    "table columns": (20, lambda n: message(table(rows=1, columns=n)), "/blocks/0/rows/0"),
    "tables in a message": (1, lambda n: message(*[table()] * n), "/blocks/1"),
    "data table rows": (101, lambda n: message(data_table(rows=n)), "/blocks/0/rows"),
    "data table columns": (20, lambda n: message(data_table(columns=n)), "/blocks/0/rows/0"),
    "data table page size": (100, lambda n: message(data_table(page_size=n)), "/blocks/0/page_size"),
    "data table cells together": (1000, lambda n: home(data_table(2, 10, "c" * n)), "/blocks/0/rows"),
    "chart title": (50, lambda n: message({**PIE, "title": "t" * n}), "/blocks/0/title"),
    "chart segments": (
        6,
        lambda n: chart(segments=[{"label": "A", "value": 1}] * n),
        "/blocks/0/chart/segments",
    ),
    "chart series": (6, lambda n: lines(series=n), "/blocks/0/chart/series"),
    "chart categories": (20, lambda n: lines(categories=n), "/blocks/0/chart/axis_config/categories"),
    "chart labels": (20, lambda n: lines(label="a" * n), "/blocks/0/chart/axis_config/categories/0"),
    "charts in a message": (2, lambda n: message(*[PIE] * n), "/blocks/2"),
    "plan tasks": (
        50,
        lambda n: message({"type": "plan", "title": "Plan", "tasks": [TASK] * n}),
        "/blocks/0/tasks",
    ),
}

LEAST: dict[str, tuple[int, Build, str]] = {
    "message text": (1, lambda n: message(text="a" * n), "/text"),
    "text object": (1, lambda n: message(section(text=mrkdwn("a" * n))), "/blocks/0/text/text"),
    "alt text": (1, lambda n: message(image(alt_text="a" * n)), "/blocks/0/alt_text"),
    "actions elements": (1, lambda n: message(actions(*buttons(n))), "/blocks/0/elements"),
    "section fields": (1, lambda n: message(section(fields=[plain()] * n)), "/blocks/0/fields"),
    "checkboxes": (
        1,
        lambda n: message(menu("checkboxes", options=options(n))),
        "/blocks/0/accessory/options",
    ),
    "overflow": (1, lambda n: message(menu("overflow", options=options(n))), "/blocks/0/accessory/options"),
    "input max_length": (1, lambda n: text_input(max_length=n), "/blocks/0/element/max_length"),
    "carousel cards": (
        1,
        lambda n: message({"type": "carousel", "elements": [CARD] * n}),
        "/blocks/0/elements",
    ),
    "data table rows": (2, lambda n: message(data_table(rows=n)), "/blocks/0/rows"),
    "data table page size": (1, lambda n: message(data_table(page_size=n)), "/blocks/0/page_size"),
}


def pointers(payload: Json) -> list[str]:
    found = check_view(payload) if payload.get("type") in {"modal", "home"} else check_message(payload)
    return [violation.pointer for violation in found]


@pytest.mark.parametrize("name", MOST)
def test_the_largest_legal_passes_and_one_more_is_reported(name: str) -> None:
    limit, build, pointer = MOST[name]
    assert pointers(build(limit)) == []
    assert pointer in pointers(build(limit + 1))


@pytest.mark.parametrize("name", LEAST)
def test_the_smallest_legal_passes_and_one_less_is_reported(name: str) -> None:
    limit, build, pointer = LEAST[name]
    assert pointers(build(limit)) == []
    assert pointer in pointers(build(limit - 1))


def test_a_rule_names_the_limit_and_what_was_found() -> None:
    (violation,) = check_message(message(section(text=mrkdwn("s" * 3001))))
    assert str(violation) == "/blocks/0/text/text: must have at most 3,000 characters, has 3,001"


def test_a_length_is_counted_in_characters_not_bytes() -> None:
    assert check_message(message(text="ŵ" * 4000)) == ()
    assert check_view(modal(title=plain("💡" * 24))) == ()
