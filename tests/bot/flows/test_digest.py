"""The weekly digest through the sandbox: when it comes, what it says, once, and how it is switched off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.rounds import rounds
from bot.sandbox.client import Message
from model.plan_steps import DropMilestone, FinishMilestone
from tests.bot.flows.diary import milestone, on, take
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
    every = rounds(stage.runtime.bot, stage.runtime.identity.workspace_id, stage.settings)
    return await every["digests"](stage.sandbox.clock.now())


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
    await stage.nia.press(stage.channel, message.ts, "digest.on")
    await stage.until_reads(message.ts, "[Switch this off]")
    await stage.nia.press(stage.channel, message.ts, "digest.off")
    await stage.until_reads(message.ts, "[Switch it on again]")
    [still] = await at(stage, "2027-06-28 09:31")
    assert still.ts == message.ts, "none while it is off"
    await stage.nia.press(stage.channel, message.ts, "digest.on")
    await stage.until_reads(message.ts, "[Switch this off]")
    await take(stage, milestone("2027-07-06", stage.omar))
    [again] = await at(stage, "2027-07-05 09:31")
    assert again.ts != message.ts
