"""Reading whole plans: one query a table, however many plans are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import RowMapping

from model.plan.plan import Milestone, Plan, PlanItem
from storage.engine.selecting import Rows, RowsOfAssessments, of_assessments
from storage.plans.rows import DISMISSAL, ITEM, MILESTONE, OWNER, PLAN, SNOOZE, TARGET
from storage.tables import (
    dismissal,
    milestone,
    milestone_snooze,
    plan_item,
    plan_item_owner,
    target,
)

_Key = tuple[str, str]

_TARGETS = of_assessments(target, "position")
_ITEMS = of_assessments(plan_item, "position")
_OWNERS = of_assessments(plan_item_owner, "position")
_MILESTONES = of_assessments(milestone, "id")
_SNOOZES = of_assessments(milestone_snooze, "person")
_DISMISSALS = of_assessments(dismissal, "position")


class PlanLoader(RowsOfAssessments):
    """Puts the plans of one workspace together from their rows."""

    async def load(self, query: Rows) -> list[Plan]:
        """Read what a query over plans with their channels finds, in its order."""
        found = (await self._transaction.execute(query)).mappings().all()
        if not found:
            return []
        ids = [row["assessment_id"] for row in found]
        targets = _by(await self._rows(_TARGETS, ids), "assessment_id")
        dismissed = _by(await self._rows(_DISMISSALS, ids), "assessment_id")
        items = await self._items(ids)
        return [
            PLAN.from_row(
                row,
                channel_id=row["channel_id"],
                targets=tuple(map(TARGET.from_row, targets[id_, ""])),
                items=tuple(items[id_]),
                dismissed=tuple(map(DISMISSAL.from_row, dismissed[id_, ""])),
            )
            for row in found
            for id_ in [row["assessment_id"]]
        ]

    async def _items(self, ids: Sequence[str]) -> defaultdict[str, list[PlanItem]]:
        owners = _by(await self._rows(_OWNERS, ids), "item_id")
        milestones = await self._milestones(ids)
        items: defaultdict[str, list[PlanItem]] = defaultdict(list)
        for row in await self._rows(_ITEMS, ids):
            key = (row["assessment_id"], row["id"])
            item = ITEM.from_row(row, owned=tuple(map(OWNER.from_row, owners[key])))
            items[row["assessment_id"]].append(item.with_milestones(*milestones[key]))
        return items

    async def _milestones(self, ids: Sequence[str]) -> defaultdict[_Key, list[Milestone]]:
        snoozes = _by(await self._rows(_SNOOZES, ids), "milestone_id")
        milestones: defaultdict[_Key, list[Milestone]] = defaultdict(list)
        for row in await self._rows(_MILESTONES, ids):
            key = (row["assessment_id"], row["id"])
            read = MILESTONE.from_row(row, snoozes=tuple(map(SNOOZE.from_row, snoozes[key])))
            milestones[row["assessment_id"], row["item_id"]].append(read)
        return milestones


def _by(rows: Iterable[RowMapping], column: str) -> defaultdict[_Key, list[RowMapping]]:
    """Rows by the assessment and the column that tells whose they are in it."""
    found: defaultdict[_Key, list[RowMapping]] = defaultdict(list)
    for row in rows:
        found[row["assessment_id"], "" if column == "assessment_id" else row[column]].append(row)
    return found
