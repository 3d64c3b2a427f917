"""Who was nudged about which question, and who wants no more nudges, in one workspace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select

from model.reminders.nudges import Nudge
from storage.engine.inserting import insert_new
from storage.engine.repository import Repository
from storage.mapping import RecordMapping
from storage.tables import nudge, nudge_stop

_NUDGE = RecordMapping(Nudge)


class NudgeRepository(Repository):
    """The nudges of one workspace."""

    async def of_assessment(self, assessment_id: str) -> list[Nudge]:
        """The nudges of an assessment, the first in front."""
        query = (
            select(nudge)
            .where(nudge.c.workspace_id == self._workspace_id, nudge.c.assessment_id == assessment_id)
            .order_by(nudge.c.at, nudge.c.person, nudge.c.batch, nudge.c.prompt_id)
        )
        found = (await self._transaction.execute(query)).mappings()
        return [_NUDGE.from_row(row) for row in found]

    async def add(self, assessment_id: str, nudges: Iterable[Nudge]) -> None:
        """Record nudges.

        Raises:
            ConstraintBroken: one of them was recorded before.
        """
        self._transaction.must_write()
        rows = _NUDGE.to_rows(nudges, workspace_id=self._workspace_id, assessment_id=assessment_id)
        if rows:
            await self._transaction.execute(insert(nudge), rows)

    async def stopped(self, assessment_id: str) -> dict[str, datetime]:
        """Who wants no more nudges in an assessment, and since when."""
        query = select(nudge_stop.c.person, nudge_stop.c.at).where(
            nudge_stop.c.workspace_id == self._workspace_id, nudge_stop.c.assessment_id == assessment_id
        )
        return {row["person"]: row["at"] for row in (await self._transaction.execute(query)).mappings()}

    async def stop(self, assessment_id: str, person: str, at: datetime) -> bool:
        """Note that somebody wants no more; false when that was noted before."""
        self._transaction.must_write()
        values = {
            "workspace_id": self._workspace_id,
            "assessment_id": assessment_id,
            "person": person,
            "at": at,
        }
        return (
            await self._transaction.execute(insert_new(self._transaction, nudge_stop, values))
        ).rowcount == 1

    async def allow(self, assessment_id: str, person: str) -> bool:
        """Note that somebody may be nudged again; false when they might be before."""
        self._transaction.must_write()
        statement = delete(nudge_stop).where(
            nudge_stop.c.workspace_id == self._workspace_id,
            nudge_stop.c.assessment_id == assessment_id,
            nudge_stop.c.person == person,
        )
        return (await self._transaction.execute(statement)).rowcount == 1
