"""Each limit of what we send: what stands exactly at it passes, one beyond it is reported where it is."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.delivery.block_kit import check_message, check_view
from tests.bot.delivery.block_kit.payloads import (
    Json,
    actions,
    button,
    buttons,
    context,
    home,
    menu,
    message,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    question,
    section,
    text_input,
)

Build = Callable[[int], Json]


def beside(kind: str, **members: Any) -> Json:
    return message(section(accessory=menu(kind, **members)))


def asked(kind: str, **members: Any) -> Json:
    return modal(question(menu(kind, **members)))


def groups(count: int, size: int = 1) -> list[Json]:
    return [{"label": plain("G"), "options": options(size)}] * count


# name: (limit, payload built for a length or count, pointer of the violation one beyond the limit)
MOST: dict[str, tuple[int, Build, str]] = {
    "message text": (4000, lambda n: message(text="a" * n), "/text"),
    "blocks in a message": (50, lambda n: message(*[{"type": "divider"}] * n), "/blocks"),
    "blocks in a modal": (100, lambda n: modal(*[{"type": "divider"}] * n), "/blocks"),
    "blocks in a Home tab": (100, lambda n: home(*[{"type": "divider"}] * n), "/blocks"),
    "block_id": (255, lambda n: message(section(block_id="b" * n)), "/blocks/0/block_id"),
    "action_id": (
        255,
        lambda n: message(actions(button(action_id="a" * n))),
        "/blocks/0/elements/0/action_id",
    ),
    "callback_id": (255, lambda n: modal(callback_id="c" * n), "/callback_id"),
    "private_metadata": (3000, lambda n: modal(private_metadata="p" * n), "/private_metadata"),
    "title": (24, lambda n: modal(title=plain("t" * n)), "/title/text"),
    "submit": (24, lambda n: modal(submit=plain("t" * n)), "/submit/text"),
    "close": (24, lambda n: modal(close=plain("t" * n)), "/close/text"),
    "header": (150, lambda n: message({"type": "header", "text": plain("h" * n)}), "/blocks/0/text/text"),
    "section text": (3000, lambda n: message(section(text=mrkdwn("s" * n))), "/blocks/0/text/text"),
    "context elements": (10, lambda n: message(context(*[mrkdwn()] * n)), "/blocks/0/elements"),
    "context text": (3000, lambda n: message(context(mrkdwn("c" * n))), "/blocks/0/elements/0/text"),
    "actions elements": (25, lambda n: message(actions(*buttons(n))), "/blocks/0/elements"),
    "input label": (2000, lambda n: modal(question(label=plain("l" * n))), "/blocks/0/label/text"),
    "input hint": (2000, lambda n: modal(question(hint=plain("h" * n))), "/blocks/0/hint/text"),
    "input max_length": (
        3000,
        lambda n: modal(question(text_input(max_length=n))),
        "/blocks/0/element/max_length",
    ),
    "input placeholder": (
        150,
        lambda n: modal(question(text_input(placeholder=plain("p" * n)))),
        "/blocks/0/element/placeholder/text",
    ),
    "first text of an input": (
        10,
        lambda n: modal(question(text_input(max_length=10, initial_value="i" * n))),
        "/blocks/0/element/initial_value",
    ),
    "menu placeholder": (
        150,
        lambda n: beside("static_select", options=options(1), placeholder=plain("p" * n)),
        "/blocks/0/accessory/placeholder/text",
    ),
    "button text": (
        75,
        lambda n: message(actions(button(text=plain("b" * n)))),
        "/blocks/0/elements/0/text/text",
    ),
    "button value": (2000, lambda n: message(actions(button(value="v" * n))), "/blocks/0/elements/0/value"),
    "accessibility_label": (
        75,
        lambda n: message(actions(button(accessibility_label="l" * n))),
        "/blocks/0/elements/0/accessibility_label",
    ),
    "option text": (
        75,
        lambda n: beside("static_select", options=[option(text=plain("o" * n))]),
        "/blocks/0/accessory/options/0/text/text",
    ),
    "option value": (
        150,
        lambda n: beside("overflow", options=[option(value="o" * n)]),
        "/blocks/0/accessory/options/0/value",
    ),
    "option description": (
        75,
        lambda n: asked("radio_buttons", options=[option(description=plain("o" * n))]),
        "/blocks/0/element/options/0/description/text",
    ),
    "select options": (
        100,
        lambda n: beside("static_select", options=options(n)),
        "/blocks/0/accessory/options",
    ),
    "options to choose several of": (
        100,
        lambda n: asked("multi_static_select", options=options(n)),
        "/blocks/0/element/options",
    ),
    "option groups": (
        100,
        lambda n: asked("static_select", option_groups=groups(n)),
        "/blocks/0/element/option_groups",
    ),
    "options in a group": (
        100,
        lambda n: beside("static_select", option_groups=groups(1, n)),
        "/blocks/0/accessory/option_groups/0/options",
    ),
    "group label": (
        75,
        lambda n: beside("static_select", option_groups=[{"label": plain("g" * n), "options": options(1)}]),
        "/blocks/0/accessory/option_groups/0/label/text",
    ),
    "checkboxes": (10, lambda n: asked("checkboxes", options=options(n)), "/blocks/0/element/options"),
    "radio buttons": (10, lambda n: asked("radio_buttons", options=options(n)), "/blocks/0/element/options"),
    "overflow": (5, lambda n: beside("overflow", options=options(n)), "/blocks/0/accessory/options"),
    "first person": (
        255,
        lambda n: asked("users_select", initial_user="U" * n),
        "/blocks/0/element/initial_user",
    ),
}

LEAST: dict[str, tuple[int, Build, str]] = {
    "message text": (1, lambda n: message(text="a" * n), "/text"),
    "text object": (1, lambda n: message(section(text=mrkdwn("a" * n))), "/blocks/0/text/text"),
    "callback_id": (1, lambda n: modal(callback_id="c" * n), "/callback_id"),
    "context elements": (1, lambda n: message(context(*[mrkdwn()] * n)), "/blocks/0/elements"),
    "actions elements": (1, lambda n: message(actions(*buttons(n))), "/blocks/0/elements"),
    "select options": (
        1,
        lambda n: beside("static_select", options=options(n)),
        "/blocks/0/accessory/options",
    ),
    "checkboxes": (1, lambda n: asked("checkboxes", options=options(n)), "/blocks/0/element/options"),
    "first ticks": (
        1,
        lambda n: asked("checkboxes", options=options(1), initial_options=options(n)),
        "/blocks/0/element/initial_options",
    ),
    "overflow": (1, lambda n: beside("overflow", options=options(n)), "/blocks/0/accessory/options"),
    "input max_length": (
        1,
        lambda n: modal(question(text_input(max_length=n))),
        "/blocks/0/element/max_length",
    ),
    "people to choose": (
        1,
        lambda n: asked("multi_users_select", max_selected_items=n),
        "/blocks/0/element/max_selected_items",
    ),
    "first people": (
        1,
        lambda n: asked("multi_users_select", max_selected_items=3, initial_users=["U1"] * n),
        "/blocks/0/element/initial_users",
    ),
}


def pointers(payload: Json) -> list[str]:
    found = check_view(payload) if payload.get("type") in {"modal", "home"} else check_message(payload)
    return [violation.pointer for violation in found]


@pytest.mark.parametrize("name", MOST)
def test_the_largest_legal_passes_and_one_more_is_reported(name: str) -> None:
    limit, build, pointer = MOST[name]
    assert pointers(build(limit)) == []
    assert pointers(build(limit + 1)) == [pointer]


@pytest.mark.parametrize("name", LEAST)
def test_the_smallest_legal_passes_and_one_less_is_reported(name: str) -> None:
    limit, build, pointer = LEAST[name]
    assert pointers(build(limit)) == []
    assert pointers(build(limit - 1)) == [pointer]


def test_a_rule_names_the_limit_and_what_was_found() -> None:
    (violation,) = check_message(message(section(text=mrkdwn("s" * 3001))))
    assert str(violation) == "/blocks/0/text/text: must have at most 3,000 characters, has 3,001"


def test_a_length_is_counted_in_characters_not_bytes() -> None:
    assert check_message(message(text="ŵ" * 4000)) == ()
    assert check_view(modal(title=plain("💡" * 24))) == ()
