"""The next assessment of a channel: last time beside each question, and the change at the end."""

from __future__ import annotations

from typing import Any

from bot.sandbox.client.client import PersonHandle
from bot.sandbox.workspace.world import PRIVATE_CHANNEL
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import Assessment, Role
from tests.bot.flows.assessment.together_mode import put_on_roster
from tests.bot.flows.payloads import press_payload, submission_payload
from tests.bot.flows.records.test_deleting import left
from tests.bot.flows.small import add_evidence, dispatch, form, notice, press
from tests.bot.stage import Stage, read

FIRST, SECOND = "The first time", "The second time"
DIMENSIONS = ("leadership", "data", "culture")


async def begin(stage: Stage, *dimensions: str, channel: str | None = None, **values: str) -> Assessment:
    """Start another assessment, and wait for its own board."""
    await stage.start(*dimensions, channel=channel, **values)
    assessment = await stage.assessment(channel)
    await stage.find(f"board:{assessment.id}", channel)
    return assessment


async def finish(stage: Stage, level: int) -> None:
    """Answer and confirm everything with one level, and close it."""
    for each in (await stage.assessment()).dimensions:
        dimension = each.dimension_id
        if each.opened_at is None:
            await stage.open(dimension)
        await stage.answer(dimension, level)
        await stage.confirm(dimension)
    results = await stage.find(f"results:{(await stage.assessment()).id}")
    await press(stage, stage.nia, results, "assessment.close")
    await stage.until_reads((await stage.board()).ts, "closed by Nia Pryce")
    await stage.still()


async def first(stage: Stage, *dimensions: str, level: int = 2) -> Assessment:
    """An assessment that is closed, with evidence for data."""
    await begin(stage, *dimensions, title=FIRST)
    await stage.open("data")
    await add_evidence(stage, stage.omar, "data-1", "The register of 2025", "https://council.example/data")
    await finish(stage, level)
    return await stage.assessment()


async def test_it_stands_beside_each_question_until_there_is_an_answer(stage: Stage) -> None:
    earlier = await first(stage, "data")
    now = await begin(stage, "data", title=SECOND)
    assert now.previous == earlier.id
    await stage.open("data")
    card = await stage.card("prompt", "data-1")
    said = f"Last time, not confirmed: 2 Developing, 1 piece of evidence ({FIRST}, closed on <!date^"
    assert said in read(card) and "[Last time…]" in read(card)
    assert "recorded by" not in read(card)
    await press(stage, stage.grace, card, "prompt.last_time")
    view = await form(stage, stage.grace, "last_time")
    for words in ("It does not count now.", "The register of 2025", "Open the link", f"<@{stage.omar.id}>"):
        assert words in view.readable
    await stage.press_level("data-1", 4, stage.grace)
    text = read(await stage.until_reads(card.ts, "recorded by Grace Obi"))
    assert "Last time" not in text
    await stage.card("prompt", "data-2")
    assert (await stage.assessment()).prompt("data-2").level is None, "last time counts for nothing"
    assert "2 Developing, no evidence (The first time" in read(await stage.card("prompt", "data-2"))


async def test_in_together_mode_too_and_it_breaks_no_secret(stage: Stage) -> None:
    await first(stage, "data")
    await begin(stage, "data", title=SECOND, mode="together")
    await put_on_roster(stage, Role.ASSESSOR, stage.omar, stage.grace)
    await stage.open("data")
    card = await stage.card("prompt", "data-1")
    assert "Last time, not confirmed: 2 Developing" in read(card)
    await stage.press_level("data-1", 5, stage.omar)
    assert "5 Transformative" in await stage.whisper(stage.omar, "Recorded")
    text = read(await stage.until_reads(card.ts, "✓ Omar Shah"))
    assert "Last time, not confirmed: 2 Developing" in text
    await press(stage, stage.nia, card, "prompt.reveal")
    card = await stage.until_reads(card.ts, "Did not vote: Grace Obi.")
    assert "Last time, not confirmed: 2 Developing" in read(card)
    await press(stage, stage.nia, card, "prompt.agree")
    assert "Last time" not in read(await stage.until_reads(card.ts, "agreed by Nia Pryce"))


async def test_the_results_say_what_changed(stage: Stage) -> None:
    await first(stage, *DIMENSIONS)
    await begin(stage, *DIMENSIONS, title=SECOND)
    await finish(stage, 3)
    text = read(await stage.find(f"results:{(await stage.assessment()).id}"))
    assert "Overall: 3 Impactful, up from 2." in text
    assert "Data: 3 Impactful, up from 2" in text
    assert f"Last time is {FIRST}, closed on" in text
    seen = await stage.slack.until(
        lambda seen: [m for m in seen.messages(stage.channel) if m.files and "was 2" in m.files[0].alt_txt]
    )
    charts = [m.files[0].alt_txt for m in seen.messages(stage.channel) if m.files]
    assert "was" not in charts[0] and "Data: 3, was 2" in charts[-1]
    await stage.omar.command(stage.channel, "/milepost scores")
    assert "Culture: 3 Impactful, up from 2" in await stage.whisper(stage.omar, "Results: The second time")


async def test_another_channel_and_a_cancelled_one_are_not_last_time(stage: Stage) -> None:
    await first(stage, "data")
    assert (await begin(stage, "data", title=SECOND, channel=PRIVATE_CHANNEL)).previous is None
    cancelled = await begin(stage, "data", title="Given up")
    await press(stage, stage.nia, await stage.board(), "assessment.cancel")
    await form(stage, stage.nia, "cancel")
    await stage.nia.submit({})
    await stage.until_reads((await stage.board()).ts, "cancelled by")
    assert (await begin(stage, "data", title=SECOND)).previous == cancelled.previous is not None


async def test_when_last_time_is_deleted_nothing_is_said_of_it_any_more(stage: Stage) -> None:
    earlier = await first(stage, *DIMENSIONS)
    await begin(stage, *DIMENSIONS, title=SECOND)
    await finish(stage, 3)
    second = await stage.assessment()
    await stage.slack.until(
        lambda seen: [m for m in seen.messages(stage.channel) if m.files and "was 2" in m.files[0].alt_txt]
    )
    third = await begin(stage, "data", title="The third time")
    assert third.previous == second.id
    await stage.open("data")
    value = Reference(assessment=earlier.id).encode()
    await dispatch(stage, press_payload(stage, stage.nia.id, "assessment.delete", value))
    await form(stage, stage.nia, "delete")
    await stage.nia.submit({"title": FIRST})
    await stage.find("deleted:")
    shown = "\n".join(read(each) for each in await left(stage))
    assert "up from" not in shown and "Overall: 3 Impactful." in shown
    charts = [m.files[0].alt_txt for m in await stage.slack.messages(stage.channel) if m.files]
    assert charts and not any("was 2" in each for each in charts)
    assert "Last time, not confirmed: 3 Impactful" in read(await stage.card("prompt", "data-1"))
    value = Reference(assessment=second.id, prompt="data-1").encode()
    await dispatch(stage, press_payload(stage, stage.nia.id, "prompt.last_time", value))
    assert "Nothing is known of last time" in (await form(stage, stage.nia, "last_time")).readable


async def test_an_unknown_question_and_somebody_from_outside(stage: Stage) -> None:
    await first(stage, "data")
    now = await begin(stage, "data", title=SECOND)
    value = Reference(assessment=now.id, prompt="roads-1").encode()
    await dispatch(stage, press_payload(stage, stage.nia.id, "prompt.last_time", value))
    await notice(stage, stage.nia, "This question is not part of this assessment")
    await stage.grace.leave(stage.channel)
    await stage.still()
    value = Reference(assessment=now.id, prompt="data-1").encode()
    await dispatch(stage, press_payload(stage, stage.grace.id, "prompt.last_time", value))
    await notice(stage, stage.grace, "You are not in the channel of this assessment")


async def test_its_evidence_can_be_carried_over_once(stage: Stage) -> None:
    earlier = await first(stage, "data")
    now = await begin(stage, "data", title=SECOND)
    await stage.open("data")
    card = await stage.card("prompt", "data-1")
    await press(stage, stage.grace, card, "prompt.last_time")
    view = await form(stage, stage.grace, "last_time")
    assert "Carry over to this time" in view.readable and "1. The register of 2025" in view.readable
    [piece] = earlier.prompt("data-1").evidence
    outcome = await stage.grace.submit({"pieces": [piece.id]})
    assert outcome.response_action is None, outcome
    await stage.whisper(stage.grace, "Carried over: 1 piece of evidence")
    note = read(await stage.find(f"evidence:{now.id}:"))
    assert "Evidence from Omar Shah" in note and "The register of 2025" in note
    assert f"carried over from {FIRST}, closed on <!date^" in note and "by Grace Obi" in note
    [kept] = (await stage.assessment()).prompt("data-1").evidence
    assert (kept.author, kept.at, kept.text, kept.link) == (piece.author, piece.at, piece.text, piece.link)
    await press(stage, stage.omar, await stage.card("prompt", "data-1"), "prompt.last_time")
    view = await form(stage, stage.omar, "last_time")
    assert "Carry over" not in view.readable, "nothing is left to carry over"
    about = Reference(assessment=now.id, prompt="data-1").encode()
    chosen = {"type": "checkboxes", "selected_options": [{"value": piece.id}]}
    again = await carried(stage, stage.omar, about, {"pieces": chosen})
    assert f"This was already done by <@{stage.grace.id}>" in again
    assert "Please choose at least one piece of evidence." in await carried(stage, stage.omar, about, {})
    await stage.ana.leave(stage.channel)
    await stage.still()
    assert "You are not in the channel" in await carried(stage, stage.ana, about, {"pieces": chosen})
    assert len((await stage.assessment()).prompt("data-1").evidence) == 1


async def carried(stage: Stage, person: PersonHandle, about: str, inputs: dict[str, Any]) -> str:
    """What is answered to a form that Slack's own client would no longer send."""
    return str(await dispatch(stage, submission_payload(stage, person.id, "last_time", about, inputs)))
