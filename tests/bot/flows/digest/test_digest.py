"""The weekly digest through the sandbox: when it comes, what it says, once, and how it is switched off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bot.rounds.each_minute import rounds
from bot.sandbox.client.client import Message, PersonHandle
from bot.sandbox.workspace.world import PRIVATE_CHANNEL, WITHOUT_BOT_CHANNEL
from bot.services.asking import Asked
from bot.services.digest.switch import digest_switch
from bot.services.records.deleting import delete_assessment
from bot.services.records.records import erase_person
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import AssessmentState
from model.calendar.settings import CouncilDays
from model.plan.steps import DropMilestone, FinishMilestone
from tests.bot.flows.payloads import press_payload, submission_payload
from tests.bot.flows.proposals.what_people_do import propose_own
from tests.bot.flows.reminders.passing_days import milestone, on, take, told
from tests.bot.flows.small import dispatch, form
from tests.bot.stage import Stage, keyed, read
from tests.model.days import LONDON

# A Thursday.
START = datetime(2027, 6, 3, 8, tzinfo=LONDON)


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on(START, database_url, tmp_path) as stage:
        yield stage


@pytest.fixture
async def sqlite(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on(START, sqlite_url, tmp_path) as stage:
        yield stage


async def make(stage: Stage) -> int:
    """What the clockwork does for digests each minute."""
    every = rounds(stage.runtime.bot)
    return await every["digests"](stage.runtime.identity.workspace_id, stage.sandbox.clock.now())


async def at(stage: Stage, moment: str) -> list[Message]:
    """Let the time pass until then; answers with the digests that stand in the channel."""
    target = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
    await stage.slack.advance((target - stage.sandbox.clock.now()).total_seconds())
    await make(stage)
    stage.runtime.bot.dispatcher.wake()
    return await digests(stage)


async def digests(stage: Stage) -> list[Message]:
    return keyed(await stage.still(), stage.channel, "digest:")


async def test_it_says_what_was_done_is_overdue_and_comes_next(stage: Stage) -> None:
    await take(
        stage,
        milestone("2027-06-04", stage.omar, name="Overdue one"),
        milestone("2027-06-07", name="Due today"),
        milestone("2027-06-21", stage.grace, name="In two weeks"),
        milestone("2027-06-22", stage.grace, name="Later"),
        milestone("2027-06-30", stage.grace, item="I1", name="Done one"),
        FinishMilestone("I1-01"),
    )
    assert await at(stage, "2027-06-07 09:29") == []
    [message] = await at(stage, "2027-06-07 09:31")
    text = read(message)
    assert "This week: How are we doing?" in text and "late" not in text
    assert "*Done since Monday 31 May 2027*\n• Done one" in text
    assert "*Overdue*\n• Overdue one, Friday 4 June 2027: Omar Shah" in text
    assert "• Due today, Monday 7 June 2027: nobody owns it yet" in text
    assert "• In two weeks, Monday 21 June 2027: Grace Obi" in text and "Later," not in text
    assert message.pings == [] and "[Switch this off]" in text
    assert await make(stage) == 0, "once a week"


async def test_the_next_replaces_it_and_tells_only_what_is_new(stage: Stage) -> None:
    await take(
        stage,
        milestone("2027-06-04", stage.omar, item="I1", name="First"),
        milestone("2027-06-04", stage.omar, name="Other"),
    )
    [first] = await at(stage, "2027-06-07 09:31")
    await take(stage, FinishMilestone("I1-01"))
    [second] = await at(stage, "2027-06-14 09:31")
    assert first.ts != second.ts
    assert "*Done since Monday 7 June 2027*\n• First" in read(second)
    [third] = await at(stage, "2027-06-21 09:31")
    assert "First" not in read(third) and "Other" in read(third)


async def test_it_is_silent_when_there_is_nothing_to_say(sqlite: Stage) -> None:
    assert await at(sqlite, "2027-06-07 09:31") == [], "without a plan there is none"
    await take(sqlite, milestone("2027-12-01", sqlite.omar, item="I1"))
    assert await at(sqlite, "2027-06-08 09:31") == []
    await take(sqlite, DropMilestone("I1-01", "No"), milestone("2027-06-15", sqlite.omar))
    assert len(await at(sqlite, "2027-06-14 09:31")) == 1


async def test_what_waits_in_an_assessment_is_told_though_nothing_is_planned(sqlite: Stage) -> None:
    await sqlite.open("culture", "data")
    await sqlite.answer("culture", 3)
    await propose_own(sqlite, sqlite.omar, "Bin days online")
    [message] = await at(sqlite, "2027-06-07 09:31")
    text = read(message)
    assert "*Waiting for answers*\n• " in text and "– waits for an answer" in text
    assert "*Levels for a facilitator to settle*\n• Culture – to be confirmed" in text
    assert "*Proposed and not decided*\n• Bin days online, by Omar Shah" in text
    await sqlite.slack.archive(sqlite.channel)
    await at(sqlite, "2027-06-14 09:31")
    [notice] = await told(sqlite, sqlite.nia, "notice:")
    assert "archived" in read(notice), "whoever facilitates there hears that it cannot come"


async def test_one_tells_of_everything_in_its_channel_and_of_nothing_else(stage: Stage) -> None:
    bot, first = stage.runtime.bot, await stage.assessment()
    await take(stage, milestone("2027-06-08", stage.omar, name="First list"))
    await closed(stage, first.id)
    second = await stage.start(title="Second round")
    await stage.find(f"board:{second.id}")
    await stage.open("data")
    await take(stage, milestone("2027-06-09", stage.grace, name="Other list"))
    await stage.start(title="For leaders", channel=PRIVATE_CHANNEL)
    await take(stage, milestone("2027-06-10", stage.omar, name="Secret list"), channel=PRIVATE_CHANNEL)
    [message] = await at(stage, "2027-06-07 09:31")
    text = read(message)
    assert "This week in this channel" in text
    assert "• First list, Tuesday 8 June 2027: Omar Shah (Do what First list is for) – in How are we" in text
    assert "• Other list, Wednesday 9 June 2027: Grace Obi (Do what Other list is for) – in Second" in text
    assert "– waits for an answer – in Second round" in text
    assert "Secret" not in text and "leaders" not in text
    [private] = keyed(await stage.still(), PRIVATE_CHANNEL, "digest:")
    assert "This week: For leaders" in read(private) and "Secret list" in read(private)
    assert "First list" not in read(private) and "Other list" not in read(private)
    # What is erased or deleted goes from it as well.
    await erase_person(bot.database, stage.runtime.identity.workspace_id, stage.grace.id, bot.clock.now())
    bot.dispatcher.wake()
    await stage.until_reads(message.ts, "nobody owns it yet (Do what Other list is for)")
    await delete_assessment(bot.desk, asked(stage), second.id, "Second round")
    bot.dispatcher.wake()
    text = read(await stage.until_reads(message.ts, "This week: How are we doing?"))
    assert "First list" in text and "Other list" not in text
    await delete_assessment(bot.desk, asked(stage), first.id, "How are we doing?")
    bot.dispatcher.wake()
    assert await digests(stage) == []
    assert await make(stage) == 0
    assert len(keyed(await stage.still(), PRIVATE_CHANNEL, "digest:")) == 1


async def test_on_a_bank_holiday_it_comes_on_the_next_working_day(sqlite: Stage) -> None:
    await take(sqlite, milestone("2027-09-01", sqlite.omar))
    assert await at(sqlite, "2027-08-30 12:00") == [], "the August bank holiday"
    [message] = await at(sqlite, "2027-08-31 09:31")
    assert "late" not in read(message)


async def test_after_a_time_down_it_comes_in_the_same_week_and_says_so(sqlite: Stage) -> None:
    await take(sqlite, milestone("2027-06-30", sqlite.omar))
    assert await at(sqlite, "2027-06-23 20:00") == [], "not in the evening"
    [message] = await at(sqlite, "2027-06-24 11:00")
    assert "This comes late: it was planned for Monday 21 June 2027 at 09:30." in read(message)
    assert len(await at(sqlite, "2027-06-25 11:00")) == 1
    [again] = await at(sqlite, "2027-06-28 09:31")
    assert again.ts != message.ts and "late" not in read(again)


async def test_two_replicas_make_one(stage: Stage) -> None:
    await take(stage, milestone("2027-06-15", stage.omar))
    target = datetime(2027, 6, 7, 9, 31, tzinfo=LONDON)
    await stage.slack.advance((target - stage.sandbox.clock.now()).total_seconds())
    assert sorted(await asyncio.gather(*(make(stage) for _ in range(3)))) == [0, 0, 1]
    stage.runtime.bot.dispatcher.wake()
    assert len(await digests(stage)) == 1
    await stage.restart()
    assert len(await at(stage, "2027-06-07 12:00")) == 1


async def test_it_is_switched_off_and_on_again(stage: Stage) -> None:
    await take(stage, milestone("2027-06-30", stage.omar))
    [message] = await at(stage, "2027-06-21 09:31")
    await stage.omar.press(stage.channel, message.ts, "digest.off")
    await stage.whisper(stage.omar, "Only a facilitator")
    await stage.nia.press(stage.channel, message.ts, "digest.off")
    text = read(await stage.until_reads(message.ts, "was switched off by Nia Pryce on Monday 21 June 2027"))
    assert "[Switch it on again]" in text
    # The button of an earlier version names the assessment whose plan it was about.
    earlier = Reference(assessment=(await stage.assessment()).id).encode()
    await dispatch(stage, press_payload(stage, stage.nia.id, "digest.on", earlier))
    await stage.until_reads(message.ts, "[Switch this off]")
    await stage.nia.press(stage.channel, message.ts, "digest.off")
    await stage.until_reads(message.ts, "[Switch it on again]")
    await dispatch(stage, press_payload(stage, stage.nia.id, "digest.off", earlier))
    await stage.whisper(stage.nia, "You have done this already")
    [still] = await at(stage, "2027-06-28 09:31")
    assert still.ts == message.ts, "none while it is off"
    await stage.nia.press(stage.channel, message.ts, "digest.on")
    await stage.until_reads(message.ts, "[Switch this off]")
    await take(stage, milestone("2027-07-06", stage.omar))
    [still] = await at(stage, "2027-06-28 09:40")
    assert still.ts == message.ts, "the next comes in its week, as the receipt says"
    [again] = await at(stage, "2027-07-05 09:31")
    assert again.ts != message.ts


async def test_whoever_deletes_the_message_locks_nobody_out(stage: Stage) -> None:
    await take(stage, milestone("2027-06-30", stage.omar))
    [message] = await at(stage, "2027-06-21 09:31")
    await settings(stage, stage.nia, {"digest": []}, "The weekly digest of this channel is off")
    await stage.until_reads(message.ts, "was switched off by Nia Pryce")
    slack = stage.runtime.bot.slack_of(stage.runtime.identity.workspace_id)
    await slack._client.chat_delete(channel=stage.channel, ts=message.ts)
    assert await at(stage, "2027-06-28 09:31") == []
    shown = await open_settings(stage, stage.omar)
    assert "The weekly digest is switched off. Nia Pryce switched it off on" in shown
    assert "Send the weekly digest here" not in shown, "it is not Omar's to turn"
    # A form that says nothing new of it turns nothing.
    assert "weekly digest" not in await settings(
        stage, stage.nia, {"quiet": "nudges"}, "Your settings are saved"
    )
    await settings(stage, stage.nia, {"digest": "digest"}, "The weekly digest of this channel is on")
    assert await at(stage, "2027-06-29 11:00") == []
    [again] = await at(stage, "2027-07-05 09:31")
    assert "First list" in read(again)


async def test_a_form_of_old_turns_nothing_that_others_have_turned(sqlite: Stage) -> None:
    about = Reference(channel=sqlite.channel, seen=CouncilDays().print, word="on")
    turned_off = {"digest": {"type": "checkboxes", "selected_options": []}}

    async def send(person: PersonHandle, reference: Reference, values: dict[str, Any]) -> str:
        body = submission_payload(sqlite, person.id, "settings", reference.encode(), values)
        return str(await dispatch(sqlite, body))

    assert f"<@{sqlite.nia.id}>" in await send(sqlite.omar, about, turned_off), "a refusal says who can"
    elsewhere = about.model_copy(update={"channel": WITHOUT_BOT_CHANNEL})
    assert "facilitator" in await send(sqlite.nia, elsewhere, turned_off)
    await send(sqlite.nia, about, turned_off)
    still_on = {"type": "checkboxes", "selected_options": [{"value": "digest"}]}
    await send(sqlite.nia, about, {"digest": still_on})
    await send(sqlite.nia, about, turned_off)
    async with sqlite.runtime.bot.database.reading(sqlite.runtime.identity.workspace_id) as work:
        assert not (await digest_switch(work, sqlite.channel)).on
        assert (await digest_switch(work, PRIVATE_CHANNEL)).on


async def closed(stage: Stage, assessment_id: str) -> None:
    """As if all of it had been answered and confirmed."""
    async with stage.runtime.bot.database.unit_of_work(stage.runtime.identity.workspace_id) as work:
        before = await work.assessments.lock(assessment_id)
        assert before is not None
        await work.assessments.save(before, replace(before, state=AssessmentState.CLOSED), ())
        await work.commit()


def asked(stage: Stage) -> Asked:
    bot = stage.runtime.bot
    return Asked(stage.runtime.identity.workspace_id, stage.nia.id, bot.clock.now(), uuid4().hex)


async def open_settings(stage: Stage, person: PersonHandle) -> str:
    await person.command(stage.channel, "/milepost settings")
    return (await form(stage, person, "settings")).readable


async def settings(stage: Stage, person: PersonHandle, values: dict[str, Any], words: str) -> str:
    """Send the form with these values, and answer with the receipt, which says these words."""
    await open_settings(stage, person)
    await person.submit(values)
    return await stage.whisper(person, words)
