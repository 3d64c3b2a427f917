"""What is written to people of our own accord waits until they work."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.rendering.rendered import Later, Rendered
from bot.delivery.rendering.renderers import Renderer
from bot.delivery.rendering.rendering import Rendering
from bot.delivery.rendering.working_hours import LOOK_AGAIN
from bot.delivery.slack.slack import Slack
from bot.sandbox.conditions.clock import SandboxClock
from bot.services.calendar.calendars import put_own_settings
from bot.services.messages.kinds import MessageKind
from model.calendar.settings import OwnSettings
from storage.database import Database
from storage.messages.claims import Claim
from tests.bot.delivery.rendering.sources import sources
from tests.bot.desks import desk_of
from tests.model.days import LONDON, at, span
from tests.storage.material import WORKSPACE

SAID = {"text": "It is yours now."}
NOBODY = cast(Slack, None)
ANYWHERE: tuple[ZoneInfo | None, ...] = (None, LONDON)


async def rendered(
    database: Database,
    moment: datetime,
    *,
    zone: tzinfo | None = None,
    ts: str | None = None,
    what: dict[str, Any] | None = SAID,
) -> Any:
    """What is to be done with a note to somebody at a moment."""
    claim = Claim(1, WORKSPACE, "k", "owner_note", "U1", "A1", "I1", None, ts, 1, "t", 0, None, None)

    async def said(this: Rendering) -> Rendered | None:
        return what

    given = sources(desk_of(database, zone=zone), SandboxClock(moment, speed=0))
    return await Renderer(given, {MessageKind.OWNER_NOTE: said}).render(claim, NOBODY)


@pytest.mark.parametrize("zone", ANYWHERE)
async def test_within_hours_it_is_sent(database: Database, zone: ZoneInfo | None) -> None:
    assert await rendered(database, at("2027-06-07 09:00"), zone=zone) == SAID


async def test_at_other_times_it_waits(database: Database) -> None:
    """At night, on a weekend and a bank holiday, and where it is night for the person only."""
    for moment in ("2027-06-07 22:21", "2027-06-05 11:00", "2027-05-31 11:00"):
        assert await rendered(database, at(moment)) == Later(at(moment) + LOOK_AGAIN)
    sydney = ZoneInfo("Australia/Sydney")
    assert await rendered(database, at("2027-06-07 11:00"), zone=sydney) == Later(at("2027-06-07 12:00"))


async def test_it_comes_when_they_begin(database: Database) -> None:
    assert await rendered(database, at("2027-06-07 08:40")) == Later(at("2027-06-07 09:00"))


async def test_whoever_is_away_is_told_when_they_are_back(database: Database) -> None:
    async with database.unit_of_work(WORKSPACE) as work:
        await put_own_settings(work, "U1", OwnSettings((span("2027-06-07", "2027-06-08"),)))
        await work.commit()
    assert await rendered(database, at("2027-06-08 11:00")) == Later(at("2027-06-08 12:00"))
    assert await rendered(database, at("2027-06-09 09:00")) == SAID


async def test_edits_and_what_is_not_said_do_not_wait(database: Database) -> None:
    night = at("2027-06-07 22:21")
    assert await rendered(database, night, ts="1.0") == SAID
    assert await rendered(database, night, what=None) is None
