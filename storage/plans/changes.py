"""Writing the difference between two states of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from model.plan.history import PlanEntry
from model.plan.plan import Milestone, Plan, PlanItem
from storage.engine.row_writer import RowWriter
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


class PlanWriter(RowWriter):
    """Writes the rows of one plan."""

    async def change(self, before: Plan, after: Plan) -> None:
        """Write what differs.

        Raises:
            ValueError: It is the plan of another assessment, or an item or milestone is missing.
        """
        if (before.assessment_id, before.channel_id) != (after.assessment_id, after.channel_id):
            raise ValueError("A plan keeps its assessment.")
        await self.update(plan, PLAN.to_row(before), PLAN.to_row(after))
        await self.rewrite(
            target, TARGET.to_rows_in_order(before.targets), TARGET.to_rows_in_order(after.targets)
        )
        await self.rewrite(
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
            await self.insert(plan_item, [ITEM.to_row(fresh, position=position)])
            await self.insert(plan_item_owner, _owner_rows(fresh))
            await self._add_milestones(fresh, fresh.milestones)

    async def note(self, entries: Sequence[PlanEntry]) -> None:
        """Add to the history."""
        await self.insert(plan_history, ENTRY.to_rows(entries))

    async def _change_item(self, before: PlanItem, after: PlanItem) -> None:
        await self.update(plan_item, ITEM.to_row(before), ITEM.to_row(after), id=after.id)
        owners = _owner_rows(before), _owner_rows(after)
        await self.rewrite(plan_item_owner, *owners, item_id=after.id)
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
        where = self.those(milestone, item_id=item.id)
        said = update(milestone).where(*where, milestone.c.all_said.is_not(None))
        await self._transaction.execute(said.values(all_said=None))

    async def _change_milestone(self, before: Milestone, after: Milestone) -> None:
        await self.update(milestone, MILESTONE.to_row(before), MILESTONE.to_row(after), id=after.id)
        snoozes = _snooze_rows(before), _snooze_rows(after)
        await self.rewrite(milestone_snooze, *snoozes, milestone_id=after.id)

    async def _add_milestones(self, item: PlanItem, fresh: Sequence[Milestone]) -> None:
        await self.insert(milestone, MILESTONE.to_rows(fresh, item_id=item.id))
        await self.insert(milestone_snooze, [row for each in fresh for row in _snooze_rows(each)])


def _owner_rows(item: PlanItem) -> list[Row]:
    return OWNER.to_rows_in_order(item.owned, item_id=item.id)


def _snooze_rows(milestone_: Milestone) -> list[Row]:
    return SNOOZE.to_rows(milestone_.snoozes, milestone_id=milestone_.id)
