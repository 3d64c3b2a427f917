"""The shortcut in a message's menu: a form with the words as they will be copied, or a kind answer."""

from __future__ import annotations

import pytest

from bot.sandbox.client.client import PersonHandle
from bot.sandbox.workspace.records import Message as Record
from bot.sandbox.workspace.world import PRIVATE_CHANNEL, WITHOUT_BOT_CHANNEL
from bot.views.block_kit.reference import Reference
from model.assessment.evidence import Strength
from tests.bot.flows.evidence.what_people_do import evidence_of, log, question, thread_of
from tests.bot.flows.payloads import option_state
from tests.bot.flows.small import form, notice, press, sent, typed_words
from tests.bot.stage import Stage, keyed, read

LOG = "log_evidence"


async def shortcut(stage: Stage, person: PersonHandle, ts: str, channel: str | None = None) -> None:
    outcome = await person.message_shortcut(LOG, channel or stage.channel, ts)
    assert outcome.acknowledged, outcome


@pytest.mark.parametrize("reply_lookup", ["thread", "reply"])
async def test_any_message_can_be_logged_with_its_strength(running: Stage, reply_lookup: str) -> None:
    await running.slack.set_rules(reply_lookup=reply_lookup)
    await running.open("culture", "data")
    before = await running.grace.say(running.channel, "What shows it?")
    said = await running.omar.say(running.channel, f"<@{running.ana.id}> & I measured it.", thread_ts=before)
    await running.grace.say(running.channel, "Thanks!", thread_ts=before)
    await shortcut(running, running.nia, said)
    view = await form(running, running.nia, LOG)
    assert typed_words(view.blocks) == "@Ana Reis & I measured it."
    await running.restart()
    outcome = await running.nia.submit({"prompt": question("data-1"), "strength": "tested"})
    assert outcome.response_action is None, outcome
    receipt = await running.whisper(running.nia, "Logged as evidence for *Data, question 1 of 2*")
    assert "reaction" not in receipt
    [evidence] = await evidence_of(running, "data-1")
    assert (evidence.author, evidence.logged_by) == (running.omar.id, running.nia.id)
    assert (evidence.text, evidence.strength) == ("@Ana Reis & I measured it.", Strength.TESTED)
    note = await running.find("evidence:")
    assert note.thread_ts == await thread_of(running, "data")
    assert "strength: tested" in read(note)


async def test_a_form_delivered_twice_logs_once(running: Stage) -> None:
    await running.open("culture")
    said = await running.omar.say(running.channel, "Here it is.")
    for person in (running.nia, running.grace):
        await shortcut(running, person, said)
        await form(running, person, LOG)
    await running.nia.submit({"prompt": question("culture-1")})
    await running.whisper(running.nia, "Logged as evidence")
    await running.grace.submit({"prompt": question("culture-1")})
    await running.whisper(running.grace, "is evidence already")
    await running.slack.redeliver_last()
    assert len(keyed(await running.still(), running.channel, "evidence:")) == 1


async def test_what_can_be_read_in_the_form_of_a_file_and_a_long_text(running: Stage) -> None:
    await running.open("culture")
    said = await running.omar.upload(running.channel, "survey.pdf", b"pdf", text="x" * 40_000)
    await shortcut(running, running.omar, said)
    view = await form(running, running.omar, LOG)
    assert "File: survey.pdf. It stays in Slack" in view.readable
    assert len(typed_words(view.blocks)) == 3_000
    await running.omar.submit({"prompt": question("culture-1")})
    note = await running.until_reads((await running.find("evidence:")).ts, "file: survey.pdf")
    assert "Evidence from Omar Shah" in read(note)


async def test_where_there_is_no_assessment_or_no_open_question(stage: Stage) -> None:
    said = await stage.omar.say(stage.channel, "Here it is.")
    await shortcut(stage, stage.omar, said)
    await notice(stage, stage.omar, "There is no assessment in this channel")
    await stage.omar.close_modal()
    elsewhere = await stage.nia.say(WITHOUT_BOT_CHANNEL, "Where Milepost is not.")
    await shortcut(stage, stage.nia, elsewhere, WITHOUT_BOT_CHANNEL)
    await notice(stage, stage.nia, "There is no assessment in this channel")
    await stage.nia.close_modal()
    channel, ts = await stage.omar.dm("help")
    await shortcut(stage, stage.omar, ts, channel)
    await notice(stage, stage.omar, "Evidence can be logged from messages in a channel")
    await stage.omar.close_modal()
    await stage.start()
    await shortcut(stage, stage.omar, said)
    await notice(stage, stage.omar, "No dimension is open yet")


async def test_what_cannot_be_evidence_is_answered(running: Stage) -> None:
    await running.open("culture")
    omar, workspace = running.omar, running.sandbox.workspace
    app = Record(running.channel, workspace.next_ts(), "U0OTHER", "From an app.", by_bot=True)
    empty = Record(running.channel, workspace.next_ts(), omar.id, "")
    for record in (app, empty):
        workspace.put_message(record)
    for ts, words in (
        ((await running.board()).ts, "This was written by an app"),
        (app.ts, "This was written by an app"),
        (empty.ts, "neither text nor a file"),
    ):
        await shortcut(running, omar, ts)
        await notice(running, omar, words)
        await omar.close_modal()
    note = await log(running, omar, "culture", "Here it is.")
    said = [m for m in (await running.still()).messages(running.channel) if m.text == "Here it is."][0]
    await shortcut(running, running.grace, said.ts)
    assert f"<@{omar.id}>" in await notice(running, running.grace, "This message is evidence already")
    assert note.thread_ts == said.thread_ts


async def test_after_the_end_it_says_who_ended_it(running: Stage) -> None:
    await running.open("culture")
    said = await running.omar.say(running.channel, "Here it is.")
    await shortcut(running, running.omar, said)
    await form(running, running.omar, LOG)
    await press(running, running.nia, await running.board(), "assessment.cancel")
    await form(running, running.nia, "cancel")
    await running.nia.submit({})
    await running.until_reads((await running.board()).ts, "cancelled by Nia Pryce")
    outcome = await running.omar.submit({"prompt": question("culture-1")})
    assert outcome.response_action == "update"
    await notice(running, running.omar, "This assessment was cancelled by")
    await running.omar.close_modal()
    await shortcut(running, running.omar, said)
    await notice(running, running.omar, "This assessment was cancelled by")
    assert not await evidence_of(running, "culture-1")


async def test_a_message_deleted_while_the_form_is_open_and_one_that_slack_withholds(running: Stage) -> None:
    await running.open("culture")
    said = await running.omar.say(running.channel, "Here it is.")
    kept = await running.omar.say(running.channel, "Here is more.")
    await shortcut(running, running.nia, said)
    await form(running, running.nia, LOG)
    await running.omar.delete(running.channel, said)
    outcome = await running.nia.submit({"prompt": question("culture-1")})
    assert outcome.response_action == "update"
    await notice(running, running.nia, "This message can no longer be read")
    await running.nia.close_modal()
    await shortcut(running, running.nia, kept)
    await form(running, running.nia, LOG)
    await running.slack.fault("http_error", "conversations.replies", status=500)
    outcome = await running.nia.submit({"prompt": question("culture-1")})
    assert outcome.response_action == "update"
    await notice(running, running.nia, "Slack did not hand over this message just now")
    assert not await evidence_of(running, "culture-1")


async def test_who_leaves_while_the_form_is_open_logs_nothing(running: Stage) -> None:
    await running.start(channel=PRIVATE_CHANNEL)
    running.channel = PRIVATE_CHANNEL
    await running.open("culture")
    said = await running.omar.say(PRIVATE_CHANNEL, "Here it is.")
    await shortcut(running, running.grace, said)
    await form(running, running.grace, LOG)
    await running.grace.leave(PRIVATE_CHANNEL)
    await running.still()
    outcome = await running.grace.submit({"prompt": question("culture-1")})
    assert outcome.response_action == "update"
    await notice(running, running.grace, "You are not in the channel of this assessment")
    assert not await evidence_of(running, "culture-1")


async def test_values_that_no_form_of_ours_sends(running: Stage) -> None:
    await running.open("culture")
    said = await running.omar.say(running.channel, "Here it is.")
    about = Reference(assessment=(await running.assessment()).id, message=said).encode()
    good = option_state(question("culture-1"))
    answer = await sent(running, LOG, about, prompt=option_state("nonsense"))
    assert "from an older version" in str(answer)
    answer = await sent(running, LOG, about, prompt=good, strength=option_state("very"))
    assert "from an older version" in str(answer)
    answer = await sent(running, LOG, about, prompt=option_state(question("roads-1")))
    assert "not part of this assessment" in str(answer)
    assert not await evidence_of(running, "culture-1")
