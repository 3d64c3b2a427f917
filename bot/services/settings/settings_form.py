"""What the settings show to a person in a channel, and what they record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.services.asking import Asked, Refused
from bot.services.assessment.finding import must_be_in_channel
from bot.services.calendar.calendars import council_days, own_settings, put_own_settings, swap_council_days
from bot.services.desk import Desk
from bot.services.digest.switch import digest_switch, set_digest, who_switches
from bot.services.recording import allowed, record_once
from model.assessment.assessment import Assessment
from model.assessment.guards import not_facilitator
from model.calendar.away import away_added, away_removed
from model.calendar.council_calendar import DateRange
from model.calendar.settings import CouncilDays, OwnSettings
from model.digest.schedule import DigestSwitch
from model.refusals import Reason, Refusal
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SettingsInChannel:
    """What somebody may look at and change where they ask for the settings.

    Attributes:
        facilitates: Whether they may change the council's days.
        digest: How the switch for the digest of the channel stands; None where it has no assessment.
        switches: Whether they may turn it.
    """

    own: OwnSettings
    council: CouncilDays
    facilitates: bool
    digest: DigestSwitch | None
    switches: bool


@dataclass(frozen=True)
class SettingsSaved:
    """What was recorded; `digest` is set where it was switched on or off."""

    own: OwnSettings
    council_changed: bool
    digest: bool | None = None


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


@dataclass(frozen=True)
class DigestChange:
    """That the form says otherwise of the digest of a channel than it did when it was opened."""

    channel_id: str
    on: bool


async def settings_in(desk: Desk, workspace_id: str, person: str, channel_id: str) -> SettingsInChannel:
    """What a person may see and change in a channel."""
    async with desk.database.reading(workspace_id) as work:
        assessment = await work.assessments.latest_in(channel_id)
        standing = await work.assessments.all_standing_in(channel_id)
        own, council = await own_settings(work, person), await council_days(work)
        digest = await digest_switch(work, channel_id) if standing else None
    facilitates = _refusal_for(assessment, person) is None
    switches = person in who_switches(standing)
    inside = (facilitates or switches) and await desk.membership.inside(workspace_id, channel_id, person)
    return SettingsInChannel(own, council, facilitates and inside, digest, switches and inside)


async def save_settings(
    desk: Desk, asked: Asked, own: OwnChange, council: CouncilChange | None, digest: DigestChange | None
) -> SettingsSaved | None:
    """Record what the form says, all of it or nothing; None when this delivery was handled before.

    Raises:
        Refused: dates that make no absence, council's days that somebody else changed meanwhile, or what is
            not for this person to change.
    """
    for change in (council, digest):
        if change is not None:
            await must_be_in_channel(desk, asked, change.channel_id)

    async def save(work: UnitOfWork) -> SettingsSaved:
        before = await own_settings(work, asked.person)
        away = allowed(away_added(before.away, own.away_from, own.away_to, desk.today(asked.at)))
        after = replace(_with_away(before, away, asked.at), nudges=own.nudges, reminders=own.reminders)
        await put_own_settings(work, asked.person, after)
        changed = council is not None and await _save_council(work, asked, council)
        switched = digest is not None and await set_digest(work, asked, digest.channel_id, on=digest.on)
        return SettingsSaved(after, changed, digest.on if digest is not None and switched else None)

    return await record_once(desk.database, asked, save)


async def remove_away(desk: Desk, asked: Asked, first: date, last: date) -> OwnSettings | None:
    """Take back days away; None when this delivery was handled before."""

    async def remove(work: UnitOfWork) -> OwnSettings:
        before = await own_settings(work, asked.person)
        after = _with_away(before, away_removed(before.away, first, last, desk.today(asked.at)), asked.at)
        await put_own_settings(work, asked.person, after)
        return after

    return await record_once(desk.database, asked, remove)


def _with_away(before: OwnSettings, away: tuple[DateRange, ...], at: datetime) -> OwnSettings:
    return before if away == before.away else replace(before, away=away, away_set_at=at)


async def _save_council(work: UnitOfWork, asked: Asked, change: CouncilChange) -> bool:
    """Record the council's days; false when they are what they were."""
    before = await council_days(work)
    after = CouncilDays(change.closed, change.pauses, asked.person, asked.at)
    if after.print in (change.seen, before.print):
        return False
    assessment = await work.assessments.latest_in(change.channel_id)
    allowed(_refusal_for(assessment, asked.person), assessment)
    seen = before.print == change.seen
    if not seen or not await swap_council_days(work, before, after):
        latest = await council_days(work)
        raise Refused(
            Refusal(Reason.DAYS_CHANGED_MEANWHILE, by=latest.changed_by, at=latest.changed_at), assessment
        )
    return True


def _refusal_for(assessment: Assessment | None, person: str) -> Refusal | None:
    if assessment is None:
        return Refusal(Reason.FACILITATORS_ONLY)
    return not_facilitator(assessment, person)
