"""Telling facilitators what is still open as the closing date comes near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bot.log import logger
from bot.services.calendar.calendars import diary_of, working_calendar
from bot.services.desk import Desk
from bot.services.messages.kinds import MessageKind
from bot.services.messages.wanting import to_person, want_all
from model.assessment.assessment import Assessment
from model.calendar.council_calendar import WorkingCalendar
from model.reminders.closing_date import closing_due
from model.reminders.occasions import Due, Occasion, Phase
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork

_log = logger(__name__)

_OCCASIONS = (Occasion(Phase.BEFORE, 1), Occasion(Phase.ON_THE_DAY))
# What is one working day before a date can be many days before it, but not as many as this.
_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class _Round:
    now: datetime
    calendar: WorkingCalendar
    zones: Mapping[str, tzinfo | None]
    otherwise: tzinfo

    async def due(self, work: UnitOfWork, assessment: Assessment, person: str) -> Due | None:
        """What a facilitator is to be told now; what there is a message for was told."""
        said = [
            each.key
            for each in _OCCASIONS
            if await work.messages.get(_message(assessment, person, each).key) is not None
        ]
        diary = await diary_of(work, self.calendar, person, self.zones.get(person) or self.otherwise)
        return closing_due(assessment, person, said, diary, self.now)


async def remind_of_closing(desk: Desk, workspace_id: str, now: datetime) -> int:
    """Put in the outbox what facilitators are to be told now; the answer is how many messages that are.

    Whoever is not in the channel of an assessment is told nothing of it.
    """
    async with desk.database.reading(workspace_id) as work:
        near = [each for each in await work.assessments.running() if _is_near(each.closing_date, now)]
        calendar = await working_calendar(work, desk.rules.nation)
    people = sorted({person for each in near for person in each.facilitators})
    known = {person: await desk.zones.zone_of(workspace_id, person) for person in people}
    this = _Round(now, calendar, known, desk.rules.zone)
    async with desk.database.reading(workspace_id) as work:
        found = [
            (each, person)
            for each in near
            for person in each.facilitators
            if await this.due(work, each, person) is not None
        ]
    _log.debug("closing_dates_looked_at", near=len(near), due=len(found))
    wanted = 0
    for assessment, person in found:
        if not await desk.membership.inside(workspace_id, assessment.channel_id, person):
            _log.debug("not_reminded", assessment=assessment.id, why="outside")
            continue
        async with desk.database.unit_of_work(workspace_id) as work:
            if await _remind(work, this, assessment.id, person):
                await work.commit()
                wanted += 1
    return wanted


def _is_near(closing_date: date | None, now: datetime) -> bool:
    return closing_date is not None and abs(closing_date - now.date()) < _AHEAD


async def _remind(work: UnitOfWork, this: _Round, assessment_id: str, person: str) -> bool:
    assessment = await work.assessments.lock(assessment_id)
    due = None if assessment is None else await this.due(work, assessment, person)
    if assessment is None or due is None:
        return False
    await want_all(work, [_message(assessment, person, due.occasion)], this.now)
    return True


def _message(assessment: Assessment, person: str, occasion: Occasion) -> WantedMessage:
    subject = f"{person}/{assessment.closing_date}/{occasion.key}"
    return to_person(person, MessageKind.CLOSING, assessment.id, subject)


@dataclass(frozen=True)
class ClosingMessage:
    """Whom a message is for, the closing date it is about, and whether it says so on that day."""

    person: str
    closing_date: date
    on_the_day: bool


def closing_message(subject: str) -> ClosingMessage:
    """Read a message back from its subject."""
    person, closing_date, occasion = subject.split("/")
    return ClosingMessage(
        person, date.fromisoformat(closing_date), occasion == Occasion(Phase.ON_THE_DAY).key
    )
