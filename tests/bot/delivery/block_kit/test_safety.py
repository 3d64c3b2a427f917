"""No payload notifies a channel, what cannot be sent is reported, and nothing at all breaks the check."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.block_kit import check_message, check_view
from tests.bot.delivery.block_kit.payload_strategies import JSON, MUTATED, NAMES, patient
from tests.bot.delivery.block_kit.payloads import (
    Json,
    home,
    message,
    modal,
    mrkdwn,
    plain,
    question,
    rich_text,
    section,
    text_input,
)


def refused(payload: Json) -> list[str]:
    found = check_view(payload) if payload.get("type") in {"modal", "home"} else check_message(payload)
    return [violation.pointer for violation in found]


class TestNotifications:
    @pytest.mark.parametrize(
        "text",
        ["<!channel>", "Hi <!here>", "<!everyone|everyone>", "<!subteam^S123>", "<!CHANNEL>", "<!group>"],
    )
    @pytest.mark.parametrize("place", ["text", "section", "label", "rich text"])
    def test_no_text_may_notify_a_channel(self, text: str, place: str) -> None:
        payload = {
            "text": message(text=text),
            "section": message(section(text=mrkdwn(text))),
            "label": modal(question(label=plain(text))),
            "rich text": message(rich_text({"type": "text", "text": text})),
        }[place]
        assert any(
            "notify" in found.rule for found in (check_view if place == "label" else check_message)(payload)
        )

    @pytest.mark.parametrize(
        "element", [{"type": "broadcast", "range": "channel"}, {"type": "usergroup", "usergroup_id": "S1"}]
    )
    def test_nor_may_rich_text(self, element: Json) -> None:
        assert refused(message(rich_text(element))) == ["/blocks/0/elements/0/elements/0/type"]

    def test_what_a_person_typed_stays_in_the_field_they_edit(self) -> None:
        assert check_view(modal(question(text_input(initial_value="Tell <!channel>")))) == ()

    def test_a_date_and_a_mention_pass(self) -> None:
        assert check_message(message(text="<!date^1790000000^{date}|21 September> <@U1>")) == ()


class TestNotJson:
    @pytest.mark.parametrize(
        "value",
        [
            object(),
            b"bytes",
            {1, 2},
            float("nan"),
            float("inf"),
            pytest.param(10**5000, id="huge"),
            "a\ud800",
        ],
    )
    def test_a_value_json_cannot_carry_is_reported(self, value: object) -> None:
        assert refused(message(section(text=value))) == ["/blocks/0/text"]

    def test_names_must_be_text(self) -> None:
        assert refused(message({1: 2})) == ["/blocks/0"]  # type: ignore[dict-item]

    def test_endless_and_deep_payloads_are_reported(self) -> None:
        endless: list[Any] = []
        endless.append(endless)
        assert len(check_message({"text": "Words", "blocks": endless})) == 1
        wide: list[Any] = []
        wide.extend([wide, wide])
        assert len(check_message({"text": "Words", "blocks": wide})) == 1

    def test_too_many_values_are_reported(self) -> None:
        assert refused(home(*[0] * 130_000)) == [""]  # type: ignore[arg-type]

    def test_a_payload_that_is_no_object_is_reported(self) -> None:
        assert len(check_message([])) == len(check_view(None)) == 1  # type: ignore[arg-type]


@patient
@given(st.dictionaries(NAMES, JSON, max_size=5) | st.builds(lambda block: message(block), MUTATED))
def test_the_check_reports_and_never_raises(payload: Json) -> None:
    assert all(found.rule for found in check_message(payload))
    for kind in ("modal", "home"):
        assert all(found.rule for found in check_view({**payload, "type": kind}))
