"""Rules other than sizes: surfaces, ids, required and unknown fields, values that must agree."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.block_kit import check_message_blocks, check_view
from bot.sandbox.block_kit.blocks import BLOCKS, SURFACES
from tests.bot.sandbox.bare_bot import actions, button, modal, mrkdwn, plain, section, text_input

Json = dict[str, Any]
OPTION = {"text": plain("One"), "value": "1"}

WRONG: dict[str, Json] = {
    "no type": {"text": mrkdwn("t")},
    "unknown block": {"type": "sectoin", "text": mrkdwn("t")},
    "unknown field of a block": section("t", colour="red"),
    "unknown field of an element": actions(button(colour="red")),
    "section without text or fields": {"type": "section"},
    "empty text": section(""),
    "text that is not an object": {"type": "section", "text": "t"},
    "emoji on mrkdwn": {"type": "section", "text": {**mrkdwn("t"), "emoji": True}},
    "mrkdwn header": {"type": "header", "text": mrkdwn("t")},
    "mrkdwn button": actions({"type": "button", "action_id": "a", "text": mrkdwn("t")}),
    "button style": actions(button(style="warning")),
    "no elements": actions(),
    "text input among actions": actions({"type": "plain_text_input", "action_id": "a"}),
    "button in an input": {"type": "input", "label": plain("l"), "element": button()},
    "button in a context": {"type": "context", "elements": [button()]},
    "image without alt text": {"type": "image", "image_url": "https://example.org/a.png"},
    "image with empty alt text": {"type": "image", "image_url": "https://example.org/a.png", "alt_text": ""},
    "image with two sources": {
        "type": "image",
        "alt_text": "a",
        "image_url": "https://example.org/a.png",
        "slack_file": {"id": "F1"},
    },
    "select without options": actions({"type": "static_select", "action_id": "a"}),
    "initial option that is not offered": actions(
        {
            "type": "static_select",
            "action_id": "a",
            "options": [OPTION],
            "initial_option": {"text": plain("Two"), "value": "2"},
        }
    ),
    "confirm without deny": actions(
        button(confirm={"title": plain("t"), "text": plain("t"), "confirm": plain("y")})
    ),
    "date that is none": actions({"type": "datepicker", "action_id": "a", "initial_date": "23/11/2026"}),
    "time that is none": actions({"type": "timepicker", "action_id": "a", "initial_time": "24:00"}),
    "number for a flag": text_input() | {"optional": 1},
    "min above max": text_input(min_length=5, max_length=4),
    "pending task card on its own": {
        "type": "task_card",
        "task_id": "t",
        "title": "t",
        "status": "pending",
    },
    "file input in a message": {"type": "input", "label": plain("l"), "element": {"type": "file_input"}},
}


@pytest.mark.parametrize("name", WRONG)
def test_a_message_with_this_is_refused(name: str) -> None:
    assert check_message_blocks([WRONG[name]]) != []


@pytest.mark.parametrize("surface", ["modal", "home"])
@pytest.mark.parametrize("kind", sorted(BLOCKS))
def test_only_the_blocks_of_a_surface_may_stand_on_it(surface: str, kind: str) -> None:
    problems = check_view({"type": surface, "title": plain("t"), "blocks": [{"type": kind}]})
    refused = any(problem.message == f"unsupported type: {kind}" for problem in problems)
    assert refused == (kind not in SURFACES[surface])


@pytest.mark.parametrize(
    ("kind", "surface"),
    [
        ("table", "modal"),
        ("markdown", "modal"),
        ("markdown", "home"),
        ("alert", "message"),
        ("alert", "home"),
        ("context_actions", "home"),
        ("plan", "modal"),
    ],
)
def test_the_known_traps_about_surfaces(kind: str, surface: str) -> None:
    assert kind not in SURFACES[surface]


def test_block_ids_are_unique_in_a_message_and_action_ids_in_a_block() -> None:
    assert check_message_blocks([section("a", block_id="b"), section("b", block_id="c")]) == []
    assert check_message_blocks([section("a", block_id="b"), section("b", block_id="b")]) != []
    assert check_message_blocks([actions(button("a")), actions(button("a"))]) == []
    assert check_message_blocks([actions(button("a"), button("a"))]) != []


def test_only_one_table_in_a_message() -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "c"}]]}
    assert check_message_blocks([table]) == []
    assert check_message_blocks([table, table]) != []


def test_a_modal_with_an_input_needs_a_submit_button() -> None:
    view = modal(text_input())
    assert check_view(view) == []
    del view["submit"]
    assert [p.message for p in check_view(view)] == ["missing required field: submit"]


def test_only_one_element_takes_the_focus() -> None:
    one = text_input("a", block_id="a", focus_on_load=True)
    assert check_view(modal(one)) == []
    assert check_view(modal(one, text_input("b", block_id="b", focus_on_load=True))) != []


def test_a_home_tab_has_no_title() -> None:
    assert check_view({"type": "home", "blocks": []}) == []
    assert check_view({"type": "home", "blocks": [], "title": plain("t")}) != []


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_KEYS = (
    "type",
    "text",
    "elements",
    "element",
    "accessory",
    "options",
    "option_groups",
    "block_id",
    "initial_option",
)
_BLOCKISH = st.dictionaries(
    st.sampled_from(_KEYS), _JSON | st.sampled_from([*sorted(BLOCKS), "button", "static_select"]), max_size=6
)


@settings(deadline=None)
@given(st.lists(_BLOCKISH | _JSON, max_size=3))
def test_whatever_is_sent_the_check_answers_and_never_breaks(blocks: list[Any]) -> None:
    assert isinstance(check_message_blocks(blocks), list)
    assert isinstance(check_view({"type": "modal", "title": plain("t"), "blocks": blocks}), list)
    nested = [{"type": "actions", "elements": blocks}, {"type": "section", "accessory": blocks}]
    assert check_message_blocks(nested) != []
