"""Evidence that stands in a thread can be moved and withdrawn; its note says by whom, in every thread."""

from __future__ import annotations

import pytest

from bot.sandbox.client.client import Message
from bot.views.block_kit.reference import Reference
from model.assessment.evidence import Strength
from model.assessment.history import Happened
from tests.bot.flows.evidence.what_people_do import CLIP, evidence_of, log, question, thread_of
from tests.bot.flows.payloads import option_state, press_payload
from tests.bot.flows.small import add_evidence, dispatch, form, notice, press, sent
from tests.bot.stage import Stage, keyed, read


async def _move(stage: Stage, note: Message, prompt: str) -> None:
    await press(stage, stage.omar, note, "evidence.move")
    await form(stage, stage.omar, "move_evidence")
    outcome = await stage.omar.submit({"prompt": question(prompt)})
    assert outcome.response_action is None, outcome


async def test_moved_within_a_dimension_the_note_is_edited(running: Stage) -> None:
    await running.open("data")
    await running.answer("data", 3)
    await add_evidence(running, running.omar, "data-1", "Our register")
    note = await running.find("evidence:")
    await _move(running, note, "data-2")
    await running.whisper(running.omar, "Moved: it is now under *Data, question 2 of 2*.")
    text = read(await running.until_reads(note.ts, "moved by Omar Shah from Data, question 1 of 2"))
    assert "Our register" in text and "For: Data, asked as number 2?" in text
    await running.until_reads((await running.card("prompt", "data-1")).ts, "no evidence yet")
    await running.until_reads((await running.card("prompt", "data-2")).ts, "1 piece of evidence")
    assert len(keyed(await running.still(), running.channel, "evidence:")) == 1


@pytest.mark.parametrize(("text", "link"), [("Our register", ""), ("", "https://a.example/register")])
async def test_moved_to_another_dimension_it_stands_there_and_back_again(
    running: Stage, text: str, link: str
) -> None:
    """The words are in one thread at a time, and in the other it says where they went."""
    await running.open("culture", "data")
    await add_evidence(running, running.omar, "culture-1", text, link)
    first = await running.find("evidence:")
    await _move(running, first, "data-1")
    left = await running.until_reads(first.ts, "was moved by Omar Shah to Data, question 1 of 2.")
    [moved] = await evidence_of(running, "data-1")
    second = await running.find(f"evidence:{(await running.assessment()).id}:{moved.id}/data")
    assert second.thread_ts == await thread_of(running, "data")
    words = text or "Open the link"
    assert words in read(second) and words not in read(left) and "[Move…]" not in read(left)
    await running.restart()
    await _move(running, second, "culture-1")
    await running.until_reads(second.ts, "was moved by Omar Shah to Culture, question 1 of 1.")
    back = await running.until_reads(first.ts, "moved by Omar Shah from Data, question 1 of 2")
    assert words in read(back)
    assert len(keyed(await running.still(), running.channel, "evidence:")) == 2
    assert len(await evidence_of(running, "culture-1")) == 1


async def test_withdrawn_its_words_are_gone_and_the_history_says_who(running: Stage) -> None:
    await running.open("culture")
    note = await log(running, running.omar, "culture", "Wrong figures")
    await press(running, running.nia, note, "evidence.withdraw")
    view = await form(running, running.nia, "withdraw_evidence")
    assert "Wrong figures" in view.readable
    assert (await running.nia.submit({})).response_action is None
    await running.whisper(running.nia, "Withdrawn. It no longer counts")
    gone = await running.until_reads(note.ts, "Evidence from Omar Shah was withdrawn by Nia Pryce.")
    assert "Wrong figures" not in str(gone)
    assert not await evidence_of(running, "culture-1")
    async with running.runtime.bot.database.reading(running.runtime.identity.workspace_id) as work:
        assessment = await running.assessment()
        entry = (await work.assessments.history(assessment.id))[-1]
    assert (entry.what, entry.by, entry.about) == (
        Happened.EVIDENCE_WITHDRAWN,
        running.nia.id,
        running.omar.id,
    )
    assert [each.text for each in assessment.prompt("culture-1").withdrawn] == ["Wrong figures"]


async def test_what_is_withdrawn_before_its_note_was_posted_leaves_none(running: Stage) -> None:
    await running.open("culture")
    said = await running.omar.say(
        running.channel, "Wrong figures", thread_ts=await thread_of(running, "culture")
    )
    await running.slack.fault("rate_limited", "chat.postMessage", seconds=300)
    await running.omar.react(running.channel, said, CLIP)
    await running.whisper(running.omar, "Logged as evidence")
    await running.omar.unreact(running.channel, said, CLIP)
    await running.whisper(running.omar, "no longer evidence")
    assert keyed(await running.still(), running.channel, "evidence:") == []


async def test_a_note_whose_post_was_in_doubt_loses_its_words_too(running: Stage) -> None:
    await running.open("culture")
    await running.slack.fault("drop_after", "chat.postMessage")
    said = await running.omar.say(
        running.channel, "Wrong figures", thread_ts=await thread_of(running, "culture")
    )
    await running.omar.react(running.channel, said, CLIP)
    note = await running.find("evidence:")
    await running.omar.unreact(running.channel, said, CLIP)
    gone = await running.until_reads(note.ts, "was withdrawn by Omar Shah.")
    assert "Wrong figures" not in str(gone)
    assert len(keyed(await running.still(), running.channel, "evidence:")) == 1


async def test_others_are_told_who_can(running: Stage) -> None:
    await running.open("culture", "data")
    note = await log(running, running.omar, "culture", "Here it is")
    for action in ("evidence.move", "evidence.withdraw"):
        await press(running, running.grace, note, action)
        told = await notice(running, running.grace, "Only whoever said it")
        assert f"<@{running.omar.id}>" in told and f"<@{running.nia.id}>" in told
        await running.grace.close_modal()


async def test_two_forms_at_once_and_a_form_sent_twice(running: Stage) -> None:
    """Both stand open; the one that comes second is told what was done, and by whom."""
    await running.open("culture", "data")
    note = await log(running, running.omar, "culture", "Here it is")
    await press(running, running.omar, note, "evidence.move")
    await form(running, running.omar, "move_evidence")
    await press(running, running.nia, note, "evidence.withdraw")
    await form(running, running.nia, "withdraw_evidence")
    await running.nia.submit({})
    await running.until_reads(note.ts, "withdrawn by Nia Pryce")
    outcome = await running.omar.submit({"prompt": question("data-1")})
    assert outcome.response_action == "update"
    await notice(running, running.omar, f"<@{running.nia.id}> withdrew this evidence on ")
    assert not await evidence_of(running, "data-1")
    value = Reference(assessment=(await running.assessment()).id, evidence=_id_in(note)).encode()
    await dispatch(running, press_payload(running, running.nia.id, "evidence.withdraw", value))
    await notice(running, running.nia, "You have done this already")


async def test_wrong_turns(running: Stage) -> None:
    await running.open("culture")
    note = await log(running, running.omar, "culture", "Here it is")
    await press(running, running.omar, note, "evidence.move")
    await notice(running, running.omar, "No other question is open yet")
    await running.omar.close_modal()
    assessment = await running.assessment()
    for action in ("evidence.move", "evidence.withdraw"):
        value = Reference(assessment=assessment.id, evidence="gone").encode()
        await dispatch(running, press_payload(running, running.nia.id, action, value))
        await notice(running, running.nia, "This evidence is not part of this assessment")
        await running.nia.close_modal()
    about = Reference(assessment=assessment.id, evidence=_id_in(note)).encode()
    answer = await sent(running, "move_evidence", about, prompt=option_state(question("data-1")))
    assert "has not been opened yet" in str(answer)
    answer = await sent(running, "move_evidence", about, prompt=option_state("nonsense"))
    assert "from an older version" in str(answer)
    assert await running.assessment() == assessment


async def test_how_strong_it_is_can_be_said(running: Stage) -> None:
    await running.open("culture")
    await press(running, running.omar, await running.card("prompt", "culture-1"), "evidence.add")
    await form(running, running.omar, "evidence")
    await running.omar.submit({"evidence_text": "A test", "strength": "tested"})
    await running.until_reads((await running.find("evidence:")).ts, "strength: tested")
    assert [each.strength for each in await evidence_of(running, "culture-1")] == [Strength.TESTED]
    about = Reference(assessment=(await running.assessment()).id, prompt="culture-1").encode()
    answer = await sent(running, "evidence", about, strength=option_state("very"))
    assert "from an older version" in str(answer)


def _id_in(note: Message) -> str:
    """The id of the evidence that a note's buttons are about."""
    buttons = next(block["elements"] for block in note.blocks if block["type"] == "actions")
    return Reference.decode(buttons[0]["value"]).evidence
