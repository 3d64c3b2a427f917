"""Every limit: at the limit it passes, one beyond it is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.block_kit import check_message_blocks, check_view
from tests.bot.sandbox.bare_bot import actions, button, modal, mrkdwn, plain, section, text_input

Json = dict[str, Any]
Sized = Callable[[int], Json]


def x(n: int) -> str:
    return "x" * n


def option(number: int = 0, **more: Any) -> Json:
    return {"text": plain(f"Option {number}"), "value": f"v{number}", **more}


def options(n: int) -> list[Json]:
    return [option(number) for number in range(n)]


def menu(kind: str = "static_select", **more: Any) -> Json:
    return actions({"type": kind, "action_id": "m", **more})


def confirm(**more: Any) -> Json:
    full = {"title": plain("t"), "text": plain("t"), "confirm": plain("y"), "deny": plain("n"), **more}
    return actions(button(confirm=full))


def card(**more: Any) -> Json:
    return {"type": "card", "title": plain("t"), **more}


MESSAGE_LIMITS: dict[str, tuple[int, Sized]] = {
    "section text": (3_000, lambda n: section(x(n))),
    "section fields": (10, lambda n: {"type": "section", "fields": [plain("f")] * n}),
    "section field text": (2_000, lambda n: {"type": "section", "fields": [mrkdwn(x(n))]}),
    "block_id": (255, lambda n: section("t", block_id=x(n))),
    "header": (150, lambda n: {"type": "header", "text": plain(x(n))}),
    "context elements": (10, lambda n: {"type": "context", "elements": [mrkdwn("t")] * n}),
    "context text": (3_000, lambda n: {"type": "context", "elements": [mrkdwn(x(n))]}),
    "actions elements": (25, lambda n: actions(*(button(f"a{i}") for i in range(n)))),
    "action_id": (255, lambda n: actions(button(x(n)))),
    "button text": (75, lambda n: actions(button("a", x(n)))),
    "button value": (2_000, lambda n: actions(button(value=x(n)))),
    "button url": (3_000, lambda n: actions(button(url=x(n)))),
    "button accessibility label": (75, lambda n: actions(button(accessibility_label=x(n)))),
    "select options": (100, lambda n: menu(options=options(n))),
    "select groups": (
        100,
        lambda n: menu(option_groups=[{"label": plain("g"), "options": options(1)}] * n),
    ),
    "options in a group": (
        100,
        lambda n: menu(option_groups=[{"label": plain("g"), "options": options(n)}]),
    ),
    "group label": (75, lambda n: menu(option_groups=[{"label": plain(x(n)), "options": options(1)}])),
    "option text": (75, lambda n: menu(options=[{"text": plain(x(n)), "value": "v"}])),
    "option value": (150, lambda n: menu(options=[{"text": plain("t"), "value": x(n)}])),
    "option description": (75, lambda n: menu(options=[option(description=plain(x(n)))])),
    "placeholder": (150, lambda n: menu(options=options(1), placeholder=plain(x(n)))),
    "checkboxes": (10, lambda n: menu("checkboxes", options=options(n))),
    "radio buttons": (10, lambda n: menu("radio_buttons", options=options(n))),
    "overflow": (5, lambda n: menu("overflow", options=options(n))),
    "confirm title": (100, lambda n: confirm(title=plain(x(n)))),
    "confirm text": (300, lambda n: confirm(text=plain(x(n)))),
    "confirm yes": (30, lambda n: confirm(confirm=plain(x(n)))),
    "confirm no": (30, lambda n: confirm(deny=plain(x(n)))),
    "image url": (3_000, lambda n: {"type": "image", "image_url": x(n), "alt_text": "a"}),
    "image alt text": (2_000, lambda n: {"type": "image", "image_url": "u", "alt_text": x(n)}),
    "image title": (
        2_000,
        lambda n: {"type": "image", "image_url": "u", "alt_text": "a", "title": plain(x(n))},
    ),
    "input label": (2_000, lambda n: text_input(label=x(n))),
    "input hint": (2_000, lambda n: text_input() | {"hint": plain(x(n))}),
    "min_length": (3_000, lambda n: text_input(min_length=n)),
    "max_length": (3_000, lambda n: text_input(max_length=n)),
    "initial_value": (3_000, lambda n: text_input(initial_value=x(n))),
    "markdown": (12_000, lambda n: {"type": "markdown", "text": x(n)}),
    "table rows": (100, lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "c"}]] * n}),
    "table columns": (20, lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "c"}] * n]}),
    "card title": (150, lambda n: card(title=plain(x(n)))),
    "card subtitle": (150, lambda n: card(subtitle=plain(x(n)))),
    "card body": (200, lambda n: card(body=plain(x(n)))),
    "card subtext": (200, lambda n: card(subtext=plain(x(n)))),
    "card actions": (3, lambda n: card(actions=[button(f"a{i}") for i in range(n)])),
    "carousel": (10, lambda n: {"type": "carousel", "elements": [card()] * n}),
    "container title": (
        150,
        lambda n: {"type": "container", "title": plain(x(n)), "child_blocks": [section("t")]},
    ),
    "container children": (10, lambda n: {"type": "container", "child_blocks": [section("t")] * n}),
    "data_visualization title": (50, lambda n: {"type": "data_visualization", "title": x(n)}),
    "plan tasks": (
        50,
        lambda n: {
            "type": "plan",
            "title": "p",
            "tasks": [{"type": "task_card", "task_id": f"t{i}", "title": "t"} for i in range(n)],
        },
    ),
}

VIEW_LIMITS: dict[str, tuple[int, Sized]] = {
    "blocks": (100, lambda n: modal(*([{"type": "divider"}] * n))),
    "title": (24, lambda n: modal(title=plain(x(n)))),
    "submit": (24, lambda n: modal(submit=plain(x(n)))),
    "close": (24, lambda n: modal(close=plain(x(n)))),
    "private_metadata": (3_000, lambda n: modal(private_metadata=x(n))),
    "callback_id": (255, lambda n: modal(callback_id=x(n))),
    "external_id": (255, lambda n: modal(external_id=x(n))),
    "alert": (200, lambda n: modal({"type": "alert", "text": plain(x(n))})),
    "home blocks": (100, lambda n: {"type": "home", "blocks": [{"type": "divider"}] * n}),
}


@pytest.mark.parametrize("name", MESSAGE_LIMITS)
def test_a_message_may_reach_each_limit_but_not_pass_it(name: str) -> None:
    limit, block = MESSAGE_LIMITS[name]
    assert check_message_blocks([block(limit)]) == []
    assert check_message_blocks([block(limit + 1)]) != []


@pytest.mark.parametrize("name", VIEW_LIMITS)
def test_a_view_may_reach_each_limit_but_not_pass_it(name: str) -> None:
    limit, view = VIEW_LIMITS[name]
    assert check_view(view(limit)) == []
    assert check_view(view(limit + 1)) != []


def test_a_message_has_at_most_50_blocks() -> None:
    assert check_message_blocks([{"type": "divider"}] * 50) == []
    problems = check_message_blocks([{"type": "divider"}] * 51)
    assert [str(problem) for problem in problems] == ["no more than 50 items allowed [json-pointer:/blocks]"]


def test_all_markdown_of_a_message_is_counted_together() -> None:
    half = {"type": "markdown", "text": x(6_000)}
    assert check_message_blocks([half, half]) == []
    assert check_message_blocks([half, half, {"type": "markdown", "text": "x"}]) != []


def test_faults_point_at_their_place() -> None:
    problems = check_message_blocks([section("t"), section(""), section(x(3_001))])
    assert [str(problem) for problem in problems] == [
        "must be more than 0 characters [json-pointer:/blocks/1/text/text]",
        "must be less than 3001 characters [json-pointer:/blocks/2/text/text]",
    ]
