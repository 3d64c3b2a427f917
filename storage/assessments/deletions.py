"""What is kept of deleted assessments: title and channel, who deleted it and when."""

from __future__ import annotations

from sqlalchemy import insert, select

from model.records.deletion import Deletion
from storage.engine.repository import Repository
from storage.mapping import RecordMapping
from storage.tables import deletion as table

_DELETION = RecordMapping(Deletion)


class DeletionRepository(Repository):
    """The deletions of one workspace."""

    async def add(self, deletion: Deletion) -> None:
        """Keep that an assessment was deleted.

        Raises:
            ConstraintBroken: It was deleted before.
        """
        self._transaction.must_write()
        row = _DELETION.to_row(deletion, workspace_id=self._workspace_id)
        await self._transaction.execute(insert(table), row)

    async def get(self, assessment_id: str) -> Deletion | None:
        """The deletion of an assessment, if it was deleted."""
        query = select(table).where(
            table.c.workspace_id == self._workspace_id, table.c.assessment_id == assessment_id
        )
        row = (await self._transaction.execute(query)).mappings().one_or_none()
        return None if row is None else _DELETION.from_row(row)
