"""The plans of the assessments of one workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, exists, or_, select

from model.assessment.assessment import AssessmentState
from model.plan.history import PlanEntry
from model.plan.plan import ItemStatus, Milestone, Plan, PlanItem, Worked
from storage.engine.inserting import insert_new
from storage.engine.repository import Repository
from storage.engine.selecting import Rows
from storage.engine.transaction import Transaction
from storage.plans.changes import PlanWriter
from storage.plans.loading import PlanLoader
from storage.plans.rows import ENTRY, PLAN
from storage.tables import assessment, plan, plan_history, plan_item, plan_item_owner


@dataclass(frozen=True)
class OpenMilestone:
    """An open milestone of an item under way, with the item and the plan that it is in."""

    plan: Plan
    item: PlanItem
    milestone: Milestone


class PlanRepository(Repository):
    """The plans of one workspace.

    Whoever locks both an assessment and its plan locks the assessment first.
    """

    def __init__(self, transaction: Transaction, workspace_id: str) -> None:
        """Bind to a transaction and a workspace."""
        super().__init__(transaction, workspace_id)
        self._loader = PlanLoader(transaction, workspace_id)
        self._locked: set[str] = set()

    async def get(self, assessment_id: str) -> Plan | None:
        """The plan of an assessment, to read; None while nothing was ever planned."""
        return await self._one(self._plans(plan.c.assessment_id == assessment_id))

    async def lock(self, assessment_id: str) -> Plan | None:
        """The plan of an assessment, to change, made when it is missing; None without the assessment.

        Nobody else changes it until this unit of work ends.
        """
        self._transaction.must_write()
        channel = select(assessment.c.channel_id).where(
            assessment.c.workspace_id == self._workspace_id, assessment.c.id == assessment_id
        )
        channel_id = (await self._transaction.execute(channel)).scalar_one_or_none()
        if channel_id is None:
            return None
        empty = PLAN.to_row(Plan(assessment_id, channel_id), workspace_id=self._workspace_id)
        await self._transaction.execute(insert_new(self._transaction, plan, empty))
        query = self._plans(plan.c.assessment_id == assessment_id).with_for_update(of=plan)
        found = await self._one(query)
        self._locked.add(assessment_id)
        return found

    async def save(self, before: Plan, after: Plan, entries: Sequence[PlanEntry]) -> None:
        """Write what differs between two states, and add to the history.

        `before` is what `lock` gave in the same unit of work, or what was last saved in it.

        Raises:
            RuntimeError: The plan was not locked in this unit of work.
            ValueError: Something differs that never changes, or an item or milestone is missing.
        """
        self._transaction.must_write()
        if before.assessment_id not in self._locked:
            raise RuntimeError("A plan is locked before it is saved.")
        writer = PlanWriter(
            self._transaction, workspace_id=self._workspace_id, assessment_id=before.assessment_id
        )
        await writer.change(before, after)
        await writer.note(entries)

    async def history(self, assessment_id: str, item_id: str | None = None) -> list[PlanEntry]:
        """What happened to a plan, or to one item of it, in the order in which it happened."""
        query = select(plan_history).where(
            plan_history.c.workspace_id == self._workspace_id,
            plan_history.c.assessment_id == assessment_id,
        )
        if item_id is not None:
            query = query.where(plan_history.c.item_id == item_id)
        rows = (await self._transaction.execute(query.order_by(plan_history.c.id))).mappings()
        return [ENTRY.from_row(row) for row in rows]

    async def all(self) -> list[Plan]:
        """Every plan of the workspace whose assessment was not cancelled, by its assessment's id."""
        return await self._loader.load(self._standing())

    async def of_channel(self, channel_id: str) -> list[Plan]:
        """The plans of a channel, that of the assessment started last in front; none that were cancelled."""
        query = self._standing(assessment.c.channel_id == channel_id)
        return await self._loader.load(
            query.order_by(None).order_by(assessment.c.started_at.desc(), assessment.c.id)
        )

    async def open_milestones_of(self, person: str) -> list[OpenMilestone]:
        """The open milestones of the items under way that somebody owns or sponsors, by date."""
        owns = exists().where(*_same_plan(plan_item_owner), plan_item_owner.c.person == person)
        sponsors = exists().where(*_same_plan(plan_item), plan_item.c.sponsor == person)
        found = _opened(await self._loader.load(self._standing(or_(owns, sponsors))))
        return [each for each in found if person in (*each.item.owners, each.item.sponsor)]

    async def with_proposed_items(self) -> list[Plan]:
        """The plans in which an item is only proposed, by assessment."""
        proposed = exists().where(*_same_plan(plan_item), plan_item.c.status == ItemStatus.PROPOSED.value)
        return await self._loader.load(self._standing(proposed))

    async def with_items_to_judge(self) -> list[Plan]:
        """The plans in which an item is done and nobody has said yet whether it worked, by assessment."""
        unsaid = or_(plan_item.c.worked.is_(None), plan_item.c.worked == Worked.TOO_EARLY.value)
        done = plan_item.c.status == ItemStatus.DONE.value
        return await self._loader.load(self._standing(exists().where(*_same_plan(plan_item), done, unsaid)))

    async def taken_from_action(self, action_id: str) -> list[tuple[Plan, PlanItem]]:
        """Every item of the workspace that was made from a library action, by assessment and place."""
        made = exists().where(*_same_plan(plan_item), plan_item.c.action_id == action_id)
        plans = await self._loader.load(self._standing(made))
        return [(each, item) for each in plans for item in each.items if item.action_id == action_id]

    def _plans(self, *conditions: ColumnElement[bool]) -> Rows:
        return (
            select(plan, assessment.c.channel_id)
            .join(assessment)
            .where(plan.c.workspace_id == self._workspace_id, *conditions)
            .order_by(plan.c.assessment_id)
        )

    def _standing(self, *conditions: ColumnElement[bool]) -> Rows:
        return self._plans(assessment.c.state != AssessmentState.CANCELLED.value, *conditions)

    async def _one(self, query: Rows) -> Plan | None:
        return next(iter(await self._loader.load(query)), None)


def _same_plan(table: Table) -> tuple[ColumnElement[bool], ...]:
    columns = table.c
    return (
        columns.workspace_id == plan.c.workspace_id,
        columns.assessment_id == plan.c.assessment_id,
    )


def _opened(plans: Sequence[Plan]) -> list[OpenMilestone]:
    found = [OpenMilestone(each, item, one) for each in plans for item, one in each.milestones]
    return sorted(found, key=lambda each: (each.milestone.due, each.plan.assessment_id, each.milestone.id))
