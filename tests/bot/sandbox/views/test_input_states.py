"""Every element: its state at first, and after somebody gave it a value."""

from typing import Any

import pytest

from bot.sandbox.block_kit.elements import ELEMENTS
from bot.sandbox.refusals import ControlRefusal
from bot.sandbox.views.input_states import first_state, is_empty, state_after
from tests.bot.sandbox.bare_bot import plain

Json = dict[str, Any]
OPTIONS = [{"text": plain(f"Level {n}"), "value": str(n)} for n in range(1, 6)]
STATELESS = {
    "button",
    "workflow_button",
    "overflow",
    "image",
    "icon_button",
    "feedback_buttons",
    "plain_text",
    "mrkdwn",
}


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "a", **more}


@pytest.mark.parametrize("kind", sorted(ELEMENTS))
def test_every_element_with_a_state_begins_empty(kind: str) -> None:
    state = first_state(element(kind))
    if kind in STATELESS:
        assert state is None
    else:
        assert state is not None
        assert state["type"] == kind
        assert is_empty(state)


GIVEN: list[tuple[Json, Any, Json]] = [
    (element("plain_text_input"), "why", {"value": "why"}),
    (element("plain_text_input", initial_value="x"), "", {"value": None}),
    (element("plain_text_input", multiline=True), "a\nb", {"value": "a\nb"}),
    (element("number_input", is_decimal_allowed=False), 3, {"value": "3"}),
    (element("email_text_input"), "nia@example.org", {"value": "nia@example.org"}),
    (element("url_text_input"), "https://example.org", {"value": "https://example.org"}),
    (element("static_select", options=OPTIONS), "Level 2", {"selected_option": OPTIONS[1]}),
    (
        element("static_select", option_groups=[{"label": plain("g"), "options": OPTIONS}]),
        "3",
        {"selected_option": OPTIONS[2]},
    ),
    (element("radio_buttons", options=OPTIONS), "1", {"selected_option": OPTIONS[0]}),
    (
        element("checkboxes", options=OPTIONS),
        ["1", "Level 5"],
        {"selected_options": [OPTIONS[0], OPTIONS[4]]},
    ),
    (element("checkboxes", options=OPTIONS), None, {"selected_options": []}),
    (element("multi_static_select", options=OPTIONS), "4", {"selected_options": [OPTIONS[3]]}),
    (element("datepicker"), "2027-01-15", {"selected_date": "2027-01-15"}),
    (element("datepicker", initial_date="2027-01-15"), None, {"selected_date": None}),
    (element("timepicker"), "09:30", {"selected_time": "09:30"}),
    (element("datetimepicker"), 1_800_000_000, {"selected_date_time": 1_800_000_000}),
    (element("users_select"), "U1", {"selected_user": "U1"}),
    (element("multi_users_select"), ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
    (element("conversations_select"), "C1", {"selected_conversation": "C1"}),
    (element("multi_channels_select"), "C1", {"selected_channels": ["C1"]}),
]


@pytest.mark.parametrize(("which", "value", "state"), GIVEN)
def test_a_value_is_taken(which: Json, value: Any, state: Json) -> None:
    assert state_after(which, value) == {"type": which["type"], **state}


REFUSED: list[tuple[Json, Any, str]] = [
    (element("button"), "x", "does not take"),
    (element("plain_text_input", max_length=3), "four", "at most 3"),
    (element("plain_text_input"), "x" * 3_001, "at most 3000"),
    (element("plain_text_input", min_length=3), "no", "at least 3"),
    (element("plain_text_input"), "a\nb", "one line"),
    (element("number_input", is_decimal_allowed=False), "1.5", "not a number"),
    (element("number_input", is_decimal_allowed=True, min_value="2"), "1.5", "below 2"),
    (element("number_input", is_decimal_allowed=True, max_value="1"), "1.5", "above 1"),
    (element("email_text_input"), "nia", "email"),
    (element("url_text_input"), "example.org", "web address"),
    (element("static_select", options=OPTIONS), "6", "0 options"),
    (element("static_select", options=[*OPTIONS, OPTIONS[0]]), "1", "2 options"),
    (element("multi_static_select", options=OPTIONS, max_selected_items=1), ["1", "2"], "at most 1"),
    (element("datepicker"), "15/01/2027", "not a date"),
    (element("timepicker"), "24:00", "not a time"),
    (element("datetimepicker"), "soon", "seconds"),
    (element("external_select"), "1", "does not imitate"),
]


@pytest.mark.parametrize(("which", "value", "complaint"), REFUSED)
def test_what_no_person_could_give_is_refused(which: Json, value: Any, complaint: str) -> None:
    with pytest.raises(ControlRefusal, match=complaint):
        state_after(which, value)
