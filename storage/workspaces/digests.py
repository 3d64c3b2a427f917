"""Which digests of the channels of one workspace were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, exists, select

from model.assessment.assessment import AssessmentState
from storage.engine.inserting import insert_new
from storage.engine.repository import Repository
from storage.mapping import RecordMapping
from storage.tables import assessment, digest


@dataclass(frozen=True)
class DigestMade:
    """A digest that was made, whether or not there was anything to say.

    Attributes:
        day: The day it is for.
        since: From when on it tells what was done.
    """

    channel_id: str
    day: date
    planned_at: datetime
    since: datetime
    made_at: datetime


_DIGEST = RecordMapping(DigestMade)


class DigestRepository(Repository):
    """The digests of one workspace."""

    async def missing(self, day: date, moment: datetime) -> list[str]:
        """The channels with an assessment, begun before a moment, that have no digest of a day yet."""
        made = exists().where(
            digest.c.workspace_id == assessment.c.workspace_id,
            digest.c.channel_id == assessment.c.channel_id,
            digest.c.day >= day,
        )
        query = (
            select(assessment.c.channel_id)
            .where(
                assessment.c.workspace_id == self._workspace_id,
                assessment.c.state != AssessmentState.CANCELLED.value,
                assessment.c.started_at < moment,
                ~made,
            )
            .distinct()
            .order_by(assessment.c.channel_id)
        )
        return list((await self._transaction.execute(query)).scalars())

    async def last(self, channel_id: str) -> DigestMade | None:
        """The last digest of a channel."""
        query = select(digest).where(*self._of(channel_id)).order_by(digest.c.day.desc()).limit(1)
        row = (await self._transaction.execute(query)).mappings().one_or_none()
        return None if row is None else _DIGEST.from_row(row)

    async def get(self, channel_id: str, day: date) -> DigestMade | None:
        """The digest of a channel for a day."""
        query = select(digest).where(*self._of(channel_id), digest.c.day == day)
        row = (await self._transaction.execute(query)).mappings().one_or_none()
        return None if row is None else _DIGEST.from_row(row)

    async def add(self, made: DigestMade) -> bool:
        """Record a digest; false when somebody has recorded it before."""
        self._transaction.must_write()
        row = _DIGEST.to_row(made, workspace_id=self._workspace_id)
        statement = insert_new(self._transaction, digest, row)
        return (await self._transaction.execute(statement)).rowcount == 1

    async def forget(self, channel_id: str) -> None:
        """Forget the digests of a channel in which nothing is kept any more."""
        self._transaction.must_write()
        await self._transaction.execute(delete(digest).where(*self._of(channel_id)))

    def _of(self, channel_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return (digest.c.workspace_id == self._workspace_id, digest.c.channel_id == channel_id)
