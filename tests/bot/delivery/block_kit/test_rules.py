"""The rules of the check that are not a length: what is sent where, ids, shapes, totals, metadata."""

import json
from typing import Any

import pytest

from bot.delivery.block_kit import PayloadRefused, check_message, check_view
from tests.bot.delivery.block_kit.payloads import (
    EVERY_BLOCK,
    EVERY_INPUT,
    EVERY_PRESSED,
    NEVER_SENT,
    Json,
    actions,
    button,
    context,
    home,
    menu,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    question,
    rich_text,
    section,
    text_input,
)


def refused(payload: Json) -> list[str]:
    found = check_view(payload) if payload.get("type") in {"modal", "home"} else check_message(payload)
    return [violation.pointer for violation in found]


@pytest.mark.parametrize("kind", EVERY_BLOCK)
def test_each_block_stands_only_where_we_send_it(kind: str) -> None:
    block = EVERY_BLOCK[kind]
    outside_of_modals = ["/blocks/0/type"] if kind == "input" else []
    assert refused(message(block)) == outside_of_modals
    assert refused(home(block)) == outside_of_modals
    assert refused(modal(block)) == []


@pytest.mark.parametrize("kind", NEVER_SENT)
def test_a_block_that_we_do_not_send_is_refused_everywhere(kind: str) -> None:
    for payload in (message({"type": kind}), modal({"type": kind}), home({"type": kind})):
        assert refused(payload) == ["/blocks/0/type"]


@pytest.mark.parametrize("kind", EVERY_INPUT | EVERY_PRESSED)
def test_each_element_stands_only_where_we_send_it(kind: str) -> None:
    element = (EVERY_INPUT | EVERY_PRESSED)[kind]
    pressed, filled_in = kind in EVERY_PRESSED, kind in EVERY_INPUT
    assert refused(message(actions(element))) == ([] if pressed else ["/blocks/0/elements/0/type"])
    assert refused(message(section(accessory=element))) == ([] if pressed else ["/blocks/0/accessory/type"])
    assert refused(modal(question(element))) == ([] if filled_in else ["/blocks/0/element/type"])


@pytest.mark.parametrize("kind", ["image", "timepicker", "number_input", "external_select", "slider"])
def test_an_element_that_we_do_not_send_is_refused(kind: str) -> None:
    assert refused(message(actions({"type": kind}))) == ["/blocks/0/elements/0/type"]
    assert refused(message(section(accessory={"type": kind}))) == ["/blocks/0/accessory/type"]
    assert refused(modal(question({"type": kind}))) == ["/blocks/0/element/type"]


CONTRADICTIONS: dict[str, tuple[Json, str]] = {
    "block without a type": (message({"text": plain()}), "/blocks/0/type"),
    "misspelt member": (message(section(acessory=button())), "/blocks/0/acessory"),
    "block_id on a divider": (message({"type": "divider", "block_id": "a"}), "/blocks/0/block_id"),
    "input without an id": (
        modal({"type": "input", "label": plain(), "element": text_input()}),
        "/blocks/0/block_id",
    ),
    "element without an id": (
        message(actions({"type": "button", "text": plain(), "value": "1"})),
        "/blocks/0/elements/0/action_id",
    ),
    "button that asks again": (
        message(actions(button(confirm={"title": plain()}))),
        "/blocks/0/elements/0/confirm",
    ),
    "button to a page": (
        message(actions(button(url="https://example.org"))),
        "/blocks/0/elements/0/url",
    ),
    "plain small print": (message(context(plain())), "/blocks/0/elements/0/type"),
    "mrkdwn header": (message({"type": "header", "text": mrkdwn()}), "/blocks/0/text/type"),
    "mrkdwn button": (message(actions(button(text=mrkdwn()))), "/blocks/0/elements/0/text/type"),
    "mrkdwn title": (modal(title=mrkdwn()), "/title/type"),
    "plain section": (message(section(text=plain())), "/blocks/0/text/type"),
    "mrkdwn menu option": (
        message(section(accessory=menu("overflow", options=[option(text=mrkdwn())]))),
        "/blocks/0/accessory/options/0/text/type",
    ),
    "section without words": (message({"type": "section"}), "/blocks/0/text"),
    "section with fields": (message(section(fields=[plain()])), "/blocks/0/fields"),
    "blank section": (message(section(text=mrkdwn(" \n"))), "/blocks/0/text/text"),
    "two lists of options": (
        message(
            section(
                accessory=menu(
                    "static_select",
                    options=[option()],
                    option_groups=[{"label": plain(), "options": [option()]}],
                )
            )
        ),
        "/blocks/0/accessory",
    ),
    "no list of options": (message(section(accessory=menu("static_select"))), "/blocks/0/accessory"),
    "first choice not offered": (
        message(section(accessory=menu("static_select", options=[option()], initial_option=option("2")))),
        "/blocks/0/accessory/initial_option",
    ),
    "first radio button not offered": (
        modal(question(menu("radio_buttons", options=[option()], initial_option=option("2")))),
        "/blocks/0/element/initial_option",
    ),
    "first ticks not offered": (
        modal(question(menu("checkboxes", options=[option()], initial_options=[option("2")]))),
        "/blocks/0/element/initial_options",
    ),
    "first choices not offered": (
        modal(question(menu("multi_static_select", options=[option()], initial_options=[option("2")]))),
        "/blocks/0/element/initial_options",
    ),
    "date that is none": (
        modal(question(menu("datepicker", initial_date="23/11/2026"))),
        "/blocks/0/element/initial_date",
    ),
    "conversations of another kind": (
        modal(question(menu("conversations_select", filter={"include": ["im"]}))),
        "/blocks/0/element/filter/include/0",
    ),
    "flag that is none": (modal(question(optional="yes")), "/blocks/0/optional"),
    "unknown style": (message(actions(button(style="warning"))), "/blocks/0/elements/0/style"),
    "empty run of rich text": (
        message(rich_text({"type": "text", "text": ""})),
        "/blocks/0/elements/0/elements/0/text",
    ),
    "list in rich text": (
        message({"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": []}]}),
        "/blocks/0/elements/0/type",
    ),
    "rich text without parts": (message({"type": "rich_text", "elements": []}), "/blocks/0/elements"),
    "input without submit": ({"type": "modal", "title": plain(), "blocks": [question()]}, "/submit"),
    "modal without a title": ({"type": "modal", "blocks": []}, "/title"),
    "view without blocks": ({"type": "home"}, "/blocks"),
    "Home tab with a title": (home(title=plain()), "/title"),
    "element that takes the focus": (
        modal(question(text_input(focus_on_load=True))),
        "/blocks/0/element/focus_on_load",
    ),
    "blocks that are no list": ({"text": "Words", "blocks": {}}, "/blocks"),
    "no text": ({"blocks": [section()]}, "/text"),
    "blank text": (message(text=" "), "/text"),
    "text that is no string": (message(text=5), "/text"),
    "second text": (message(markdown_text="Words"), "/markdown_text"),
    "attachments": (message(attachments=[]), "/attachments"),
    "names made into mentions": (message(link_names=True), "/link_names"),
    "full parsing": (message(parse="full"), "/parse"),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_payload_that_we_must_not_send_is_reported_where_it_is_wrong(name: str) -> None:
    payload, pointer = CONTRADICTIONS[name]
    assert refused(payload) == [pointer]


def test_a_view_of_an_unknown_type_is_reported() -> None:
    for kind in ("workflow_step", "home ", None):
        assert [found.pointer for found in check_view({"type": kind, "blocks": []})] == ["/type"]


def test_a_modal_without_inputs_needs_no_submit() -> None:
    assert check_view({"type": "modal", "title": plain(), "blocks": [section()]}) == ()


def test_a_run_of_rich_text_may_be_blanks_alone() -> None:
    assert check_message(message(rich_text({"type": "text", "text": "\n "}))) == ()


def test_a_menu_may_start_on_an_option_of_a_group() -> None:
    groups = [{"label": plain(), "options": [option("1"), option("2")]}]
    grouped = menu("static_select", option_groups=groups, initial_option=option("2"))
    assert check_message(message(section(accessory=grouped))) == ()


class TestIds:
    def test_a_block_id_is_used_once_in_a_payload(self) -> None:
        assert refused(message(section(block_id="a"), section(block_id="b"))) == []
        assert refused(message(section(block_id="a"), section(block_id="a"))) == ["/blocks/1/block_id"]

    def test_an_action_id_is_used_once_in_a_block(self) -> None:
        twice = actions(button(action_id="a"), button(action_id="a"))
        assert refused(message(twice)) == ["/blocks/0/elements/1/action_id"]

    def test_an_action_id_may_come_again_in_another_block(self) -> None:
        assert refused(message(actions(button(action_id="a")), actions(button(action_id="a")))) == []


class TestTotals:
    def test_blocks_of_a_message_together(self) -> None:
        blocks = [section(text=mrkdwn("a" * 2900)) for _ in range(4)]
        spare = 12_000 - len(json.dumps(blocks))
        blocks[0]["text"]["text"] += "a" * min(spare, 100)
        blocks[1]["text"]["text"] += "a" * (spare - min(spare, 100))
        assert len(json.dumps(blocks)) == 12_000
        assert refused(message(*blocks)) == []
        blocks[2]["text"]["text"] += "a"
        assert refused(message(*blocks)) == ["/blocks"]

    def test_a_view(self) -> None:
        blocks = [section(text=mrkdwn("a" * 3000))] * 81
        spare = 250_000 - len(json.dumps(home(*blocks, section(text=mrkdwn("")))))
        assert refused(home(*blocks, section(text=mrkdwn("a" * spare)))) == []
        assert refused(home(*blocks, section(text=mrkdwn("a" * (spare + 1))))) == [""]

    def test_a_view_is_counted_in_bytes(self) -> None:
        assert refused(home(*[section(text=mrkdwn("ŵ" * 3000))] * 13)) == []
        assert refused(home(*[section(text=mrkdwn("ŵ" * 3000))] * 14)) == [""]

    def test_metadata(self) -> None:
        def metadata(length: int) -> Json:
            payload = {"event_type": "milepost", "event_payload": {"key": ""}}
            payload["event_payload"] = {"key": "k" * (length - len(json.dumps(payload)))}
            return message(metadata=payload)

        assert refused(metadata(4000)) == []
        assert refused(metadata(4001)) == ["/metadata"]


class TestMetadata:
    @pytest.mark.parametrize(
        ("metadata", "pointer"),
        [
            ({"event_type": "a"}, "/metadata/event_payload"),
            ({"event_payload": {"key": "k"}}, "/metadata/event_type"),
            ({"event_type": "", "event_payload": {"key": "k"}}, "/metadata/event_type"),
            ({"event_type": "a", "event_payload": []}, "/metadata/event_payload"),
            ({"event_type": "a", "event_payload": {}}, "/metadata/event_payload/key"),
            ({"event_type": "a", "event_payload": {"key": "k", "x": 1}}, "/metadata/event_payload/x"),
            ({"event_type": "a", "event_payload": {"key": "k"}, "more": 1}, "/metadata/more"),
            ("a", "/metadata"),
        ],
    )
    def test_another_shape_is_reported(self, metadata: Any, pointer: str) -> None:
        assert refused(message(metadata=metadata)) == [pointer]


def test_a_pointer_escapes_what_json_pointers_reserve() -> None:
    (found,) = check_message(message(section(**{"a/b~c": 1})))
    assert found.pointer == "/blocks/0/a~1b~0c"


def test_a_refusal_says_everything_that_is_wrong() -> None:
    violations = check_message({"text": "", "blocks": [{"type": "divider", "text": "more"}]})
    refusal = PayloadRefused(violations)
    assert refusal.violations == violations
    assert str(refusal) == "/text: must not be empty; /blocks/0/text: is not a member that we send here"
