"""Presses that cannot be taken: each has its sentence, changes nothing and notifies nobody."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.sandbox.client.client import PersonHandle
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import Assessment, DimensionState
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.small import about, dispatch, form, notice, press
from tests.bot.stage import Stage, read


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite only: no database has a part in a refusal."""
    return sqlite_url


ELSEWHERE = Reference(assessment="0" * 32, prompt="culture-1", level=3).encode()


async def _pressed(stage: Stage, action: str, value: str, person: str | None = None, **more: Any) -> None:
    """Somebody presses what Slack's own client no longer shows."""
    await dispatch(stage, press_payload(stage, person or stage.omar.id, action, value, **more))


async def _told_after(stage: Stage, person: PersonHandle, before: int) -> str:
    """Wait for the next private message to a person who had some before, and return it."""
    seen = await stage.slack.until(lambda seen: len(seen.ephemerals(person.id)) > before)
    return read(seen.ephemerals(person.id)[-1])


async def _end(stage: Stage, how: str) -> None:
    """Bring an opened assessment to an end, or to a pause."""
    if how == "closed":
        await stage.answer("culture", 3)
        await stage.confirm("culture")
        await press(stage, stage.nia, await stage.find("results:"), "assessment.close")
    elif how == "cancelled":
        await press(stage, stage.nia, await stage.board(), "assessment.cancel")
        await form(stage, stage.nia, "cancel")
        await stage.nia.submit({})
    else:
        await press(stage, stage.nia, await stage.board(), "assessment.pause")
    await stage.until_reads((await stage.board()).ts, f"{how} by Nia Pryce")


async def _opened(stage: Stage) -> Assessment:
    await stage.start("culture")
    await stage.open("culture")
    return await stage.assessment()


@pytest.mark.parametrize("level", [0, 6, -1, 10**30, None])
async def test_a_level_outside_one_to_five(stage: Stage, level: int | None) -> None:
    before = await _opened(stage)
    await _pressed(stage, "prompt.level", await about(stage, prompt="culture-1", level=level))
    assert "a whole number from 1 to 5" in await stage.whisper(stage.omar, "A level is")
    assert await stage.assessment() == before


@pytest.mark.parametrize("level", ['"3"', "3.0", "true", "[3]"])
async def test_a_level_that_is_no_number(stage: Stage, level: str) -> None:
    before = await _opened(stage)
    value = f'{{"a":"{before.id}","p":"culture-1","l":{level}}}'
    await _pressed(stage, "prompt.level", value)
    await stage.whisper(stage.omar, "from an older version")
    assert await stage.assessment() == before


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("prompt.level", "This question is not part of this assessment"),
        ("prompt.put_off", "This question is not part of this assessment"),
        ("prompt.reopen", "This question is not part of this assessment"),
        ("dimension.open", "This dimension is not part of this assessment"),
        ("level.confirm", "This dimension is not part of this assessment"),
    ],
)
async def test_an_unknown_prompt_or_dimension(stage: Stage, action: str, words: str) -> None:
    before = await _opened(stage)
    value = await about(stage, prompt="roads-1", dimension="leadership", level=3)
    await _pressed(stage, action, value, stage.nia.id)
    await stage.whisper(stage.nia, words)
    assert await stage.assessment() == before


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("prompt.not_applicable", "This question is not part of this assessment"),
        ("evidence.add", "This question is not part of this assessment"),
        ("level.set_other", "This dimension is not part of this assessment"),
    ],
)
async def test_a_form_for_an_unknown_prompt_says_so_in_its_place(
    stage: Stage, action: str, words: str
) -> None:
    await _opened(stage)
    value = await about(stage, prompt="leadership-1", dimension="leadership")
    await _pressed(stage, action, value, stage.nia.id)
    await notice(stage, stage.nia, words)


@pytest.mark.parametrize("how", ["paused", "closed", "cancelled"])
async def test_presses_on_cards_of_an_assessment_that_does_not_run(stage: Stage, how: str) -> None:
    await _opened(stage)
    await _end(stage, how)
    before = await stage.assessment()
    sentence = f"This assessment was {how} by <@{stage.nia.id}> on "
    value = await about(stage, prompt="culture-1", dimension="culture", level=5, calculated=3)
    for action in ("prompt.level", "prompt.put_off", "prompt.reopen", "dimension.open", "level.confirm"):
        told = len((await stage.still()).ephemerals(stage.omar.id))
        await _pressed(stage, action, value)
        assert sentence in await _told_after(stage, stage.omar, told), action
    await _pressed(stage, "prompt.not_applicable", value)
    await notice(stage, stage.omar, sentence)
    if how != "paused":
        await _pressed(stage, "evidence.add", value)
        await notice(stage, stage.omar, sentence)
        await _pressed(stage, "assessment.cancel", value, stage.nia.id)
        await notice(stage, stage.nia, sentence)
    assert await stage.assessment() == before


async def test_what_only_facilitators_may_do(stage: Stage) -> None:
    """Each refusal says who can; nobody but the presser sees it."""
    await stage.start("culture", facilitators=[stage.nia.id, stage.grace.id])
    await stage.open("culture")
    await stage.answer("culture", 3)
    before = await stage.assessment()
    sentence = f"Only a facilitator can do this: <@{stage.nia.id}> and <@{stage.grace.id}>."
    board, card = await stage.board(), await stage.card("level", "culture")
    for message, action in ((card, "level.confirm"), (board, "assessment.pause")):
        told = len((await stage.still()).ephemerals(stage.omar.id))
        await press(stage, stage.omar, message, action)
        assert sentence in await _told_after(stage, stage.omar, told), action
    for message, action in ((card, "level.set_other"), (board, "assessment.cancel")):
        await press(stage, stage.omar, message, action)
        await notice(stage, stage.omar, sentence)
        await stage.omar.close_modal()
    assert await stage.assessment() == before
    await stage.confirm("culture", by=stage.grace)
    await press(stage, stage.omar, await stage.find("results:"), "assessment.close")
    assert (await stage.assessment()).active
    await press(stage, stage.nia, board, "assessment.pause")
    board = await stage.until_reads(board.ts, "[Resume]")
    await press(stage, stage.omar, board, "assessment.resume")
    await stage.still()
    assert [sentence in read(m) for m in (await stage.still()).ephemerals(stage.omar.id)][-2:] == [True, True]


async def test_a_stale_confirm_button_is_not_taken(running: Stage) -> None:
    await running.open("culture")
    await running.answer("culture", 3)
    old = await about(running, dimension="culture", level=5, calculated=5)
    await _pressed(running, "level.confirm", old, running.nia.id)
    assert "the calculated level is now 3 Impactful" in await running.whisper(running.nia, "has changed")
    assert (await running.assessment()).dimension("culture").state is DimensionState.ANSWERED


@pytest.mark.parametrize(
    "value",
    [
        "",
        "null",
        "[]",
        "{",
        '"x"',
        '{"a":5}',
        '{"x":"y"}',
        "rm -rf",
        "\ud800",
        '{"a":"\\ud800"}',
        "9" * 2_000,
    ],
)
async def test_a_value_that_is_not_ours(stage: Stage, value: str) -> None:
    await _pressed(stage, "prompt.level", value)
    text = await stage.whisper(stage.omar, "/milepost")
    assert "older version" in text or "no longer has" in text


@pytest.mark.parametrize("action", ["prompt.level", "dimension.open", "level.confirm", "assessment.pause"])
async def test_an_assessment_that_does_not_exist(stage: Stage, action: str) -> None:
    await _pressed(stage, action, ELSEWHERE)
    await stage.whisper(stage.omar, "an assessment that Milepost no longer has")


@pytest.mark.parametrize(
    "action", ["evidence.add", "prompt.not_applicable", "level.set_other", "assessment.cancel"]
)
async def test_a_form_of_an_assessment_that_does_not_exist(stage: Stage, action: str) -> None:
    await _pressed(stage, action, ELSEWHERE)
    await notice(stage, stage.omar, "an assessment that Milepost no longer has")


async def test_an_assessment_of_another_workspace_does_not_exist_here(stage: Stage) -> None:
    from tests.storage.material import started

    foreign, entries = started("F1", channel=stage.channel)
    async with stage.runtime.bot.database.unit_of_work("T0ELSEWHERE") as work:
        await work.assessments.add(foreign, entries)
        await work.commit()
    value = Reference(assessment="F1", dimension="leadership").encode()
    await _pressed(stage, "dimension.open", value)
    await stage.whisper(stage.omar, "no longer has")
    async with stage.runtime.bot.database.reading("T0ELSEWHERE") as work:
        assert await work.assessments.get("F1") == foreign


async def test_a_button_of_an_older_version(stage: Stage) -> None:
    await _pressed(stage, "vote.cast", "{}")
    assert "/milepost status" in await stage.whisper(stage.omar, "from an older version")


@pytest.mark.parametrize("missing", ["user", "actions", "container", "channel", "message", "trigger_id"])
async def test_missing_fields_break_nothing(stage: Stage, missing: str) -> None:
    before = await _opened(stage)
    body = press_payload(stage, stage.omar.id, "dimension.open", await about(stage, dimension="leadership"))
    del body[missing]
    if missing == "actions":
        response = await _unrouted(stage, body)
        assert response == 200
    else:
        await dispatch(stage, body)
    await stage.still()
    assert await stage.assessment() == before


async def test_nobody_is_recorded_where_a_press_names_nobody(stage: Stage) -> None:
    before = await _opened(stage)
    body = press_payload(stage, "", "prompt.level", await about(stage, prompt="culture-1", level=3))
    await dispatch(stage, body)
    await stage.still()
    assert await stage.assessment() == before


async def test_an_expired_trigger_is_explained(running: Stage) -> None:
    await running.open("culture")
    await running.slack.expire_triggers()
    await press(running, running.omar, await running.card("prompt", "culture-1"), "evidence.add")
    assert "Please try again" in await running.whisper(running.omar, "three seconds")
    await press(running, running.omar, await running.card("prompt", "culture-1"), "evidence.add")
    await form(running, running.omar, "evidence")


async def test_an_expired_trigger_of_a_command_is_explained(stage: Stage) -> None:
    await stage.slack.expire_triggers()
    await stage.nia.command(stage.channel, "/milepost start")
    await stage.whisper(stage.nia, "Please try again")


async def test_a_press_after_the_bot_was_removed_is_recorded_and_answered(running: Stage) -> None:
    await running.open("culture")
    card = await running.card("prompt", "culture-1")
    value = await about(running, prompt="culture-1", level=3)
    await running.slack.remove_bot(running.channel)
    await press(running, running.omar, card, "prompt.level", value=value)
    await running.whisper(running.omar, "Recorded: *3 Impactful*")
    await running.slack.invite_bot(running.channel)
    await running.until_reads(card.ts, "recorded by Omar Shah")
    await running.card("level", "culture")


async def test_a_press_in_a_channel_that_is_archived_meanwhile(running: Stage) -> None:
    await running.open("culture")
    card = await running.card("prompt", "culture-1")
    value = await about(running, prompt="culture-1", level=3)
    await running.slack.archive(running.channel)
    await _pressed(running, "prompt.level", value, message_ts=card.ts)
    await running.slack.unarchive(running.channel)
    await running.until_reads(card.ts, "recorded by Omar Shah")


async def test_a_form_closed_before_it_is_filled_in_is_no_fault(running: Stage) -> None:
    await running.open("culture")
    await running.slack.fault("api_error", "views.update", error="not_found")
    await press(running, running.omar, await running.card("prompt", "culture-1"), "evidence.add")
    seen = await running.still()
    assert not seen.ephemerals(running.omar.id)


async def _unrouted(stage: Stage, body: dict[str, Any]) -> int:
    from slack_bolt.request.async_request import AsyncBoltRequest

    request = AsyncBoltRequest(mode="socket_mode", body=json.dumps(body))
    return int((await stage.runtime.app.async_dispatch(request)).status)
