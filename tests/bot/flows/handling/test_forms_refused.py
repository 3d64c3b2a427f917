"""Forms that cannot be recorded: a clear sentence, the words given back, nobody notified."""

from __future__ import annotations

from typing import Any

import pytest

from bot.views.block_kit.reference import Reference
from tests.bot.flows.payloads import option_state, submission_payload, text_state
from tests.bot.flows.small import about, dispatch, form, press, sent, shown, typed_words
from tests.bot.stage import Stage

LONG = "x" * 3_001


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite only: no database has a part in a refusal."""
    return sqlite_url


@pytest.mark.parametrize(
    ("callback_id", "field", "limit"),
    [
        ("evidence", "evidence_text", "3,000"),
        ("evidence", "evidence_link", "2,000"),
        ("not_applicable", "reason", "1,000"),
        ("set_level", "reason", "1,000"),
        ("cancel", "reason", "1,000"),
        ("start", "title", "80"),
    ],
)
async def test_text_of_3001_characters_is_refused_at_its_field(
    opened: Stage, callback_id: str, field: str, limit: str
) -> None:
    await opened.answer("culture", 3)
    before = await opened.assessment()
    text = f"https://a.example/{LONG}"[:3_001] if field == "evidence_link" else LONG
    values = {field: text_state(text)}
    if callback_id == "set_level":
        values["level"] = option_state("4")
    metadata = await about(opened, prompt="culture-1", dimension="culture", calculated=3)
    answer = await sent(opened, callback_id, metadata, **values)
    sentence = f"This is 3,001 characters long; {limit} fit. Please shorten it."
    assert answer == {"response_action": "errors", "errors": {field: sentence}}
    assert await opened.assessment() == before


@pytest.mark.parametrize("callback_id", ["evidence", "not_applicable", "set_level", "cancel"])
async def test_a_form_sent_after_the_end_gives_the_words_back(opened: Stage, callback_id: str) -> None:
    await opened.answer("culture", 3)
    metadata = await about(opened, prompt="culture-1", dimension="culture", calculated=3)
    await press(opened, opened.nia, await opened.board(), "assessment.cancel")
    await form(opened, opened.nia, "cancel")
    await opened.nia.submit({})
    await opened.whisper(opened.nia, "Cancelled.")
    words = f"It took me an hour <!channel> {LONG} to write this."
    values = {"evidence_text" if callback_id == "evidence" else "reason": text_state(words)}
    if callback_id == "set_level":
        values["level"] = option_state("4")
    before = await opened.assessment()
    answer = await sent(opened, callback_id, metadata, **values)
    assert answer["response_action"] == "update"
    assert f"This assessment was cancelled by <@{opened.nia.id}>" in shown(answer["view"])
    assert typed_words(answer["view"]["blocks"]) == words, "not one character is lost"
    assert await opened.assessment() == before


@pytest.mark.parametrize("callback_id", ["evidence", "not_applicable", "set_level", "cancel"])
async def test_a_form_whose_metadata_is_broken_gives_the_words_back(stage: Stage, callback_id: str) -> None:
    values = {"reason": text_state("My words"), "level": option_state("3")}
    for metadata in ("{", "null", "[1]", '{"a":7}', "x" * 3_000):
        answer = await sent(stage, callback_id, metadata, **values)
        assert "This form is from an older version" in shown(answer["view"])
        assert "My words" in shown(answer["view"])


@pytest.mark.parametrize("metadata", ["", "{}", Reference(assessment="0" * 32).encode()])
async def test_a_form_of_an_assessment_that_does_not_exist(stage: Stage, metadata: str) -> None:
    answer = await sent(stage, "cancel", metadata, reason=text_state("My words"))
    assert "no longer has" in shown(answer["view"]) and "My words" in shown(answer["view"])


async def test_a_form_of_an_older_version_gives_the_words_back(stage: Stage) -> None:
    answer = await sent(stage, "vote_with_comment", "{}", comment=text_state("My comment"))
    assert "This form is from an older version" in shown(answer["view"])
    assert "My comment" in shown(answer["view"])


async def test_a_level_that_the_form_does_not_offer(opened: Stage) -> None:
    await opened.answer("culture", 3)
    metadata = await about(opened, dimension="culture", calculated=3)
    sentence = "A level is a whole number from 1 to 5. Please choose one of the buttons."
    for level in ("", "0", "6", "three", "٣", "1e0", "9" * 5_000):
        values = {"level": option_state(level), "reason": text_state("So")}
        assert (await sent(opened, "set_level", metadata, **values))["errors"] == {"level": sentence}


async def test_forms_without_their_fields(opened: Stage) -> None:
    metadata = await about(opened, prompt="culture-1", dimension="culture", calculated=3)
    assert (await sent(opened, "evidence", metadata))["errors"]
    assert (await sent(opened, "not_applicable", metadata))["errors"]
    before = await opened.assessment()
    body = submission_payload(opened, opened.nia.id, "cancel", metadata, {})
    body["view"]["state"] = {"values": {"reason": None}}
    body["user"] = {}
    assert await dispatch(opened, body) == {}
    assert await opened.assessment() == before, "nobody sent it"


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"channel": {}}, {"channel": "Please choose a channel."}),
        ({"scope": {}}, {"scope": "Please choose at least one dimension."}),
        ({"facilitators": {}}, {"facilitators": "Please choose at least one facilitator."}),
        (
            {"facilitators": {"selected_users": [f"U{number}" for number in range(11)]}},
            {"facilitators": "Please choose at most 10 facilitators; here are 11."},
        ),
    ],
)
async def test_a_start_that_lacks_something(
    stage: Stage, change: dict[str, dict[str, Any]], errors: dict[str, str]
) -> None:
    assert (await sent(stage, "start", "{}", **(_start(stage) | change)))["errors"] == errors


@pytest.mark.parametrize(
    "change",
    [
        {"kind": option_state("friendly")},
        {"closing_date": {"type": "datepicker", "selected_date": "next week"}},
    ],
)
async def test_a_start_form_that_cannot_be_ours(stage: Stage, change: dict[str, dict[str, Any]]) -> None:
    answer = await sent(stage, "start", "{}", **(_start(stage) | change))
    assert "older version" in shown(answer["view"]) and "Autumn" in shown(answer["view"])


async def test_an_unknown_dimension_in_the_start_form(stage: Stage) -> None:
    scope = {"type": "checkboxes", "selected_options": [{"value": "roads"}]}
    answer = await sent(stage, "start", "{}", **(_start(stage) | {"scope": scope}))
    assert "not part of this assessment" in shown(answer["view"])


def _start(stage: Stage) -> dict[str, dict[str, Any]]:
    return {
        "title": text_state("Autumn"),
        "kind": option_state("self"),
        "channel": {"type": "conversations_select", "selected_conversation": stage.channel},
        "scope": {"type": "checkboxes", "selected_options": [{"value": "culture"}]},
        "facilitators": {"type": "multi_users_select", "selected_users": [stage.nia.id]},
    }
