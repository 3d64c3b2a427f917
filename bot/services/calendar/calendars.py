"""The days of a workspace and of its people: what they have set, and the calendars made of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Any

from bot.services.desk import Desk
from model.calendar.council_calendar import DateRange, Nation, WorkingCalendar
from model.calendar.settings import CouncilDays, OwnSettings
from model.calendar.working_hours import Diary
from storage.unit_of_work import UnitOfWork

_WORKSPACE, _DAYS, _OWN = "workspace", "days", "own"


async def council_days(work: UnitOfWork) -> CouncilDays:
    """The council's own days."""
    return _council_from(await work.settings.get(_WORKSPACE, _DAYS))


async def swap_council_days(work: UnitOfWork, before: CouncilDays, after: CouncilDays) -> bool:
    """Set the council's days, provided that they are still what they were; false when they are not."""
    stored = await work.settings.get(_WORKSPACE, _DAYS)
    if _council_from(stored) != before:
        return False
    return await work.settings.swap(_WORKSPACE, _DAYS, stored, _council_value(after))


async def working_calendar(work: UnitOfWork, nation: Nation) -> WorkingCalendar:
    """The calendar of the workspace."""
    return (await council_days(work)).calendar(nation)


async def own_settings(work: UnitOfWork, person: str) -> OwnSettings:
    """What a person has set for themselves."""
    value = await work.settings.get(_scope_of(person), _OWN)
    if not isinstance(value, dict):
        return OwnSettings()
    return OwnSettings(
        _ranges(value.get("away")),
        bool(value.get("nudges", True)),
        bool(value.get("reminders", True)),
        _moment(value.get("away_set_at")),
    )


async def put_own_settings(work: UnitOfWork, person: str, own: OwnSettings) -> None:
    """Set them."""
    value = {
        "away": _listed(own.away),
        "nudges": own.nudges,
        "reminders": own.reminders,
        "away_set_at": _written(own.away_set_at),
    }
    await work.settings.put(_scope_of(person), _OWN, value)


async def diary_of(work: UnitOfWork, calendar: WorkingCalendar, person: str, zone: tzinfo) -> Diary:
    """When a person in this zone may be written to."""
    return Diary(calendar, zone, (await own_settings(work, person)).away)


async def diary_in(desk: Desk, workspace_id: str, person: str, zone: tzinfo | None = None) -> Diary:
    """When a person may be written to, in this zone or else in the council's, in a reading of its own."""
    async with desk.database.reading(workspace_id) as work:
        calendar = await working_calendar(work, desk.rules.nation)
        return await diary_of(work, calendar, person, zone or desk.rules.zone)


def _scope_of(person: str) -> str:
    return f"person:{person}"


def _council_value(days: CouncilDays) -> dict[str, Any]:
    return {
        "closed": _listed(days.closed),
        "pauses": _listed(days.pauses),
        "by": days.changed_by,
        "at": _written(days.changed_at),
    }


def _council_from(value: Any) -> CouncilDays:
    if not isinstance(value, dict):
        return CouncilDays()
    return CouncilDays(
        _ranges(value.get("closed")),
        _ranges(value.get("pauses")),
        value.get("by"),
        _moment(value.get("at")),
    )


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)


def _listed(ranges: Iterable[DateRange]) -> list[list[str]]:
    return [[each.first.isoformat(), each.last.isoformat(), each.name] for each in ranges]


def _ranges(value: Any) -> tuple[DateRange, ...]:
    return tuple(
        DateRange(date.fromisoformat(first), date.fromisoformat(last), name)
        for first, last, name in value or ()
    )
