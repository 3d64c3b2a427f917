"""What facilitators are told as the closing date comes near."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.reports.reports import Outcome
from bot.services.assessment.closing_date import reveal_past_closing
from model.assessment.assessment import PromptState, Role
from tests.bot.flows.assessment.together_mode import put_on_roster
from tests.bot.flows.reminders.settled_moment import go_round_for_closing, letters, move_to, on_monday
from tests.bot.flows.small import form, notice, press
from tests.bot.stage import Stage, read


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """An assessment that began on a Monday and closes on the Monday after."""
    async with on_monday(database_url, tmp_path) as stage:
        await stage.start(mode="together", title="Together", closing_date="2027-06-14")
        yield stage


async def closing(stage: Stage) -> int:
    return await go_round_for_closing(stage)


async def test_one_working_day_before_and_on_the_day_with_what_is_open(stage: Stage) -> None:
    await put_on_roster(stage, Role.ASSESSOR, stage.omar, stage.grace)
    await stage.open("data")
    await stage.press_level("data-1", 2, stage.omar)
    await move_to(stage, "2027-06-11 09:10")
    assert await closing(stage) == 0
    await move_to(stage, "2027-06-11 10:00")
    assert await closing(stage) == 1
    assert await closing(stage) == 0
    [letter] = await letters(stage, stage.nia, "closing")
    text = read(letter)
    assert f"*Together* in <#{stage.channel}> closes on *Monday 14 June 2027*. Still open:" in text
    assert "*Leadership*: not opened" in text
    assert "*Data*: 2 questions without an answer, waiting for Grace Obi" in text
    assert "Hidden votes are revealed when the closing date has passed." in text and "Go to the board" in text
    assert "Omar" not in text and not letter.pings
    await move_to(stage, "2027-06-14 10:00")
    assert await closing(stage) == 1
    assert "closes *today*" in read((await letters(stage, stage.nia, "closing"))[-1])
    await move_to(stage, "2027-06-15 10:00")
    assert await closing(stage) == 0
    assert await letters(stage, stage.omar, "closing") == []


async def test_several_facilitators_each_in_their_own_hours(stage: Stage) -> None:
    await put_on_roster(stage, Role.FACILITATOR, stage.ana)
    await stage.slack.set_zone(stage.ana.id, "America/New_York")
    await move_to(stage, "2027-06-11 11:00")
    assert await closing(stage) == 1
    assert len(await letters(stage, stage.nia, "closing")) == 1
    await move_to(stage, "2027-06-11 15:00")
    assert await closing(stage) == 1
    assert len(await letters(stage, stage.ana, "closing")) == 1


async def test_nothing_is_said_of_what_is_paused_or_done(stage: Stage) -> None:
    await press(stage, stage.nia, await stage.board(), "assessment.pause")
    await stage.until_reads((await stage.board()).ts, "paused by")
    await move_to(stage, "2027-06-11 10:00")
    assert await closing(stage) == 0
    await press(stage, stage.nia, await stage.board(), "assessment.resume")
    await stage.until_reads((await stage.board()).ts, "resumed by")
    assert await closing(stage) == 1


async def test_what_was_held_up_until_the_day_itself_is_said_once(stage: Stage) -> None:
    await move_to(stage, "2027-06-11 16:30")
    await stage.slack.fault("rate_limited", "chat.postMessage", channel=stage.nia.id, seconds=3_000)
    await closing_held_up(stage)
    await move_to(stage, "2027-06-14 10:00")
    assert await closing(stage) == 1
    [letter] = await letters(stage, stage.nia, "closing")
    assert "closes *today*" in read(letter)


async def closing_held_up(stage: Stage) -> None:
    before = (await stage.still()).calls("chat.postMessage")
    task = asyncio.ensure_future(closing(stage))
    await stage.slack.until(lambda seen: seen.calls("chat.postMessage") > before)
    await stage.slack.idle(quiet=0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_another_date_is_kept_to_by_everything_that_knew_the_old_one(stage: Stage) -> None:
    await put_on_roster(stage, Role.ASSESSOR, stage.omar, stage.grace)
    await stage.open("data", "culture")
    await stage.press_level("data-1", 2, stage.omar)
    await move_to(stage, "2027-06-11 10:00")
    assert await closing(stage) == 1
    await press(stage, stage.grace, await stage.board(), "assessment.closing_date")
    await notice(stage, stage.grace, f"Only a facilitator can do this: <@{stage.nia.id}>.")
    outcome = await change(stage, closing_date="2027-06-10")
    assert outcome.errors == {"closing_date": "This date has passed. Please choose today or later."}
    await stage.nia.submit({"closing_date": "2027-06-11"})
    await stage.whisper(stage.nia, "The closing date of *Together* is now *11 June 2027*.")
    await move_to(stage, "2027-06-12 10:00")
    assert await reveal(stage) == 1
    await change(stage)
    await notice(stage, stage.nia, "nothing was changed")
    await change(stage, closing_date="2027-06-22")
    card = await stage.card("prompt", "culture-1")
    await stage.until_reads(card.ts, "the end of 22 June 2027, the closing date")
    await stage.until_reads((await stage.board()).ts, "closing date: 22 June 2027")
    await stage.still()
    [letter] = await letters(stage, stage.nia, "closing")
    assert "was changed: it is now *Tuesday 22 June 2027*" in read(letter)
    await stage.press_level("culture-1", 3, stage.omar)
    await stage.whisper(stage.omar, "Recorded")
    await move_to(stage, "2027-06-21 10:00")
    assert (await closing(stage), await reveal(stage)) == (1, 0)
    await move_to(stage, "2027-06-23 10:00")
    assert (await reveal(stage), await reveal(stage)) == (1, 0)
    assert (await stage.assessment()).prompt("culture-1").state is PromptState.REVEALED
    await change(stage, no_closing_date=["none"])
    await stage.whisper(stage.nia, "*Together* has no closing date now.")
    assert (await stage.assessment()).closing_date is None


async def change(stage: Stage, **filled_in: Any) -> Outcome:
    """Send the form on the board with this in it."""
    await press(stage, stage.nia, await stage.board(), "assessment.closing_date")
    await form(stage, stage.nia, "closing_date")
    return await stage.nia.submit(filled_in)


async def reveal(stage: Stage) -> int:
    bot = stage.runtime.bot
    workspace_id = stage.runtime.identity.workspace_id
    return await reveal_past_closing(bot.database, workspace_id, bot.today(), bot.clock.now())


async def test_the_clockwork_does_it_by_itself(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.ROUND_SECONDS", 0.05)
    async with on_monday(sqlite_url, tmp_path) as stage:
        await stage.start(closing_date="2027-06-08")
        await move_to(stage, "2027-06-08 10:00")
        dm = stage.sandbox.workspace.dm_with(stage.nia.id).id
        letter = await stage.find("closing:", dm)
        assert "closes *today*" in read(letter) and "Hidden votes" not in read(letter)
