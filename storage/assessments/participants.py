"""Who takes part in the assessments of one workspace."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from model.assessment.assessment import AssessmentState, Role
from storage.assessments.loading import ACTIVE
from storage.engine.repository import Repository
from storage.mapping import RecordMapping
from storage.tables import assessment as table
from storage.tables import participant


@dataclass(frozen=True)
class Part:
    """What somebody does in an assessment, and its channel."""

    assessment_id: str
    channel_id: str
    person: str
    role: Role


_PART = RecordMapping(Part)


class ParticipantRepository(Repository):
    """The rosters of one workspace."""

    async def facilitators_of(self, assessment_id: str) -> tuple[str, ...]:
        """Who facilitates an assessment now, in the order in which they came."""
        query = (
            select(participant.c.person)
            .where(
                participant.c.workspace_id == self._workspace_id,
                participant.c.assessment_id == assessment_id,
                participant.c.role == Role.FACILITATOR.value,
                participant.c.left_at.is_(None),
            )
            .order_by(participant.c.position)
        )
        return tuple((await self._transaction.execute(query)).scalars())

    async def facilitates(self, person: str) -> bool:
        """Whether somebody facilitates any assessment that was not cancelled."""
        query = (
            select(participant.c.person)
            .join(table)
            .where(
                participant.c.workspace_id == self._workspace_id,
                participant.c.person == person,
                participant.c.role == Role.FACILITATOR.value,
                participant.c.left_at.is_(None),
                table.c.state != AssessmentState.CANCELLED.value,
            )
            .limit(1)
        )
        return (await self._transaction.execute(query)).first() is not None

    async def taken_part_in(self, person: str, channel_id: str | None = None) -> list[str]:
        """The ids of the assessments that somebody has a part in, the first in front; see `parts`.

        Args:
            person: Who.
            channel_id: In which channel; None is in all.
        """
        return [
            part.assessment_id
            for part in await self.parts()
            if part.person == person and channel_id in (None, part.channel_id)
        ]

    async def parts(self) -> list[Part]:
        """Who takes part in what and has not left; of what has ended, only who facilitates it."""
        query = (
            select(participant.c.assessment_id, table.c.channel_id, participant.c.person, participant.c.role)
            .join(participant)
            .where(
                table.c.workspace_id == self._workspace_id,
                participant.c.left_at.is_(None),
                or_(ACTIVE, participant.c.role == Role.FACILITATOR.value),
            )
            .order_by(table.c.started_at, table.c.id, participant.c.position)
        )
        return [_PART.from_row(row) for row in (await self._transaction.execute(query)).mappings()]
