"""Forms that cannot be recorded: a clear sentence, the words given back, nobody notified."""

from __future__ import annotations

from typing import Any

import pytest

from bot.views.reference import Reference
from tests.bot.flows.payloads import option_state, submission_payload, text_state
from tests.bot.flows.small import about, dispatch, form, notice, press, shown, typed_words
from tests.bot.stage import Stage, read

HOSTILE = (
    "<!channel> <!here> <@U0NIAPRYCE> @channel &amp; & <https://evil.example|click> "
    "`code` ```\nblock\n``` *b* _i_ ~s~ \u202eright to left\u202c \u0645\u0631\u062d\u0628\u0627 "
    "👩‍👩‍👧‍👦 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f \x00 \ud800 \u2028 end"
)


@pytest.fixture
async def opened(stage: Stage) -> Stage:
    """An assessment of one dimension, opened."""
    await stage.start("culture", title="How are we doing?")
    await stage.open("culture")
    return stage


async def _sent(stage: Stage, callback_id: str, metadata: str, **values: dict[str, Any]) -> dict[str, Any]:
    body = submission_payload(stage, stage.nia.id, callback_id, metadata, values)
    return await dispatch(stage, body)


LONG = "x" * 3_001


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
    answer = await _sent(opened, callback_id, metadata, **values)
    sentence = f"This is 3,001 characters long; {limit} fit. Please shorten it."
    assert answer == {"response_action": "errors", "errors": {field: sentence}}
    assert await opened.assessment() == before


async def test_the_longest_words_fit(opened: Stage) -> None:
    metadata = await about(opened, prompt="culture-1")
    answer = await _sent(opened, "evidence", metadata, evidence_text=text_state("&" * 3_000))
    assert answer == {}
    assert "&" * 2_000 in read(await opened.find("evidence:"))
    assert (await opened.assessment()).prompt("culture-1").evidence[0].text == "&" * 3_000


async def test_hostile_words_are_kept_and_shown_and_ping_nobody(opened: Stage) -> None:
    metadata = await about(opened, prompt="culture-1", dimension="culture", calculated=None)
    assert await _sent(opened, "evidence", metadata, evidence_text=text_state(HOSTILE)) == {}
    note = await opened.find("evidence:")
    words = typed_words(note.blocks)
    assert words == HOSTILE.replace("\x00", "\ufffd").replace("\ud800", "\ufffd").replace("\u2028", "\n")
    assert "<!" not in note.text
    assert await _sent(opened, "not_applicable", metadata, reason=text_state(HOSTILE)) == {}
    card = await opened.until_reads((await opened.card("prompt", "culture-1")).ts, "Reason:")
    assert "&lt;!channel&gt;" in read(card)
    level = await opened.card("level", "culture")
    answer = await _sent(
        opened, "set_level", metadata, level=option_state("4"), reason=text_state(HOSTILE[:900])
    )
    assert answer == {}
    await opened.until_reads(level.ts, "Reason: &lt;!channel&gt;")
    assert await _sent(opened, "cancel", metadata, reason=text_state(HOSTILE)) == {}
    board = await opened.until_reads((await opened.board()).ts, "reason:")
    assert "&lt;!channel&gt;" in read(board)
    seen = await opened.still()
    assert [m.pings for m in seen.messages(opened.channel) if m.by_bot and m.pings] == []
    stored = await opened.assessment()
    assert stored.state_reason.startswith("<!channel> <!here> <@U0NIAPRYCE>"), "kept as typed"


async def test_a_hostile_title_is_shown_as_typed(stage: Stage) -> None:
    title = "<!channel> <@U0NIAPRYCE> & *us* `x` \u202e👩‍👧"
    await stage.start("culture", title=title)
    await stage.omar.command(stage.channel, "/milepost status")
    assert "&lt;!channel&gt; &lt;@U0NIAPRYCE&gt; &amp; *us*" in await stage.whisper(
        stage.omar, "Where you are"
    )
    await stage.omar.command(stage.channel, "/milepost start")
    await notice(stage, stage.omar, "&lt;!channel&gt;")
    board = await stage.board()
    assert board.pings == [] and (await stage.assessment()).title == title


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
    answer = await _sent(opened, callback_id, metadata, **values)
    assert answer["response_action"] == "update"
    assert f"This assessment was cancelled by <@{opened.nia.id}>" in shown(answer["view"])
    assert typed_words(answer["view"]["blocks"]) == words, "not one character is lost"
    assert await opened.assessment() == before


async def test_evidence_typed_while_it_was_cancelled(opened: Stage) -> None:
    """The same with real people, who meanwhile have the form open."""
    await press(opened, opened.omar, await opened.card("prompt", "culture-1"), "evidence.add")
    await form(opened, opened.omar, "evidence")
    await press(opened, opened.nia, await opened.board(), "assessment.cancel")
    await form(opened, opened.nia, "cancel")
    await opened.nia.submit({})
    await opened.until_reads((await opened.board()).ts, "cancelled by")
    outcome = await opened.omar.submit(
        {"evidence_text": "Minutes of May", "evidence_link": "https://a.example"}
    )
    assert outcome.response_action == "update"
    text = await notice(opened, opened.omar, "Minutes of May")
    assert "Not recorded" in text and "https://a.example" in text and "was cancelled by" in text


@pytest.mark.parametrize("metadata", ["{", "null", "[1]", '{"a":7}', "x" * 3_000])
@pytest.mark.parametrize("callback_id", ["evidence", "not_applicable", "set_level", "cancel"])
async def test_a_form_whose_metadata_is_broken_gives_the_words_back(
    stage: Stage, callback_id: str, metadata: str
) -> None:
    values = {"reason": text_state("My words"), "level": option_state("3")}
    answer = await _sent(stage, callback_id, metadata, **values)
    assert "This form is from an older version" in shown(answer["view"])
    assert "My words" in shown(answer["view"])


@pytest.mark.parametrize("metadata", ["", "{}", Reference(assessment="0" * 32).encode()])
async def test_a_form_of_an_assessment_that_does_not_exist(stage: Stage, metadata: str) -> None:
    answer = await _sent(stage, "cancel", metadata, reason=text_state("My words"))
    assert "no longer has" in shown(answer["view"]) and "My words" in shown(answer["view"])


async def test_a_form_of_an_older_version_gives_the_words_back(stage: Stage) -> None:
    answer = await _sent(stage, "vote_with_comment", "{}", comment=text_state("My comment"))
    assert "This form is from an older version" in shown(answer["view"])
    assert "My comment" in shown(answer["view"])


@pytest.mark.parametrize("level", ["", "0", "6", "three", "٣", "1e0", "9" * 5_000])
async def test_a_level_that_the_form_does_not_offer(opened: Stage, level: str) -> None:
    await opened.answer("culture", 3)
    metadata = await about(opened, dimension="culture", calculated=3)
    answer = await _sent(opened, "set_level", metadata, level=option_state(level), reason=text_state("So"))
    assert answer["errors"] == {
        "level": "A level is a whole number from 1 to 5. Please choose one of the buttons."
    }


async def test_forms_without_their_fields(opened: Stage) -> None:
    metadata = await about(opened, prompt="culture-1", dimension="culture", calculated=3)
    assert (await _sent(opened, "evidence", metadata))["errors"]
    assert (await _sent(opened, "not_applicable", metadata))["errors"]
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
    assert (await _sent(stage, "start", "{}", **(_start(stage) | change)))["errors"] == errors


@pytest.mark.parametrize(
    "change",
    [
        {"kind": option_state("friendly")},
        {"closing_date": {"type": "datepicker", "selected_date": "next week"}},
    ],
)
async def test_a_start_form_that_cannot_be_ours(stage: Stage, change: dict[str, dict[str, Any]]) -> None:
    answer = await _sent(stage, "start", "{}", **(_start(stage) | change))
    assert "older version" in shown(answer["view"]) and "Autumn" in shown(answer["view"])


async def test_an_unknown_dimension_in_the_start_form(stage: Stage) -> None:
    scope = {"type": "checkboxes", "selected_options": [{"value": "roads"}]}
    answer = await _sent(stage, "start", "{}", **(_start(stage) | {"scope": scope}))
    assert "not part of this assessment" in shown(answer["view"])


def _start(stage: Stage) -> dict[str, dict[str, Any]]:
    return {
        "title": text_state("Autumn"),
        "kind": option_state("self"),
        "channel": {"type": "conversations_select", "selected_conversation": stage.channel},
        "scope": {"type": "checkboxes", "selected_options": [{"value": "culture"}]},
        "facilitators": {"type": "multi_users_select", "selected_users": [stage.nia.id]},
    }
