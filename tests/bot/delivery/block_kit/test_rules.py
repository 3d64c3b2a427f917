"""The rules of the check that are not a length: surfaces, ids, shapes, totals, metadata."""

import json
from typing import Any

import pytest

from bot.delivery.block_kit import PayloadRefused, Surface, check_message, check_view
from tests.bot.delivery.block_kit.payloads import (
    EVERY_BLOCK,
    TASK,
    Json,
    actions,
    button,
    home,
    image,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    question,
    rich_text,
    section,
)

NOT_IN_A_MODAL = {"carousel", "container", "context_actions", "data_table", "data_visualization", "file"} | {
    "markdown",
    "plan",
    "table",
    "task_card",
}
NOT_IN_HOME = {"alert", "context_actions", "file", "markdown", "plan", "task_card"}


def refused(payload: Json) -> list[str]:
    found = check_view(payload) if payload.get("type") in {"modal", "home"} else check_message(payload)
    return [violation.pointer for violation in found]


@pytest.mark.parametrize("kind", EVERY_BLOCK)
def test_each_block_stands_only_where_slack_lets_it(kind: str) -> None:
    block = EVERY_BLOCK[kind]
    assert refused(message(block)) == (["/blocks/0/type"] if kind == "alert" else [])
    assert refused(modal(block)) == (["/blocks/0/type"] if kind in NOT_IN_A_MODAL else [])
    assert refused(home(block)) == (["/blocks/0/type"] if kind in NOT_IN_HOME else [])


def test_an_ephemeral_message_takes_what_a_message_takes() -> None:
    assert check_message(message(EVERY_BLOCK["section"]), surface=Surface.EPHEMERAL) == ()
    assert check_message(message(EVERY_BLOCK["alert"]), surface=Surface.EPHEMERAL) != ()


CONTRADICTIONS: dict[str, tuple[Json, str]] = {
    "unknown block": (message({"type": "banner"}), "/blocks/0/type"),
    "block without a type": (message({"text": plain()}), "/blocks/0/type"),
    "unknown element": (message(actions({"type": "slider"})), "/blocks/0/elements/0/type"),
    "misspelt member": (message(section(acessory=button())), "/blocks/0/acessory"),
    "text field in a message's actions": (
        message(actions({"type": "plain_text_input"})),
        "/blocks/0/elements/0/type",
    ),
    "button in an input": (modal(question(element=button())), "/blocks/0/element/type"),
    "mrkdwn header": (message({"type": "header", "text": mrkdwn()}), "/blocks/0/text/type"),
    "mrkdwn button": (message(actions(button(text=mrkdwn()))), "/blocks/0/elements/0/text/type"),
    "mrkdwn title": (modal(title=mrkdwn()), "/title/type"),
    "mrkdwn menu option": (
        message(section(accessory={"type": "overflow", "options": [option(text=mrkdwn())]})),
        "/blocks/0/accessory/options/0/text/type",
    ),
    "section without words": (message({"type": "section"}), "/blocks/0"),
    "blank section": (message(section(text=mrkdwn(" \n"))), "/blocks/0/text/text"),
    "image without alt text": (
        message({"type": "image", "image_url": "https://example.org/a.png"}),
        "/blocks/0/alt_text",
    ),
    "image from two places": (message(image(slack_file={"id": "F1"})), "/blocks/0"),
    "address without a scheme": (message(image(image_url="example.org/a.png")), "/blocks/0/image_url"),
    "two lists of options": (
        message(
            section(
                accessory={
                    "type": "static_select",
                    "options": [option()],
                    "option_groups": [{"label": plain(), "options": [option()]}],
                }
            )
        ),
        "/blocks/0/accessory",
    ),
    "first choice not offered": (
        message(
            section(accessory={"type": "static_select", "options": [option()], "initial_option": option("2")})
        ),
        "/blocks/0/accessory/initial_option",
    ),
    "first ticks not offered": (
        message(
            section(accessory={"type": "checkboxes", "options": [option()], "initial_options": [option("2")]})
        ),
        "/blocks/0/accessory/initial_options",
    ),
    "shortest above longest": (
        modal(question(element={"type": "plain_text_input", "min_length": 5, "max_length": 4})),
        "/blocks/0/element/min_length",
    ),
    "date that is none": (
        message(actions({"type": "datepicker", "initial_date": "23/11/2026"})),
        "/blocks/0/elements/0/initial_date",
    ),
    "time that is none": (
        message(actions({"type": "timepicker", "initial_time": "24:00"})),
        "/blocks/0/elements/0/initial_time",
    ),
    "number input without its kind": (
        modal(question(element={"type": "number_input"})),
        "/blocks/0/element/is_decimal_allowed",
    ),
    "unknown style": (message(actions(button(style="warning"))), "/blocks/0/elements/0/style"),
    "pending task alone": (message({**TASK, "status": "pending"}), "/blocks/0/status"),
    "container in a container": (
        message({**EVERY_BLOCK["container"], "child_blocks": [EVERY_BLOCK["container"]]}),
        "/blocks/0/child_blocks/0/type",
    ),
    "empty run of rich text": (
        message(rich_text({"type": "text", "text": ""})),
        "/blocks/0/elements/0/elements/0/text",
    ),
    "input without submit": ({"type": "modal", "title": plain(), "blocks": [question()]}, "/submit"),
    "modal without a title": ({"type": "modal", "blocks": []}, "/title"),
    "view without blocks": ({"type": "home"}, "/blocks"),
    "view of no type": ({**home(), "type": "home "}, "/text"),
    "two elements that take the focus": (
        modal(*[question(element={"type": "plain_text_input", "focus_on_load": True})] * 2),
        "/blocks/1/element/focus_on_load",
    ),
    "blocks that are no list": ({"text": "Words", "blocks": {}}, "/blocks"),
    "no text": ({"blocks": [section()]}, "/text"),
    "blank text": (message(text=" "), "/text"),
    "text that is no string": (message(text=5), "/text"),
    "second text": (message(markdown_text="Words"), "/markdown_text"),
    "names made into mentions": (message(link_names=True), "/link_names"),
    "full parsing": (message(parse="full"), "/parse"),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_payload_slack_refuses_is_reported_where_it_is_wrong(name: str) -> None:
    payload, pointer = CONTRADICTIONS[name]
    assert pointer in refused(payload)


def test_a_view_of_an_unknown_type_is_reported() -> None:
    assert [found.pointer for found in check_view({"type": "workflow_step", "blocks": []})] == ["/type"]


def test_a_modal_without_inputs_needs_no_submit() -> None:
    assert check_view({"type": "modal", "title": plain(), "blocks": [section()]}) == ()


def test_a_menu_may_start_on_an_option_of_a_group() -> None:
    groups = [{"label": plain(), "options": [option("1"), option("2")]}]
    menu = {"type": "static_select", "option_groups": groups, "initial_option": option("2")}
    assert check_message(message(section(accessory=menu))) == ()


class TestIds:
    def test_a_block_id_is_used_once_in_a_payload(self) -> None:
        assert refused(message(section(block_id="a"), section(block_id="b"))) == []
        assert refused(message(section(block_id="a"), section(block_id="a"))) == ["/blocks/1/block_id"]

    def test_a_block_id_inside_a_container_counts_too(self) -> None:
        inside = {**EVERY_BLOCK["container"], "block_id": "a", "child_blocks": [section(block_id="a")]}
        assert refused(message(inside)) == ["/blocks/0/child_blocks/0/block_id"]

    def test_an_action_id_is_used_once_in_a_block(self) -> None:
        twice = actions(button(action_id="a"), button(action_id="a"))
        assert refused(message(twice)) == ["/blocks/0/elements/1/action_id"]

    def test_an_action_id_may_come_again_in_another_block(self) -> None:
        assert refused(message(actions(button(action_id="a")), actions(button(action_id="a")))) == []


class TestTotals:
    def test_blocks_of_a_message_together(self) -> None:
        blocks = [section(text=plain("a" * 2900)) for _ in range(4)]
        spare = 12_000 - len(json.dumps(blocks))
        blocks[0]["text"]["text"] += "a" * min(spare, 100)
        blocks[1]["text"]["text"] += "a" * (spare - min(spare, 100))
        assert len(json.dumps(blocks)) == 12_000
        assert refused(message(*blocks)) == []
        blocks[2]["text"]["text"] += "a"
        assert refused(message(*blocks)) == ["/blocks"]

    def test_a_view(self) -> None:
        blocks = [section(text=plain("a" * 3000), fields=[plain("a" * 2000)]) for _ in range(48)]
        assert refused(home(*blocks)) == []
        assert refused(home(*blocks, section(text=plain("ŵ" * 3000)))) == [""]

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
            ({"event_payload": {}}, "/metadata/event_type"),
            ({"event_type": "", "event_payload": {}}, "/metadata/event_type"),
            ({"event_type": "a", "event_payload": []}, "/metadata/event_payload"),
            ({"event_type": "a", "event_payload": {}, "more": 1}, "/metadata/more"),
            ("a", "/metadata"),
        ],
    )
    def test_another_shape_is_reported(self, metadata: Any, pointer: str) -> None:
        assert refused(message(metadata=metadata)) == [pointer]

    def test_only_an_update_may_clear_it(self) -> None:
        cleared = message(metadata={})
        assert check_message(cleared, update=True) == ()
        assert [found.pointer for found in check_message(cleared)] == [
            "/metadata/event_type",
            "/metadata/event_payload",
        ]


def test_a_pointer_escapes_what_json_pointers_reserve() -> None:
    (found,) = check_message(message(section(**{"a/b~c": 1})))
    assert found.pointer == "/blocks/0/a~1b~0c"


def test_a_refusal_says_everything_that_is_wrong() -> None:
    violations = check_message({"text": "", "blocks": [{"type": "divider", "text": "more"}]})
    refusal = PayloadRefused(violations)
    assert refusal.violations == violations
    assert str(refusal) == "/text: must not be empty; /blocks/0/text: is not a member that Slack knows here"
