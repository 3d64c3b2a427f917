"""Nudging whoever has not voted: what is due is recorded and put in the outbox in one unit of work.

Each round asks `model.reminders.nudges` what is due now. What is found is looked at once more with the
assessment locked, so that a vote that came meanwhile, or another replica, is seen. What the message says is
decided when it is sent (`bot.services.reminders.nudge_contents`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.log import logger
from bot.services.asking import Asked
from bot.services.calendar.calendars import own_settings, working_calendar
from bot.services.desk import Desk, Rules
from bot.services.messages.kinds import MessageKind
from bot.services.messages.of_nudges import nudge_subject
from bot.services.messages.wanting import to_person, want_all
from bot.services.recording import existing, record_once
from model.assessment.assessment import Assessment
from model.calendar.council_calendar import WorkingCalendar
from model.calendar.settings import OwnSettings
from model.calendar.working_hours import Diary
from model.reminders.nudges import Nudge, due_nudges, waited_for
from storage.database import Database
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork

_log = logger(__name__)


@dataclass(frozen=True)
class _Round:
    """What one round goes by."""

    now: datetime
    rules: Rules
    calendar: WorkingCalendar
    zones: Mapping[str, tzinfo | None]

    async def due(
        self, work: UnitOfWork, assessment: Assessment, people: Iterable[str]
    ) -> dict[str, tuple[Nudge, ...]]:
        """Which of these people are to be told now, and of what.

        What somebody has set for themselves can only put off what is due, so it is read only for those for
        whom something is due without it.
        """
        given = await work.nudges.of_assessment(assessment.id)
        stopped = await work.nudges.stopped(assessment.id)
        found = {}
        for person in people:
            if person in stopped or not self._due(assessment, person, given, OwnSettings()):
                continue
            own = await own_settings(work, person)
            due = self._due(assessment, person, given, own) if own.nudges else ()
            if due:
                found[person] = due
        return found

    def _due(
        self, assessment: Assessment, person: str, given: Sequence[Nudge], own: OwnSettings
    ) -> tuple[Nudge, ...]:
        diary = Diary(self.calendar, self.zones.get(person) or self.rules.zone, own.away)
        return due_nudges(assessment, person, given, diary, self.rules.nudge_after, self.now)


async def nudge_the_missing(desk: Desk, workspace_id: str, now: datetime) -> int:
    """Put the nudges that are due in the outbox; the answer is how many messages that are.

    Whoever is not in the channel of an assessment is told nothing of it.
    """
    async with desk.database.reading(workspace_id) as work:
        running = [each for each in await work.assessments.running() if waited_for(each)]
        calendar = await working_calendar(work, desk.rules.nation)
    people = sorted({person for each in running for person in waited_for(each)})
    known = {person: await desk.zones.zone_of(workspace_id, person) for person in people}
    this = _Round(now, desk.rules, calendar, known)
    async with desk.database.reading(workspace_id) as work:
        found = [
            (each, person) for each in running for person in await this.due(work, each, waited_for(each))
        ]
    _log.debug("nudges_looked_at", people=len(people), due=len(found))
    wanted = 0
    for assessment, person in found:
        if not await desk.membership.inside(workspace_id, assessment.channel_id, person):
            _log.debug("not_nudged", assessment=assessment.id, why="outside")
            continue
        async with desk.database.unit_of_work(workspace_id) as work:
            if await _nudge(work, this, assessment.id, person):
                await work.commit()
                wanted += 1
    return wanted


async def _nudge(work: UnitOfWork, this: _Round, assessment_id: str, person: str) -> bool:
    assessment = await work.assessments.lock(assessment_id)
    if assessment is None:
        return False
    due = (await this.due(work, assessment, [person])).get(person)
    if due is None:
        return False
    await work.nudges.add(assessment_id, due)
    await want_all(work, [nudge_message(assessment_id, person, due[0].batch)], this.now)
    return True


def nudge_message(assessment_id: str, person: str, batch: int) -> WantedMessage:
    """The message to somebody; `nudged_by` reads its subject back."""
    return to_person(person, MessageKind.NUDGE, assessment_id, nudge_subject(person, batch))


def nudged_by(subject: str) -> tuple[str, int]:
    """Whom a message is for, and which of those to them it is."""
    person, _, batch = subject.partition("/")
    return person, int(batch)


@dataclass(frozen=True)
class NudgesSwitched:
    """Whether somebody is nudged about an assessment, and whether that was so before."""

    assessment: Assessment
    wanted: bool
    changed: bool


async def switch_nudges(
    database: Database, asked: Asked, assessment_id: str, *, wanted: bool
) -> NudgesSwitched | None:
    """Switch the nudges of one assessment off or on for whoever asks; None when this was handled before.

    Raises:
        NoSuchAssessment: there is none with this id.
    """

    async def switch(work: UnitOfWork) -> NudgesSwitched:
        assessment = await existing(work, assessment_id)
        if wanted:
            changed = await work.nudges.allow(assessment_id, asked.person)
        else:
            changed = await work.nudges.stop(assessment_id, asked.person, asked.at)
        if changed:
            await _draw_anew(work, asked, assessment_id)
        return NudgesSwitched(assessment, wanted, changed)

    return await record_once(database, asked, switch)


async def _draw_anew(work: UnitOfWork, asked: Asked, assessment_id: str) -> None:
    """Every nudge that this person was sent about it says what holds now."""
    batches = {
        each.batch for each in await work.nudges.of_assessment(assessment_id) if each.person == asked.person
    }
    messages = [nudge_message(assessment_id, asked.person, batch) for batch in sorted(batches)]
    rows = {row.key: row for row in await work.messages.of_assessment(assessment_id)}
    sent = [each for each in messages if each.key in rows and rows[each.key].ts is not None]
    await want_all(work, sent, asked.at)
