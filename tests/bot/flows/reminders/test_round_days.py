"""When and to whom: nations, zones, clock changes, days away, pauses, and people who cannot be told."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.workspace.world import PRIVATE_CHANNEL
from bot.services.asking import Asked
from bot.services.settings.settings_form import CouncilChange, OwnChange, remove_away, save_settings
from model.calendar.settings import CouncilDays
from tests.bot.flows.plan.what_people_do import open_item
from tests.bot.flows.reminders.passing_days import (
    milestone,
    on,
    pass_to,
    remind_owners,
    take,
    tick,
    told,
    words,
)
from tests.bot.flows.small import form
from tests.bot.stage import Stage
from tests.model.days import LONDON, day, span

NEW_YORK, AUCKLAND = ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")


def morning(text: str, zone: ZoneInfo = LONDON) -> datetime:
    return datetime.fromisoformat(f"{text} 08:00").replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("nation", "due", "comes"),
    [
        # St Andrew's Day 2026 is a Monday; St Patrick's 2027 a Wednesday; the Twelfth a Monday.
        ("scotland", "2026-11-30", "2026-12-01"),
        ("england", "2026-11-30", "2026-11-30"),
        ("northern-ireland", "2027-03-17", "2027-03-18"),
        ("wales", "2027-03-17", "2027-03-17"),
        ("northern-ireland", "2027-07-12", "2027-07-13"),
        ("scotland", "2027-08-30", "2027-08-30"),
        ("wales", "2027-08-30", "2027-08-31"),
        # A Saturday.
        ("england", "2027-06-19", "2027-06-21"),
    ],
)
async def test_bank_holidays_and_weekends(
    sqlite_url: str, tmp_path: Path, nation: str, due: str, comes: str
) -> None:
    start = day(due).replace(day=1).isoformat()
    start = "2026-11-27" if due == "2026-11-30" else start
    async with on(morning(start), sqlite_url, tmp_path, milepost_nation=nation) as stage:
        await take(stage, milestone(due, stage.omar))
        await pass_to(stage, f"{due} 07:00")
        before = len(await told(stage, stage.omar))
        await pass_to(stage, f"{comes} 09:29")
        assert [each for each in await words(stage, stage.omar) if f"{day(due):%-d %B %Y}" in each][
            before:
        ] == []
        await pass_to(stage, f"{comes} 09:31")
        assert len(await told(stage, stage.omar)) == before + 1


@pytest.mark.parametrize(
    ("zone", "moment"),
    [(NEW_YORK, "2027-06-18 09:31"), (AUCKLAND, "2027-06-18 09:31")],
    ids=["west", "east"],
)
async def test_an_owner_in_another_zone(sqlite_url: str, tmp_path: Path, zone: ZoneInfo, moment: str) -> None:
    async with on(morning("2027-06-14"), sqlite_url, tmp_path) as stage:
        await stage.slack.set_zone(stage.omar.id, str(zone))
        await take(stage, milestone("2027-06-18", stage.omar))
        await pass_to(stage, "2027-06-18 09:29", zone)
        before = len(await told(stage, stage.omar))
        await pass_to(stage, moment, zone)
        said = await words(stage, stage.omar)
        assert len(said) == before + 1 and "due today, Friday 18 June 2027" in said[-1]


async def test_a_change_of_zone_counts(sqlite_url: str, tmp_path: Path) -> None:
    async with on(morning("2027-06-17"), sqlite_url, tmp_path) as stage:
        await take(stage, milestone("2027-06-18", stage.omar))
        await pass_to(stage, "2027-06-17 12:00")
        before = len(await told(stage, stage.omar))
        await stage.slack.set_zone(stage.omar.id, str(NEW_YORK))
        # What Slack told is remembered for six hours.
        await pass_to(stage, "2027-06-18 09:31")
        assert len(await told(stage, stage.omar)) == before
        await pass_to(stage, "2027-06-18 09:31", NEW_YORK)
        assert len(await told(stage, stage.omar)) == before + 1


@pytest.mark.parametrize("due", ["2027-03-29", "2027-11-01"], ids=["spring", "autumn"])
async def test_over_a_clock_change(sqlite_url: str, tmp_path: Path, due: str) -> None:
    """Both are Mondays after it; the one in spring is Easter Monday."""
    comes = {"2027-03-29": "2027-03-30", "2027-11-01": "2027-11-01"}[due]
    async with on(
        morning(f"{day(due):%Y-%m}-02" if due < "2027-10" else "2027-10-26"), sqlite_url, tmp_path
    ) as stage:
        await take(stage, milestone(due, stage.omar))
        await pass_to(stage, f"{comes} 09:29")
        before = len(await told(stage, stage.omar))
        await pass_to(stage, f"{comes} 09:31")
        assert len(await told(stage, stage.omar)) == before + 1


async def settle(stage: Stage, person: Any, own: OwnChange, council: CouncilChange | None = None) -> None:
    bot = stage.runtime.bot
    asked = Asked(stage.runtime.identity.workspace_id, person.id, bot.clock.now(), uuid4().hex)
    await save_settings(bot.desk, asked, own, council, None)


async def test_days_away_a_pause_and_no_reminders_at_all(sqlite_url: str, tmp_path: Path) -> None:
    async with on(morning("2027-06-15"), sqlite_url, tmp_path) as stage:
        await take(stage, milestone("2027-06-18", stage.omar, stage.grace, stage.ana))
        await settle(stage, stage.omar, OwnChange(day("2027-06-17"), day("2027-06-22"), True, True))
        await settle(stage, stage.ana, OwnChange(None, None, True, False))
        await pass_to(stage, "2027-06-18 09:31")
        assert await told(stage, stage.omar) == [] and len(await told(stage, stage.grace)) == 1
        pause = CouncilChange(stage.channel, CouncilDays().print, (), (span("2027-06-23", "2027-06-29"),))
        await settle(stage, stage.nia, OwnChange(None, None, True, True), pause)
        await pass_to(stage, "2027-06-29 12:00")
        assert await told(stage, stage.omar) == []
        await pass_to(stage, "2027-06-30 09:31")
        [said] = await words(stage, stage.omar)
        assert "overdue by 12 days" in said and "late" not in said
        assert await told(stage, stage.ana) == []


async def test_back_early_is_not_late(sqlite_url: str, tmp_path: Path) -> None:
    """Of an absence, and of a pause: nothing was missed, so nothing comes late."""
    async with on(morning("2027-06-15"), sqlite_url, tmp_path) as stage:
        bot, none = stage.runtime.bot, OwnChange(None, None, True, True)
        await take(stage, milestone("2027-06-18", stage.omar, stage.grace))
        first, last = day("2027-06-17"), day("2027-06-25")
        await settle(stage, stage.omar, OwnChange(first, last, True, True))
        paused = CouncilDays((), (span("2027-06-17", "2027-06-18"),))
        await settle(
            stage, stage.nia, none, CouncilChange(stage.channel, CouncilDays().print, (), paused.pauses)
        )
        await pass_to(stage, "2027-06-18 11:00")
        assert await told(stage, stage.omar) == await told(stage, stage.grace) == []
        await settle(stage, stage.nia, none, CouncilChange(stage.channel, paused.print, (), ()))
        await tick(stage)
        await pass_to(stage, "2027-06-18 13:00")
        asked = Asked(stage.runtime.identity.workspace_id, stage.omar.id, bot.clock.now(), uuid4().hex)
        await remove_away(bot.desk, asked, first, last)
        await tick(stage)
        for person in (stage.omar, stage.grace):
            [said] = await words(stage, person)
            assert "due today" in said and "late" not in said


async def test_who_is_away_past_the_handing_over_is_told_when_back(database_url: str, tmp_path: Path) -> None:
    async with on(morning("2027-06-15"), database_url, tmp_path) as stage:
        await take(stage, milestone("2027-06-18", stage.omar))
        await settle(stage, stage.omar, OwnChange(day("2027-06-17"), day("2027-07-23"), True, True))
        await pass_to(stage, "2027-07-16 09:31")
        assert len(await told(stage, stage.nia, "passed_on:")) == 1
        await pass_to(stage, "2027-07-26 09:29")
        assert await told(stage, stage.omar) == []
        await pass_to(stage, "2027-07-26 09:31")
        [said] = await words(stage, stage.omar)
        assert "overdue by 38 days" in said and "late" not in said
        await pass_to(stage, "2027-08-02 09:31")
        assert len(await told(stage, stage.omar)) == 1, "it settles what came before"
        assert len(await told(stage, stage.nia, "passed_on:")) == 1


async def test_the_receipt_of_a_snooze_says_when_they_are_told_again(sqlite_url: str, tmp_path: Path) -> None:
    async with on(morning("2027-06-07"), sqlite_url, tmp_path) as stage:
        await take(stage, milestone("2027-06-30", stage.omar))
        await settle(stage, stage.omar, OwnChange(day("2027-06-14"), day("2027-06-15"), True, True))
        await open_item(stage, stage.omar, "Do what First list is for")
        await form(stage, stage.omar, "item")
        await stage.omar.modal_press("plan.milestone_menu", "Remind me later…")
        await form(stage, stage.omar, "snooze_milestone")
        await stage.omar.submit({"until": "2027-06-12"})
        await stage.whisper(stage.omar, "not reminded of this before 16 June 2027")


async def test_what_nobody_owns_comes_to_the_facilitators(sqlite_url: str, tmp_path: Path) -> None:
    async with on(morning("2027-06-15"), sqlite_url, tmp_path) as stage:
        await take(stage, milestone("2027-06-18"), milestone("2027-06-18", sponsor=stage.grace.id))
        await pass_to(stage, "2027-06-18 09:31")
        assert "Nobody owns this yet, so it comes to you." in (await words(stage, stage.nia))[-1]
        assert "Nobody owns this yet" in (await words(stage, stage.grace))[-1]
        for moment in ("2027-06-25", "2027-07-02", "2027-07-09", "2027-07-16"):
            await pass_to(stage, f"{moment} 09:31")
        passed = await words(stage, stage.nia, "passed_on:")
        assert len(passed) == 1 and "Nobody owns it." in passed[0], "that of the sponsor, not her own"


@pytest.mark.parametrize("how", ["deactivated", "messages_tab_disabled"])
async def test_who_cannot_be_written_to(sqlite_url: str, tmp_path: Path, how: str) -> None:
    async with on(morning("2027-06-15"), sqlite_url, tmp_path) as stage:
        await take(stage, milestone("2027-06-18", stage.omar))
        if how == "deactivated":
            await stage.slack.deactivate(stage.omar.id)
        else:
            await stage.slack.fault(
                "api_error", "chat.postMessage", error=how, channel=stage.omar.id, times=9
            )
        await stage.slack.advance((morning("2027-06-18") - stage.sandbox.clock.now()).total_seconds() + 5_460)
        if how == "deactivated":
            # Slack does not tell where they are, so the council's own zone counts after an hour.
            assert await remind_owners(stage) == 0
            await stage.slack.advance(3_600)
        assert await remind_owners(stage) == 1
        stage.runtime.bot.dispatcher.wake()
        await stage.slack.until(lambda seen: "so this comes to you" in seen.told())
        await stage.still()
        [said] = await words(stage, stage.nia, "passed_on:")
        assert "Omar Shah" in said and "[Done] [Change date…]" in said
        await stage.runtime.bot.database.outbox.unblock_all(now=stage.sandbox.clock.now())
        await tick(stage)
        assert len(await told(stage, stage.nia, "passed_on:")) == 1, "told once"


async def test_who_has_left_the_channel_is_told_nothing(sqlite_url: str, tmp_path: Path) -> None:
    async with on(morning("2027-06-15"), sqlite_url, tmp_path) as stage:
        await take(stage, milestone("2027-06-18", stage.omar))
        await stage.omar.leave(stage.channel)
        await stage.still()
        await pass_to(stage, "2027-06-18 09:31")
        assert await told(stage, stage.omar) == []
        [said] = await words(stage, stage.nia, "passed_on:")
        assert "Omar Shah is not in the channel any more" in said
        assert PRIVATE_CHANNEL not in said


async def test_two_rounds_at_once_say_it_once(database_url: str, tmp_path: Path) -> None:
    async with on(morning("2027-06-15"), database_url, tmp_path) as stage:
        await take(stage, milestone("2027-06-18", stage.omar), milestone("2027-06-18", stage.omar))
        await stage.slack.advance((morning("2027-06-18") - stage.sandbox.clock.now()).total_seconds() + 5_460)
        assert sorted(await asyncio.gather(*(remind_owners(stage) for _ in range(4)))) == [0, 0, 0, 1]
        stage.runtime.bot.dispatcher.wake()
        await stage.still()
        assert len(await told(stage, stage.omar)) == 1
