"""What a reminder says, from the state as it is now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.services.calendar.calendars import own_settings, working_calendar
from bot.services.desk import Desk
from bot.services.messages.addresses import message_address
from bot.services.messages.kinds import MessageKind, key_of
from model.assessment.assessment import Assessment
from model.calendar.working_hours import Diary
from model.errors import UnknownMilestone
from model.plan.plan import Plan
from model.reminders.occasions import snooze_ends
from model.reminders.schedule import LATE_AFTER
from model.reminders.standing import Remark, Standing, how_it_stands, what_did_it
from storage.plans.reminders import Spent
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Reminded:
    """What one message is about.

    Attributes:
        remarks: The milestones as they stand now, by date.
        diary: The days and hours of whoever gets it.
        wanted: Whether they want reminders at all.
        addresses: Assessment id to the address of its plan, or of its board while there is no plan message.
    """

    remarks: tuple[Remark, ...]
    diary: Diary
    wanted: bool
    addresses: dict[str, str]

    def worth_sending(self, person: str, today: date) -> tuple[Remark, ...]:
        """What is to be said to somebody who has not got the message yet."""
        return tuple(each for each in self.remarks if each.open and each.snoozed_until(person, today) is None)


async def said_by(
    desk: Desk, workspace_id: str, message_key: str, person: str, zone: tzinfo | None
) -> Reminded:
    """Read what a message to somebody in this zone is about."""
    async with desk.database.reading(workspace_id) as work:
        rows = await work.reminders.of_message(message_key)
        known = {each: await _known(work, each) for each in sorted({row.assessment_id for row in rows})}
        ended = await _ended_snoozes(work, rows, person)
        remarks = [each for row in rows if (each := await _remark(work, row, known, ended)) is not None]
        addresses = {each: await plan_address(work, each) for each in known}
        own = await own_settings(work, person)
        calendar = await working_calendar(work, desk.rules.nation)
    return Reminded(
        tuple(remarks),
        Diary(calendar, zone or desk.rules.zone, own.away),
        own.reminders,
        {each: address for each, address in addresses.items() if address is not None},
    )


_Known = tuple[Plan | None, Assessment | None]


async def _known(work: UnitOfWork, assessment_id: str) -> _Known:
    return await work.plans.get(assessment_id), await work.assessments.get(assessment_id)


_Snoozed = tuple[str, str, str]
"""An assessment, a milestone, and the occasion that ends a snooze of it."""


async def _ended_snoozes(work: UnitOfWork, rows: Iterable[Spent], person: str) -> frozenset[_Snoozed]:
    """What a person has been told of these milestones since, among it the ends of their snoozes."""
    said = await work.reminders.spent(row.milestone_id for row in rows)
    return frozenset(
        (each.assessment_id, each.milestone_id, each.occasion) for each in said if each.person == person
    )


async def _remark(
    work: UnitOfWork, row: Spent, known: dict[str, _Known], ended: frozenset[_Snoozed]
) -> Remark | None:
    plan, assessment = known[row.assessment_id]
    if plan is None or assessment is None:
        return None
    try:
        item = plan.item_of(row.milestone_id)
    except UnknownMilestone:
        return None
    milestone = item.milestone(row.milestone_id)
    until = milestone.snoozed_until(row.person)
    standing = how_it_stands(assessment, item, milestone, row.due, row.about)
    if standing is Standing.OPEN and row.person != row.about and row.person not in assessment.facilitators:
        standing = Standing.GIVEN_AWAY
    entry = None
    if standing is not Standing.OPEN:
        entry = what_did_it(standing, milestone.id, await work.plans.history(row.assessment_id, item.id))
    return Remark(
        assessment=assessment,
        item=item,
        milestone=milestone,
        due=row.due,
        planned_at=row.planned_at,
        about=row.about,
        cause=row.cause,
        standing=standing,
        by=None if entry is None else entry.by,
        at=None if entry is None else entry.at,
        told_again=until is not None
        and (row.assessment_id, row.milestone_id, snooze_ends(until).key) in ended,
    )


async def plan_address(work: UnitOfWork, assessment_id: str) -> str | None:
    """The address of the message with a plan, or of the board while there is none."""
    installation = await work.installation.get()
    if installation is None or not installation.address:
        return None
    for kind in (MessageKind.PLAN, MessageKind.BOARD):
        row = await work.messages.get(key_of(kind, assessment_id))
        if row is not None and row.ts is not None:
            return message_address(installation.address, row.channel_id, row.ts)
    return None


def came_late(remarks: Iterable[Remark], at: datetime) -> datetime | None:
    """When what is sent at a moment should have come, where that is so long ago that it is to be said.

    Of what is settled it is said no more.
    """
    late = (each.planned_at for each in remarks if each.open and at - each.planned_at > LATE_AFTER)
    return min(late, default=None)
