"""The days of a workspace and of its people: what they have set, and the calendars made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Any

from bot.services.assessing import Asked, Refused
from bot.services.membership import NOT_INSIDE, Membership
from model.assessment import Assessment
from model.away import away_added, away_removed
from model.calendar import DateRange, Nation, WorkingCalendar
from model.calendar_settings import CouncilDays, OwnSettings
from model.diary import Diary
from model.guards import not_facilitator
from model.refusals import Reason, Refusal
from storage.database import Database
from storage.unit_of_work import UnitOfWork

_WORKSPACE, _DAYS, _OWN = "workspace", "days", "own"


@dataclass(frozen=True)
class SettingsInChannel:
    """What somebody may look at and change where they ask for the settings."""

    own: OwnSettings
    council: CouncilDays
    facilitates: bool


@dataclass(frozen=True)
class SettingsSaved:
    """What was recorded."""

    own: OwnSettings
    council_changed: bool


@dataclass(frozen=True)
class OwnChange:
    """What a person's part of the form says; both dates or neither."""

    away_from: date | None
    away_to: date | None
    nudges: bool
    reminders: bool


@dataclass(frozen=True)
class CouncilChange:
    """What the council's part of the form says; `seen` is the print of the days that it showed at first."""

    channel_id: str
    seen: str
    closed: tuple[DateRange, ...]
    pauses: tuple[DateRange, ...]


async def council_days(work: UnitOfWork) -> CouncilDays:
    """The council's own days."""
    return _council_from(await work.settings.get(_WORKSPACE, _DAYS))


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


async def diary_of(work: UnitOfWork, calendar: WorkingCalendar, person: str, zone: tzinfo) -> Diary:
    """When a person in this zone may be written to."""
    return Diary(calendar, zone, (await own_settings(work, person)).away)


async def diary_in(
    database: Database, workspace_id: str, person: str, *, nation: Nation, zone: tzinfo
) -> Diary:
    """The same, read on its own."""
    async with database.reading(workspace_id) as work:
        return await diary_of(work, await working_calendar(work, nation), person, zone)


async def settings_in(
    database: Database, workspace_id: str, person: str, channel_id: str, membership: Membership
) -> SettingsInChannel:
    """What a person may see and change in a channel."""
    async with database.reading(workspace_id) as work:
        assessment = await work.assessments.latest_in(channel_id)
        own, council = await own_settings(work, person), await council_days(work)
    facilitates = _refusal_for(assessment, person) is None
    inside = facilitates and await membership.inside(workspace_id, channel_id, person)
    return SettingsInChannel(own, council, inside)


async def save_settings(
    database: Database,
    asked: Asked,
    own: OwnChange,
    council: CouncilChange | None,
    membership: Membership,
    *,
    today: date,
) -> SettingsSaved | None:
    """Record what the form says, all of it or nothing; None when this delivery was handled before.

    Raises:
        Refused: dates that make no absence, council's days that somebody else changed meanwhile, or that
            are not for this person to change.
    """
    if council is not None and not await membership.inside(
        asked.workspace_id, council.channel_id, asked.person
    ):
        raise Refused(NOT_INSIDE)
    async with database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return None
        before = await own_settings(work, asked.person)
        away = away_added(before.away, own.away_from, own.away_to, today)
        if isinstance(away, Refusal):
            raise Refused(away)
        after = replace(_with_away(before, away, asked.at), nudges=own.nudges, reminders=own.reminders)
        await _put_own(work, asked.person, after)
        changed = council is not None and await _save_council(work, asked, council)
        await work.commit()
    return SettingsSaved(after, changed)


async def remove_away(
    database: Database, asked: Asked, first: date, last: date, *, today: date
) -> OwnSettings | None:
    """Take back days away; None when this delivery was handled before."""
    async with database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return None
        before = await own_settings(work, asked.person)
        after = _with_away(before, away_removed(before.away, first, last, today), asked.at)
        await _put_own(work, asked.person, after)
        await work.commit()
    return after


async def _save_council(work: UnitOfWork, asked: Asked, change: CouncilChange) -> bool:
    """Record the council's days; false when they are what they were."""
    stored = await work.settings.get(_WORKSPACE, _DAYS)
    before, after = _council_from(stored), CouncilDays(change.closed, change.pauses, asked.person, asked.at)
    if after.print in (change.seen, before.print):
        return False
    assessment = await work.assessments.latest_in(change.channel_id)
    refusal = _refusal_for(assessment, asked.person)
    if refusal is not None:
        raise Refused(refusal, assessment)
    seen = before.print == change.seen
    if not seen or not await work.settings.swap(_WORKSPACE, _DAYS, stored, _council_value(after)):
        latest = await council_days(work)
        raise Refused(
            Refusal(Reason.DAYS_CHANGED_MEANWHILE, by=latest.changed_by, at=latest.changed_at), assessment
        )
    return True


def _refusal_for(assessment: Assessment | None, person: str) -> Refusal | None:
    if assessment is None:
        return Refusal(Reason.FACILITATORS_ONLY)
    return not_facilitator(assessment, person)


def _scope_of(person: str) -> str:
    return f"person:{person}"


def _with_away(before: OwnSettings, away: tuple[DateRange, ...], at: datetime) -> OwnSettings:
    return before if away == before.away else replace(before, away=away, away_set_at=at)


async def _put_own(work: UnitOfWork, person: str, own: OwnSettings) -> None:
    value = {
        "away": _listed(own.away),
        "nudges": own.nudges,
        "reminders": own.reminders,
        "away_set_at": _written(own.away_set_at),
    }
    await work.settings.put(_scope_of(person), _OWN, value)


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
