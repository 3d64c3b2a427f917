"""Reading whole plans: one query a table, however many plans are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import RowMapping, Select, Table, bindparam, select

from model.plan.plan import Milestone, Plan, PlanItem
from storage.engine.transaction import Transaction
from storage.plans.rows import DISMISSAL, ITEM, MILESTONE, OWNER, PLAN, SNOOZE, TARGET
from storage.tables import (
    dismissal,
    milestone,
    milestone_snooze,
    plan_item,
    plan_item_owner,
    target,
)

Rows = Select[*tuple[Any, ...]]
_Key = tuple[str, str]


def _of_plans(table: Table, order: str) -> Rows:
    return (
        select(table)
        .where(
            table.c.workspace_id == bindparam("workspace"),
            table.c.assessment_id.in_(bindparam("ids", expanding=True)),
        )
        .order_by(table.c[order])
    )


_TARGETS = _of_plans(target, "position")
_ITEMS = _of_plans(plan_item, "position")
_OWNERS = _of_plans(plan_item_owner, "position")
_MILESTONES = _of_plans(milestone, "id")
_SNOOZES = _of_plans(milestone_snooze, "person")
_DISMISSALS = _of_plans(dismissal, "position")


class PlanLoader:
    """Puts the plans of one workspace together from their rows."""

    def __init__(self, transaction: Transaction, workspace_id: str) -> None:
        """Bind to a transaction and a workspace."""
        self._transaction = transaction
        self._workspace_id = workspace_id

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

    async def _rows(self, query: Rows, ids: Sequence[str]) -> Sequence[RowMapping]:
        values = {"workspace": self._workspace_id, "ids": ids}
        return (await self._transaction.execute(query, values)).mappings().all()


def _by(rows: Iterable[RowMapping], column: str) -> defaultdict[_Key, list[RowMapping]]:
    """Rows by the assessment and the column that tells whose they are in it."""
    found: defaultdict[_Key, list[RowMapping]] = defaultdict(list)
    for row in rows:
        found[row["assessment_id"], "" if column == "assessment_id" else row[column]].append(row)
    return found
