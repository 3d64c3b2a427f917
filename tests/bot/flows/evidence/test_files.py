"""A file shared in the thread of a dimension: its sharer is asked once, privately, whether it counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.sandbox.client.client import Message
from bot.views.block_kit.reference import Reference
from model.assessment.evidence import CameFrom
from tests.bot.flows.evidence.what_people_do import CLIP, choose, evidence_of, log, thread_of
from tests.bot.flows.payloads import event_payload, press_payload
from tests.bot.flows.small import dispatch, press
from tests.bot.stage import Stage, read

COUNTS = "Does what you shared here count as evidence?"


async def shared(stage: Stage, name: str, dimension: str = "data", text: str = "") -> tuple[str, Message]:
    """Omar shares a file in the thread of a dimension; its `ts` and what he is asked."""
    thread = await thread_of(stage, dimension)
    ts = await stage.omar.upload(stage.channel, name, b"content", thread_ts=thread, text=text)
    return ts, await stage.ask(stage.omar, COUNTS)


async def test_its_name_and_address_are_kept_and_not_the_file(running: Stage) -> None:
    await running.open("culture", "data")
    ts, asked = await shared(running, "register & map.pdf")
    thread = await thread_of(running, "data")
    assert asked.thread_ts == thread
    assert not await evidence_of(running, "data-1")
    await running.restart()
    await choose(running, running.omar, asked, "data-1")
    await running.whisper(running.omar, "Logged as evidence for *Data, question 1 of 2*")
    [evidence] = await evidence_of(running, "data-1")
    assert (evidence.author, evidence.logged_by, evidence.text) == (running.omar.id, None, "")
    assert (evidence.source.kind, evidence.source.file_name) == (CameFrom.FILE, "register & map.pdf")
    assert ts.replace(".", "") in evidence.source.permalink
    note = await running.find("evidence:")
    assert note.thread_ts == thread
    assert "file: register &amp; map.pdf" in read(note) and "Go to the message" in read(note)
    assert (await running.still()).calls("files.info") == 0


async def test_words_beside_a_file_are_copied(running: Stage) -> None:
    await running.open("data")
    _, asked = await shared(running, "register.pdf", text="R&D's register")
    await choose(running, running.omar, asked, "data-1")
    await running.find("evidence:")
    [evidence] = await evidence_of(running, "data-1")
    assert (evidence.source.kind, evidence.text) == (CameFrom.MESSAGE, "R&D's register")
    assert evidence.source.file_name == "register.pdf"


async def test_no_is_an_answer_that_can_be_changed(running: Stage) -> None:
    await running.open("data")
    ts, asked = await shared(running, "lunch.pdf")
    outcome = await running.omar.press_ephemeral(asked.ts, "evidence.not")
    assert outcome.acknowledged
    await running.whisper(running.omar, "Nothing was logged.")
    assert COUNTS not in str([read(m) for m in (await running.still()).ephemerals(running.omar.id)])
    assert not await evidence_of(running, "data-1")
    await running.omar.react(running.channel, ts, CLIP)
    await running.whisper(running.omar, "Logged as evidence")


async def test_nobody_is_asked_twice_or_for_what_is_no_new_file(running: Stage) -> None:
    """Redelivery, edits, words alone, files elsewhere, files of apps: silence."""
    await running.open("data")
    thread, channel = await thread_of(running, "data"), running.channel
    file = {"id": "F1", "name": "a.pdf"}
    ts = await running.omar.upload(channel, "b.pdf", b"content", thread_ts=thread, text="First")
    await running.ask(running.omar, COUNTS)
    event = {
        "type": "message",
        "subtype": "file_share",
        "channel": channel,
        "channel_type": "channel",
        "user": running.grace.id,
        "ts": running.sandbox.workspace.next_ts(),
        "thread_ts": thread,
        "text": "",
        "files": [file],
    }
    for _ in range(2):
        await dispatch(running, event_payload(running, event, "Ev0AGAIN"))
    await running.ask(running.grace, COUNTS)
    await running.omar.edit(channel, ts, "Second")
    await running.omar.say(channel, "Words.", thread_ts=thread)
    other = await running.omar.say(channel, "Another thread.")
    await running.omar.upload(channel, "c.pdf", b"content", thread_ts=other)
    await running.omar.upload(channel, "d.pdf", b"content", thread_ts=(await running.board()).ts)
    await running.omar.upload(channel, "e.pdf", b"content")
    others: list[dict[str, Any]] = [{"bot_id": "B1"}, {"user": ""}, {"files": []}, {"user": "U0OUTSIDE"}]
    for strange in others:
        changed = {**event, "ts": running.sandbox.workspace.next_ts(), **strange}
        await dispatch(running, event_payload(running, changed))
    seen = await running.still()
    for person in (running.omar, running.grace):
        assert sum(COUNTS in read(m) for m in seen.ephemerals(person.id)) == 1


async def test_our_own_chart_asks_nobody(running: Stage) -> None:
    for dimension in ("leadership", "data", "culture"):
        await running.open(dimension)
        await running.answer(dimension, 3)
        await running.confirm(dimension)
    await running.slack.until(lambda seen: [m for m in seen.messages(running.channel) if m.files])
    assert COUNTS not in str([read(m) for m in (await running.still()).ephemerals()])


async def test_a_menu_pressed_when_it_is_evidence_already_or_the_file_is_gone(running: Stage) -> None:
    await running.open("data")
    ts, asked = await shared(running, "register.pdf")
    await running.grace.react(running.channel, ts, CLIP)
    await running.whisper(running.grace, "Logged as evidence")
    await choose(running, running.omar, asked, "data-1")
    assert f"<@{running.grace.id}>" in await running.whisper(running.omar, "is evidence already")
    gone, asked = await shared(running, "gone.pdf")
    await running.omar.delete(running.channel, gone)
    await choose(running, running.omar, asked, "data-1")
    await running.whisper(running.omar, "This message can no longer be read")
    ts, asked = await shared(running, "taken-out.pdf")
    workspace = running.sandbox.workspace
    message = workspace.messages.get(running.channel, ts)
    assert message is not None
    workspace.put_message(replace(message, files=()))
    before = len((await running.still()).ephemerals(running.omar.id))
    await choose(running, running.omar, asked, "data-1")
    seen = await running.slack.until(lambda seen: len(seen.ephemerals(running.omar.id)) > before)
    assert "This message can no longer be read" in read(seen.ephemerals(running.omar.id)[-1])
    assert len(await evidence_of(running, "data-1")) == 1


async def test_a_file_after_the_end_asks_nobody(running: Stage) -> None:
    await running.open("data")
    await log(running, running.grace, "data", "Here it is.")
    thread = await thread_of(running, "data")
    await press(running, running.nia, await running.board(), "assessment.cancel")
    await running.modal(running.nia, "cancel")
    await running.nia.submit({})
    await running.until_reads((await running.board()).ts, "cancelled by")
    await running.omar.upload(running.channel, "late.pdf", b"content", thread_ts=thread)
    assert COUNTS not in str([read(m) for m in (await running.still()).ephemerals(running.omar.id)])


async def test_the_button_that_stands_for_a_long_menu_opens_the_form(running: Stage) -> None:
    """A framework of hundreds of questions outgrows a message; the form has room for them."""
    await running.open("data")
    ts = await running.omar.say(running.channel, "Here it is.")
    value = Reference(assessment=(await running.assessment()).id, message=ts).encode()
    await dispatch(running, press_payload(running, running.omar.id, "evidence.log_form", value))
    await running.modal(running.omar, "log_evidence")
    outcome = await running.omar.submit({"prompt": Reference(prompt="data-1").encode()})
    assert outcome.response_action is None
    await running.whisper(running.omar, "Logged as evidence for *Data, question 1 of 2*")
