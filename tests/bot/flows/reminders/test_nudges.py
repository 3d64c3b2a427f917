"""Nudges: only to who has not voted, twice at most, in working hours, and none when they are not wanted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.client.client import PersonHandle
from bot.sandbox.workspace.world import PRIVATE_CHANNEL
from bot.views.block_kit.reference import Reference
from storage.database import Database
from tests.bot.flows.assessment.together_mode import do, together
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.reminders.settled_moment import go_round, letters, look, move_to, on_monday
from tests.bot.flows.small import dispatch, form, press
from tests.bot.stage import Stage, read


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_monday(database_url, tmp_path) as stage:
        yield stage


async def test_only_who_has_not_voted_is_told_and_only_once(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.grace)
    await stage.press_level("data-1", 2, stage.omar)
    await move_to(stage, "2027-06-07 16:30")
    assert await go_round(stage) == 0
    await move_to(stage, "2027-06-08 10:00")
    assert await go_round(stage) == 1
    [letter] = await letters(stage, stage.grace)
    text = read(letter)
    assert f"1 question waits for your vote: *Together* in <#{stage.channel}>" in text
    assert f"/archives/{stage.channel}/p{card.ts.replace('.', '')}|Data, asked as number 1?>" in text
    assert "(Data, question 1 of 2)" in text and "[Stop nudging me]" in text
    assert letter.text and not letter.pings
    for person in (stage.omar, stage.nia, stage.ana):
        assert await letters(stage, person) == []
    assert await go_round(stage) == 0
    await stage.press_level("data-1", 4, stage.grace)
    await stage.until_reads(letter.ts, "Nothing waits for your vote in *Together*", letter.channel)


async def test_twice_at_most_and_never_outside_working_hours(stage: Stage) -> None:
    """A week and more, looked at by day and by night."""
    await together(stage, stage.omar, stage.grace)
    told = []
    for day in range(7, 16):
        for hour in (4, 8, 9, 13, 16, 17, 23):
            # Later each day, since the clock runs on while the bot works.
            moment = f"2027-06-{day:02} {hour:02}:{day * 2 + 6}"
            if moment > "2027-06-07 09:59":
                await move_to(stage, moment)
                told += [moment] * await go_round(stage)
    assert told == ["2027-06-08 09:22"] * 2 + ["2027-06-09 09:24"] * 2
    assert [len(await letters(stage, each)) for each in (stage.omar, stage.grace)] == [2, 2]


async def test_several_questions_are_one_message(stage: Stage) -> None:
    await together(stage, stage.omar, stage.grace)
    await stage.open("culture", "leadership")
    await move_to(stage, "2027-06-08 11:00")
    assert await go_round(stage) == 2
    [letter] = await letters(stage, stage.omar)
    text = read(letter)
    assert "3 questions wait for your vote" in text
    for question in ("Leadership, asked as number 1?", "Data, asked as number 1?", "Culture, asked"):
        assert question in text


@pytest.mark.parametrize(
    ("nation", "first"),
    # 31 May is a bank holiday everywhere, 2 August in Scotland only.
    [("england", "2027-05-28"), ("scotland", "2027-07-30")],
)
async def test_bank_holidays_and_weekends_are_quiet(
    sqlite_url: str, tmp_path: Path, nation: str, first: str
) -> None:
    async with on_monday(sqlite_url, tmp_path, f"{first} 15:00", milepost_nation=nation) as stage:
        await together(stage, stage.omar)
        monday = "2027-05-31" if nation == "england" else "2027-08-02"
        tuesday = "2027-06-01" if nation == "england" else "2027-08-03"
        for hour in (9, 12, 16):
            await move_to(stage, f"{monday} {hour:02}:30")
            assert await go_round(stage) == 0
        await move_to(stage, f"{tuesday} 09:30")
        assert await go_round(stage) == 0, "two hours on Friday and half an hour are not eight"
        await move_to(stage, f"{tuesday} 16:30")
        assert await go_round(stage) == 1


async def test_none_after_the_reveal_and_none_while_it_is_paused(stage: Stage) -> None:
    await together(stage, stage.omar, stage.grace)
    await stage.press_level("data-1", 2, stage.omar)
    await do(stage, stage.nia, "data-1", "prompt.reveal")
    await stage.until_reads((await stage.card("prompt", "data-1")).ts, "Spread: none, with one vote")
    await move_to(stage, "2027-06-10 10:00")
    assert await go_round(stage) == 0
    await do(stage, stage.nia, "data-1", "prompt.agree")
    await stage.card("prompt", "data-2")
    await press(stage, stage.nia, await stage.board(), "assessment.pause")
    await stage.until_reads((await stage.board()).ts, "paused by")
    await move_to(stage, "2027-06-14 10:00")
    assert await go_round(stage) == 0
    await press(stage, stage.nia, await stage.board(), "assessment.resume")
    await stage.whisper(stage.nia, "Carrying on.")
    await move_to(stage, "2027-06-14 16:00")
    assert await go_round(stage) == 0
    await move_to(stage, "2027-06-15 11:00")
    assert await go_round(stage) == 2


async def test_stop_nudging_me_holds_for_this_assessment_and_can_be_taken_back(stage: Stage) -> None:
    await together(stage, stage.omar)
    await move_to(stage, "2027-06-08 10:00")
    await go_round(stage)
    [letter] = await letters(stage, stage.omar)
    dm = letter.channel
    await stage.omar.press(dm, letter.ts, "nudges.stop")
    text = read(await stage.until_reads(letter.ts, "You are not nudged any more about *Together*", dm))
    assert "To be nudged again, press the button" in text and "[Nudge me again]" in text
    assert "press *Nudge me again*" in await stage.whisper(stage.omar, "You are not nudged any more")
    # A second press, as from a window that has not been redrawn yet.
    value = Reference(assessment=(await stage.assessment()).id).encode()
    await dispatch(stage, press_payload(stage, stage.omar.id, "nudges.stop", value))
    await stage.whisper(stage.omar, "You had stopped the nudges already about")
    await move_to(stage, "2027-06-09 11:00")
    assert await go_round(stage) == 0
    await stage.omar.press(dm, letter.ts, "nudges.allow")
    await stage.until_reads(letter.ts, "1 question waits for your vote", dm)
    await dispatch(stage, press_payload(stage, stage.omar.id, "nudges.allow", value))
    await stage.whisper(stage.omar, "You are already nudged about *Together*")
    assert await go_round(stage) == 1
    assert len(await letters(stage, stage.omar)) == 2


async def test_a_button_of_an_assessment_that_is_no_more(stage: Stage) -> None:
    value = Reference(assessment="0" * 32).encode()
    await dispatch(stage, press_payload(stage, stage.omar.id, "nudges.stop", value))
    await stage.whisper(stage.omar, "an assessment that Milepost no longer has")


async def test_settings_are_heeded(stage: Stage) -> None:
    await together(stage, stage.omar, stage.grace)
    for person, values in (
        (stage.omar, {"quiet": "nudges"}),
        (stage.grace, {"away_from": "2027-06-08", "away_to": "2027-06-11"}),
    ):
        await person.command(stage.channel, "/milepost settings")
        await form(stage, person, "settings")
        await person.submit(values)
        await stage.whisper(person, "Your settings are saved")
    await move_to(stage, "2027-06-08 10:00")
    assert await go_round(stage) == 0
    # Back on Monday: the working time that was left before she went is still to pass.
    await move_to(stage, "2027-06-14 09:10")
    assert await go_round(stage) == 1
    assert (len(await letters(stage, stage.omar)), len(await letters(stage, stage.grace))) == (0, 1)


async def test_a_pause_of_the_council_is_heeded(stage: Stage) -> None:
    await together(stage, stage.omar)
    await stage.nia.command(stage.channel, "/milepost settings")
    await form(stage, stage.nia, "settings")
    await stage.nia.submit({"pauses": "2027-06-08 to 2027-06-18 Quiet fortnight"})
    await stage.whisper(stage.nia, "The council's days are changed")
    for day in (8, 9, 18):
        await move_to(stage, f"2027-06-{day:02} 12:00")
        assert await go_round(stage) == 0
    await move_to(stage, "2027-06-21 10:00")
    assert await go_round(stage) == 1


async def test_somebody_in_another_zone_is_told_in_their_own_hours(stage: Stage) -> None:
    await stage.slack.set_zone(stage.ana.id, "Australia/Sydney")
    await together(stage, stage.ana)
    # It is 18:00 in Sydney when the question is asked, and 01:00 on Wednesday there.
    await move_to(stage, "2027-06-08 16:00")
    assert await go_round(stage) == 0
    await move_to(stage, "2027-06-09 00:30")
    assert await go_round(stage) == 1


async def held_up(stage: Stage, person: PersonHandle, seconds: int) -> None:
    """Let the clockwork find a nudge, and Slack not take it yet."""
    await stage.slack.fault("rate_limited", "chat.postMessage", channel=person.id, seconds=seconds)
    before = (await stage.still()).calls("chat.postMessage")
    assert await look(stage) == 1
    stage.runtime.bot.dispatcher.wake()
    await stage.slack.until(lambda seen: seen.calls("chat.postMessage") > before)
    await stage.slack.idle(quiet=0.05)


async def test_a_vote_that_comes_before_the_message_is_sent(stage: Stage) -> None:
    await together(stage, stage.omar)
    await move_to(stage, "2027-06-08 10:00")
    await held_up(stage, stage.omar, 1_800)
    await stage.press_level("data-1", 2, stage.omar)
    await stage.whisper(stage.omar, "Recorded")
    await stage.slack.advance(1_800)
    await stage.still()
    assert await letters(stage, stage.omar) == []


async def test_what_could_not_be_sent_in_time_waits_for_the_next_morning(stage: Stage) -> None:
    await together(stage, stage.omar)
    await move_to(stage, "2027-06-08 16:30")
    await held_up(stage, stage.omar, 3_000)
    await move_to(stage, "2027-06-08 21:00")
    await stage.slack.idle(quiet=0.3)
    assert await letters(stage, stage.omar) == []
    await move_to(stage, "2027-06-09 09:05")
    await stage.still()
    assert len(await letters(stage, stage.omar)) == 1


async def test_whoever_has_left_the_channel_hears_nothing_of_it(stage: Stage) -> None:
    stage.channel = PRIVATE_CHANNEL
    await together(stage, stage.omar, stage.grace)
    await move_to(stage, "2027-06-08 10:00")
    await stage.grace.leave(PRIVATE_CHANNEL)
    assert await go_round(stage) == 1
    assert len(await letters(stage, stage.omar)) == 1 and await letters(stage, stage.grace) == []


async def test_a_restart_in_between_makes_no_second_copy(stage: Stage) -> None:
    await together(stage, stage.omar)
    await move_to(stage, "2027-06-08 10:00")
    await stage.slack.fault("drop_after", "chat.postMessage", channel=stage.omar.id)
    assert await look(stage) == 1
    await stage.restart()
    await stage.slack.advance(120)
    await go_round(stage)
    await stage.still()
    assert len(await letters(stage, stage.omar)) == 1


async def test_two_replicas_make_one_nudge(postgres_url: str, tmp_path: Path) -> None:
    async with on_monday(postgres_url, tmp_path) as stage:
        await together(stage, stage.omar, stage.grace, stage.ana)
        await move_to(stage, "2027-06-08 10:00")
        bot = stage.runtime.bot
        other = await Database.open(postgres_url)
        try:
            found = await asyncio.gather(*(look(stage, each) for each in (bot.database, other) * 2))
        finally:
            await other.close()
        bot.dispatcher.wake()
        await stage.still()
        assert sum(found) == 3
        for person in (stage.omar, stage.grace, stage.ana):
            assert len(await letters(stage, person)) == 1


async def test_the_clockwork_nudges_by_itself(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.ROUND_SECONDS", 0.05)
    async with on_monday(sqlite_url, tmp_path, milepost_nudge_after_hours=2) as stage:
        await together(stage, stage.omar)
        await move_to(stage, "2027-06-07 13:00")
        dm = stage.sandbox.workspace.dm_with(stage.omar.id).id
        await stage.find("nudge:", dm)
        assert len(await letters(stage, stage.omar)) == 1
