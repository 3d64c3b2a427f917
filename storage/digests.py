"""Which digests of the plans of one workspace were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select

from model.assessment import AssessmentState
from storage.inserting import insert_new
from storage.tables import assessment, digest, plan
from storage.transaction import Transaction


@dataclass(frozen=True)
class DigestMade:
    """A digest that was made, whether or not there was anything to say.

    Attributes:
        day: The day it is for.
        since: From when on it tells what was done.
    """

    assessment_id: str
    day: date
    planned_at: datetime
    since: datetime
    made_at: datetime


class DigestRepository:
    """Bound to a transaction and a workspace."""

    def __init__(self, transaction: Transaction, workspace_id: str) -> None:
        """Bind to a transaction and a workspace."""
        self._transaction = transaction
        self._workspace_id = workspace_id

    async def missing(self, day: date, moment: datetime) -> list[str]:
        """The assessments, begun before a moment, whose plan wants the digest of a day and has none yet."""
        made = exists().where(
            digest.c.workspace_id == plan.c.workspace_id,
            digest.c.assessment_id == plan.c.assessment_id,
            digest.c.day >= day,
        )
        query = (
            select(plan.c.assessment_id)
            .join(
                assessment,
                (assessment.c.workspace_id == plan.c.workspace_id)
                & (assessment.c.id == plan.c.assessment_id),
            )
            .where(
                plan.c.workspace_id == self._workspace_id,
                plan.c.digest,
                assessment.c.state != AssessmentState.CANCELLED.value,
                assessment.c.started_at < moment,
                ~made,
            )
            .order_by(plan.c.assessment_id)
        )
        return list((await self._transaction.execute(query)).scalars())

    async def last(self, assessment_id: str) -> DigestMade | None:
        """The last digest of a plan."""
        query = (
            select(digest)
            .where(digest.c.workspace_id == self._workspace_id, digest.c.assessment_id == assessment_id)
            .order_by(digest.c.day.desc())
            .limit(1)
        )
        row = (await self._transaction.execute(query)).mappings().one_or_none()
        return None if row is None else _made_from(row)

    async def get(self, assessment_id: str, day: date) -> DigestMade | None:
        """The digest of a plan for a day."""
        query = select(digest).where(
            digest.c.workspace_id == self._workspace_id,
            digest.c.assessment_id == assessment_id,
            digest.c.day == day,
        )
        row = (await self._transaction.execute(query)).mappings().one_or_none()
        return None if row is None else _made_from(row)

    async def add(self, made: DigestMade) -> bool:
        """Record a digest; false when somebody has recorded it before."""
        self._transaction.must_write()
        row = {name: getattr(made, name) for name in DigestMade.__dataclass_fields__}
        statement = insert_new(self._transaction, digest, {"workspace_id": self._workspace_id, **row})
        return (await self._transaction.execute(statement)).rowcount == 1


def _made_from(row: Any) -> DigestMade:
    return DigestMade(**{name: row[name] for name in DigestMade.__dataclass_fields__})
