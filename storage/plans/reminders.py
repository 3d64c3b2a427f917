"""Whom the open milestones of one workspace concern, and what was said to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, tuple_, update

from model.assessment.assessment import AssessmentState, Role
from model.plan.history import PlanEntry, PlanHappened
from model.plan.plan import UNDER_WAY, MilestoneState
from storage.engine.inserting import insert_new
from storage.engine.repository import Repository
from storage.mapping import RecordMapping
from storage.plans.rows import ENTRY
from storage.tables import (
    assessment,
    milestone,
    milestone_snooze,
    participant,
    plan_history,
    plan_item,
    plan_item_owner,
    reminder,
)

# Both engines take some 32,000 values in one statement.
_AT_A_TIME = 1_000
_TURNS = (
    PlanHappened.STATUS_SET,
    PlanHappened.OWNERS_CHANGED,
    PlanHappened.HANDED_OVER,
    PlanHappened.SPONSOR_CHANGED,
    PlanHappened.MILESTONE_REOPENED,
)

Item = tuple[str, str]
"""An assessment's id, and that of an item of its plan."""


@dataclass(frozen=True)
class Concern:
    """An open milestone of an item under way, and somebody whom it concerns.

    Attributes:
        in_place: Whether they stand in for the owner: nobody owns the item, so that it concerns its sponsor,
            and without one the facilitators.
        since: When they got it with this date, as far as item and milestone tell; the history may tell later.
        changed_at: When anything of the item changed last; a snooze is no change.
        snoozed_until: The date before which they want to hear nothing of it.
    """

    assessment_id: str
    channel_id: str
    item_id: str
    milestone_id: str
    person: str
    in_place: bool
    due: date
    since: datetime
    changed_at: datetime
    snoozed_until: date | None

    @property
    def item(self) -> Item:
        """The item, as `ReminderRepository.turns` asks for it."""
        return self.assessment_id, self.item_id

    @property
    def milestone(self) -> tuple[str, str]:
        """The milestone, with its assessment."""
        return self.assessment_id, self.milestone_id


@dataclass(frozen=True)
class Spent:
    """Something that was said to somebody about a milestone, or is not to be said any more.

    Attributes:
        person: To whom.
        since: When they, or whoever it is about, got it with this date.
        occasion: What it was about, with whatever else tells it from what was said to them besides.
        about: The owner it is about; the person themselves unless it was passed on; empty for all owners.
        cause: Why it was said, such as `due`.
        planned_at: When it should have been said.
        message_key: The message that says it; None where it was settled by another, or not to be said.
    """

    assessment_id: str
    milestone_id: str
    person: str
    since: datetime
    occasion: str
    due: date
    about: str
    cause: str
    planned_at: datetime
    spent_at: datetime
    message_key: str | None


_CONCERN = RecordMapping(Concern)
_SPENT = RecordMapping(Spent)


class ReminderRepository(Repository):
    """What was said about the milestones of one workspace, and to whom it can be said."""

    async def concerns(
        self, *, until: date, handed_over: str, last: str, assessments: Collection[str] | None = None
    ) -> list[Concern]:
        """Whom the milestones concern that are due by a date, by date, assessment, milestone and person.

        Args:
            until: The last due date that is asked for.
            handed_over: The occasion at which the milestone is handed over.
            last: The last occasion for the person themselves, which comes after the other where they were
                away. Who has had both is left out, unless they have snoozed it, or the item was changed
                since it was handed over.
            assessments: Only the milestones of these.
        """
        query = _CONCERNS.where(
            milestone.c.workspace_id == self._workspace_id,
            milestone.c.due <= until,
            # In the index, so that what is over costs no look into any table.
            milestone.c.all_said.is_distinct_from(last),
            # Whoever has snoozed it since wants to hear of it all the same.
            ~_over(handed_over, last) | milestone_snooze.c.until.is_not(None),
        )
        if assessments is not None:
            query = query.where(milestone.c.assessment_id.in_(sorted(assessments)))
        rows = (await self._transaction.execute(query)).mappings()
        return [_CONCERN.from_row(row) for row in rows]

    async def note_all_said(self, assessments: Collection[str], *, handed_over: str, last: str) -> None:
        """Note of which open milestones `concerns` has nobody any more, so that they are not read again.

        Whatever changes their items takes that back. It is not noted of what concerns the facilitators in
        place of an owner: others may become that, which is no change of the item.

        Args:
            assessments: Whose plans; nobody else changes them in this transaction.
            handed_over: As for `concerns`.
            last: As for `concerns`.
        """
        self._transaction.must_write()
        left = await self.concerns(
            until=date.max, handed_over=handed_over, last=last, assessments=assessments
        )
        concerning = {each.milestone for each in left}
        query = _HANDED_OVER.where(
            milestone.c.workspace_id == self._workspace_id,
            milestone.c.assessment_id.in_(sorted(assessments)),
            reminder.c.occasion == handed_over,
        )
        found = [tuple(row) for row in await self._transaction.execute(query)]
        for part in _parts([each for each in found if each not in concerning]):
            where = tuple_(milestone.c.assessment_id, milestone.c.id).in_(part)
            statement = update(milestone).where(milestone.c.workspace_id == self._workspace_id, where)
            await self._transaction.execute(statement.values(all_said=last))

    async def turns(self, items: Iterable[Item]) -> dict[Item, list[PlanEntry]]:
        """What in the history of these items may have made them somebody's anew."""
        wanted = sorted(set(items))
        found: dict[Item, list[PlanEntry]] = {each: [] for each in wanted}
        for part in _parts(wanted):
            query = (
                select(plan_history)
                .where(
                    plan_history.c.workspace_id == self._workspace_id,
                    plan_history.c.assessment_id.in_({each for each, _ in part}),
                    plan_history.c.item_id.in_({each for _, each in part}),
                    plan_history.c.what.in_([each.value for each in _TURNS]),
                )
                .order_by(plan_history.c.id)
            )
            for row in (await self._transaction.execute(query)).mappings():
                found.setdefault((row["assessment_id"], row["item_id"]), []).append(ENTRY.from_row(row))
        return found

    async def spent(self, milestones: Iterable[str]) -> list[Spent]:
        """All that was said about these milestones, in no particular order."""
        found: list[Spent] = []
        for part in _parts(sorted(set(milestones))):
            found += await self._find(reminder.c.milestone_id.in_(part))
        return found

    async def of_message(self, message_key: str) -> list[Spent]:
        """What a message says, by due date, milestone and occasion."""
        found = await self._find(reminder.c.message_key == message_key)
        return sorted(found, key=lambda each: (each.due, each.milestone_id, each.occasion))

    async def messages_of(self, assessment_id: str) -> set[str]:
        """The keys of the messages that say anything about the milestones of an assessment."""
        found = await self._find(
            (reminder.c.assessment_id == assessment_id) & reminder.c.message_key.is_not(None)
        )
        return {each.message_key for each in found if each.message_key is not None}

    async def spend(self, spent: Sequence[Spent]) -> list[Spent]:
        """Record what is being said; the answer is what nobody had recorded before."""
        self._transaction.must_write()
        added: list[Spent] = []
        for part in _parts(spent):
            rows = _SPENT.to_rows(part, workspace_id=self._workspace_id)
            statement = insert_new(self._transaction, reminder, rows).returning(reminder)
            added += [_SPENT.from_row(row) for row in (await self._transaction.execute(statement)).mappings()]
        return added

    async def _find(self, condition: ColumnElement[bool]) -> list[Spent]:
        query = select(reminder).where(reminder.c.workspace_id == self._workspace_id, condition)
        return [_SPENT.from_row(row) for row in (await self._transaction.execute(query)).mappings()]


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + _AT_A_TIME] for start in range(0, len(items), _AT_A_TIME))


_owner, _stand_in = plan_item_owner, participant
# Owners; where there are none, the sponsor; where there is none either, the facilitators.
_PERSON = func.coalesce(_owner.c.person, plan_item.c.sponsor, _stand_in.c.person)
_SINCE = case((_owner.c.since > milestone.c.due_set_at, _owner.c.since), else_=milestone.c.due_set_at)


def _same(table: Any, **columns: ColumnElement[Any]) -> ColumnElement[bool]:
    """The rows of a table that belong to a milestone's assessment, with these columns the same besides."""
    return and_(
        table.c.workspace_id == milestone.c.workspace_id,
        table.c.assessment_id == milestone.c.assessment_id,
        *(table.c[name] == column for name, column in columns.items()),
    )


def _over(handed_over: str, last: str) -> ColumnElement[bool]:
    """Whether a person has had the last of the reminders, and the item is as it was when handed over."""
    own = reminder.alias()
    return (
        exists()
        .where(_same(reminder, milestone_id=milestone.c.id), reminder.c.person == _PERSON)
        .where(reminder.c.occasion == handed_over, reminder.c.spent_at >= plan_item.c.changed_at)
        .where(_same(own, milestone_id=milestone.c.id, person=_PERSON, since=reminder.c.since))
        .where(own.c.occasion == last)
        .correlate(milestone, plan_item, _owner, _stand_in)
    )


_CONCERNS = (
    select(
        milestone.c.assessment_id,
        assessment.c.channel_id,
        milestone.c.item_id,
        milestone.c.id.label("milestone_id"),
        _PERSON.label("person"),
        _owner.c.person.is_(None).label("in_place"),
        milestone.c.due,
        _SINCE.label("since"),
        plan_item.c.changed_at,
        milestone_snooze.c.until.label("snoozed_until"),
    )
    .select_from(
        milestone.join(plan_item, _same(plan_item, id=milestone.c.item_id))
        .join(
            assessment,
            (assessment.c.workspace_id == milestone.c.workspace_id)
            & (assessment.c.id == milestone.c.assessment_id),
        )
        .outerjoin(_owner, _same(_owner, item_id=milestone.c.item_id))
        .outerjoin(
            _stand_in,
            _same(_stand_in)
            & _owner.c.person.is_(None)
            & plan_item.c.sponsor.is_(None)
            & (_stand_in.c.role == Role.FACILITATOR.value)
            & _stand_in.c.left_at.is_(None),
        )
        .outerjoin(milestone_snooze, _same(milestone_snooze, milestone_id=milestone.c.id, person=_PERSON))
    )
    .where(
        milestone.c.state == MilestoneState.OPEN.value,
        plan_item.c.status.in_(sorted(each.value for each in UNDER_WAY)),
        assessment.c.state != AssessmentState.CANCELLED.value,
        _PERSON.is_not(None),
    )
    .order_by(milestone.c.due, milestone.c.assessment_id, milestone.c.id, _PERSON)
)

_HANDED_OVER = (
    select(milestone.c.assessment_id, milestone.c.id)
    .distinct()
    .select_from(
        milestone.join(plan_item, _same(plan_item, id=milestone.c.item_id)).join(
            reminder, _same(reminder, milestone_id=milestone.c.id)
        )
    )
    .where(
        milestone.c.state == MilestoneState.OPEN.value,
        milestone.c.all_said.is_(None),
        or_(plan_item.c.sponsor.is_not(None), exists().where(_same(_owner, item_id=milestone.c.item_id))),
    )
    .order_by(milestone.c.assessment_id, milestone.c.id)
)
