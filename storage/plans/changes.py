"""Writing the difference between two states of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, delete, insert, update

from model.plan.history import PlanEntry
from model.plan.plan import Milestone, Plan, PlanItem
from storage.engine.transaction import Transaction
from storage.mapping import Row
from storage.plans.rows import DISMISSAL, ENTRY, ITEM, MILESTONE, OWNER, PLAN, SNOOZE, TARGET
from storage.tables import (
    dismissal,
    milestone,
    milestone_snooze,
    plan,
    plan_history,
    plan_item,
    plan_item_owner,
    target,
)


class PlanWriter:
    """Writes the rows of one plan."""

    def __init__(self, transaction: Transaction, workspace_id: str, assessment_id: str) -> None:
        """Bind to a transaction, a workspace and the assessment whose plan it is."""
        self._transaction = transaction
        self._owner = {"workspace_id": workspace_id, "assessment_id": assessment_id}

    async def change(self, before: Plan, after: Plan) -> None:
        """Write what differs.

        Raises:
            ValueError: It is the plan of another assessment, or an item or milestone is missing.
        """
        if (before.assessment_id, before.channel_id) != (after.assessment_id, after.channel_id):
            raise ValueError("A plan keeps its assessment.")
        await self._update(plan, {}, PLAN.to_row(before), PLAN.to_row(after))
        await self._rewrite(
            target, TARGET.to_rows_in_order(before.targets), TARGET.to_rows_in_order(after.targets)
        )
        await self._rewrite(
            dismissal,
            DISMISSAL.to_rows_in_order(before.dismissed),
            DISMISSAL.to_rows_in_order(after.dismissed),
        )
        if [each.id for each in before.items] != [each.id for each in after.items[: len(before.items)]]:
            raise ValueError("The items of a plan stay, in their order.")
        for old, new in zip(before.items, after.items, strict=False):
            if old is not new:
                await self._change_item(old, new)
        for position, fresh in enumerate(after.items[len(before.items) :], len(before.items)):
            await self._insert(plan_item, [ITEM.to_row(fresh, position=position)])
            await self._insert(plan_item_owner, _owner_rows(fresh))
            await self._add_milestones(fresh, fresh.milestones)

    async def note(self, entries: Sequence[PlanEntry]) -> None:
        """Add to the history."""
        await self._insert(plan_history, ENTRY.to_rows(entries))

    async def _change_item(self, before: PlanItem, after: PlanItem) -> None:
        await self._update(plan_item, {"id": after.id}, ITEM.to_row(before), ITEM.to_row(after))
        of_item = {"item_id": after.id}
        await self._rewrite(plan_item_owner, _owner_rows(before), _owner_rows(after), of_item)
        known = {each.id: each for each in before.milestones}
        if not known.keys() <= {each.id for each in after.milestones}:
            raise ValueError("The milestones of an item stay.")
        for each in after.milestones:
            if each.id in known and known[each.id] != each:
                await self._change_milestone(known[each.id], each)
        await self._add_milestones(after, [each for each in after.milestones if each.id not in known])
        await self._say_anew(after)

    async def _say_anew(self, item: PlanItem) -> None:
        """Whatever was changed, something may have to be said again of its milestones."""
        where = self._rows_of(milestone, {"item_id": item.id})
        said = update(milestone).where(*where, milestone.c.all_said.is_not(None))
        await self._transaction.execute(said.values(all_said=None))

    async def _change_milestone(self, before: Milestone, after: Milestone) -> None:
        where = {"id": after.id}
        await self._update(milestone, where, MILESTONE.to_row(before), MILESTONE.to_row(after))
        of_milestone = {"milestone_id": after.id}
        await self._rewrite(milestone_snooze, _snooze_rows(before), _snooze_rows(after), of_milestone)

    async def _add_milestones(self, item: PlanItem, fresh: Sequence[Milestone]) -> None:
        await self._insert(milestone, MILESTONE.to_rows(fresh, item_id=item.id))
        await self._insert(milestone_snooze, [row for each in fresh for row in _snooze_rows(each)])

    async def _insert(self, table: Table, rows: Sequence[Row]) -> None:
        if rows:
            await self._transaction.execute(insert(table), [{**self._owner, **row} for row in rows])

    async def _update(self, table: Table, where: Mapping[str, Any], before: Row, after: Row) -> None:
        changed = {name: value for name, value in after.items() if value != before[name]}
        if changed:
            statement = update(table).where(*self._rows_of(table, where)).values(**changed)
            await self._transaction.execute(statement)

    async def _rewrite(
        self,
        table: Table,
        before: Sequence[Row],
        after: Sequence[Row],
        where: Mapping[str, Any] | None = None,
    ) -> None:
        """Put a short list in place of its earlier self."""
        if before != after:
            await self._transaction.execute(delete(table).where(*self._rows_of(table, where or {})))
            await self._insert(table, after)

    def _rows_of(self, table: Table, where: Mapping[str, Any]) -> list[Any]:
        return [table.c[name] == value for name, value in {**self._owner, **where}.items()]


def _owner_rows(item: PlanItem) -> list[Row]:
    return OWNER.to_rows_in_order(item.owned, item_id=item.id)


def _snooze_rows(milestone_: Milestone) -> list[Row]:
    return SNOOZE.to_rows(milestone_.snoozes, milestone_id=milestone_.id)
