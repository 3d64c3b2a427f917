"""The assessments of one workspace: added, locked, changed and deleted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, or_, select

from model.assessment.assessment import Assessment
from model.assessment.history import HistoryEntry
from storage.assessments.changes import AssessmentWriter
from storage.assessments.frameworks import FrameworkRepository
from storage.assessments.reading import AssessmentReader
from storage.assessments.rows import HISTORY
from storage.engine.errors import AlreadyUnderWay, ConstraintBroken
from storage.engine.transaction import Transaction
from storage.tables import assessment as table
from storage.tables import history as histories

_ONE_UNDER_WAY = "uq_assessment_active_in_channel"


class AssessmentRepository(AssessmentReader):
    """Reads the assessments of one workspace, and changes what it has locked."""

    def __init__(self, transaction: Transaction, workspace_id: str, frameworks: FrameworkRepository) -> None:
        """Bind to a transaction and a workspace."""
        super().__init__(transaction, workspace_id, frameworks)
        self._locked: set[str] = set()

    async def add(self, assessment: Assessment, entries: Sequence[HistoryEntry]) -> None:
        """Store a new assessment with its first entries, and its framework unless that is stored already.

        Raises:
            AlreadyUnderWay: The channel has a running or paused one. The unit of work can still be used.
            ConstraintBroken: Another rule of the tables, such as an id that exists.
        """
        self._transaction.must_write()
        await self._must_be_free(assessment)
        writer = AssessmentWriter(self._transaction, self._workspace_id, assessment.id)
        try:
            async with self._transaction.savepoint():
                await self._frameworks.keep(assessment.framework, assessment.started_at)
                await writer.add(assessment)
                await writer.insert(histories, HISTORY.to_rows(entries))
        except ConstraintBroken as broken:
            if broken.constraint == _ONE_UNDER_WAY:
                raise AlreadyUnderWay(assessment.channel_id) from None
            raise
        self._locked.add(assessment.id)

    async def _must_be_free(self, new: Assessment) -> None:
        """A second team may still be at work in a channel although the first has ended there."""
        first_id = None if new.second_team is None else new.second_team.first_id
        if any(each.id != first_id for each in await self.all_active_in(new.channel_id)):
            raise AlreadyUnderWay(new.channel_id)

    async def lock(self, assessment_id: str) -> Assessment | None:
        """One assessment, to change: nobody else changes it until this unit of work ends.

        The other side of a pair is locked with it, since a step on one may change both; the first side always
        comes first, so that two who lock one side each do not wait for each other. On SQLite the whole unit
        of work is alone already.
        """
        self._transaction.must_write()
        if self._transaction.on_postgres:
            await self._lock_rows(assessment_id)
        found = await self.get(assessment_id)
        if found is not None:
            self._locked.add(found.id)
            self._locked.update(() if found.other is None else (found.other.assessment_id,))
        return found

    async def _lock_rows(self, assessment_id: str) -> None:
        rows = select(table.c.id).where(table.c.workspace_id == self._workspace_id).with_for_update()
        first = select(table.c.beside).where(*self._is(assessment_id)).scalar_subquery()
        upwards = rows.where(or_(table.c.id == assessment_id, table.c.id == first))
        await self._transaction.execute(upwards.order_by(table.c.beside.nulls_first()))
        # Asked only now: a second team may have been invited while we waited for the first side.
        await self._transaction.execute(rows.where(table.c.beside == assessment_id).order_by(table.c.id))

    async def save(self, before: Assessment, after: Assessment, entries: Sequence[HistoryEntry]) -> None:
        """Write what differs between two states, and add to the history.

        `before` is what `lock` gave in the same unit of work, or what was last saved in it.

        Raises:
            RuntimeError: The assessment was not locked in this unit of work.
            ValueError: Something differs that never changes once an assessment has begun.
            AlreadyUnderWay: It became active while the channel has another that is.
        """
        self._transaction.must_write()
        if before.id not in self._locked:
            raise RuntimeError("An assessment is locked before it is saved.")
        writer = AssessmentWriter(self._transaction, self._workspace_id, before.id)
        try:
            await writer.change(before, after)
        except ConstraintBroken as broken:
            if broken.constraint == _ONE_UNDER_WAY:
                raise AlreadyUnderWay(after.channel_id) from None
            raise
        await writer.insert(histories, HISTORY.to_rows(entries))

    async def delete(self, assessment: Assessment) -> None:
        """Delete an assessment with every row that belongs to it.

        Its messages go with it unless they were taken from it (`MessageRepository.remove_all_of`).

        Raises:
            RuntimeError: The assessment was not locked in this unit of work.
        """
        self._transaction.must_write()
        if assessment.id not in self._locked:
            raise RuntimeError("An assessment is locked before it is deleted.")
        self._locked.discard(assessment.id)
        await self._transaction.execute(
            delete(table).where(table.c.workspace_id == self._workspace_id, table.c.id == assessment.id)
        )

    def _is(self, assessment_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return (table.c.workspace_id == self._workspace_id, table.c.id == assessment_id)
