"""Queries that more than one repository makes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, Select, Table, bindparam, select

from storage.engine.repository import Repository

Rows = Select[*tuple[Any, ...]]


def of_assessments(table: Table, order: str) -> Rows:
    """The rows of a table that belong to some assessments, by a column; `RowsOfAssessments` runs it."""
    return (
        select(table)
        .where(
            table.c.workspace_id == bindparam("workspace"),
            table.c.assessment_id.in_(bindparam("ids", expanding=True)),
        )
        .order_by(table.c[order])
    )


class RowsOfAssessments(Repository):
    """Reads the rows that belong to some assessments: one query a table, however many they are."""

    async def _rows(self, query: Rows, ids: Sequence[str]) -> Sequence[RowMapping]:
        """What a query of `of_assessments` finds for the assessments with these ids."""
        values = {"workspace": self._workspace_id, "ids": ids}
        return (await self._transaction.execute(query, values)).mappings().all()
