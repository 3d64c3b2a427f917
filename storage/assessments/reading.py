"""Reading the assessments of one workspace."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, case, select

from model.assessment.assessment import Assessment, AssessmentState
from model.assessment.history import HistoryEntry
from storage.assessments.frameworks import FrameworkRepository
from storage.assessments.loading import ACTIVE, OF_WORKSPACE, AssessmentLoader
from storage.assessments.rows import HISTORY
from storage.engine.repository import Repository
from storage.engine.transaction import Transaction
from storage.tables import assessment as table
from storage.tables import dimension_progress
from storage.tables import history as histories

_ACTIVE_FIRST = case((ACTIVE, 0), else_=1)

# What every press of a button asks is built once.
_WITH_ID = OF_WORKSPACE.where(table.c.id == bindparam("id"))
_CHANNEL_OF = _WITH_ID.with_only_columns(table.c.channel_id)
_IN_CHANNEL = OF_WORKSPACE.where(table.c.channel_id == bindparam("channel"))
_ACTIVE_IN = _IN_CHANNEL.where(ACTIVE).order_by(table.c.same_channel)
_LATEST_IN = _IN_CHANNEL.order_by(
    _ACTIVE_FIRST, table.c.review, table.c.same_channel, table.c.started_at.desc(), table.c.id.desc()
).limit(1)
_RUNNING = OF_WORKSPACE.where(ACTIVE).order_by(table.c.started_at, table.c.id)


class AssessmentReader(Repository):
    """Reads the assessments of one workspace."""

    def __init__(self, transaction: Transaction, workspace_id: str, frameworks: FrameworkRepository) -> None:
        """Bind to a transaction and a workspace."""
        super().__init__(transaction, workspace_id)
        self._frameworks = frameworks
        self._loader = AssessmentLoader(transaction, workspace_id, frameworks)

    async def get(self, assessment_id: str) -> Assessment | None:
        """One assessment, to read."""
        return _first(await self._loader.load(_WITH_ID, id=assessment_id))

    async def channel_of(self, assessment_id: str) -> str | None:
        """The channel of an assessment, which never changes; None when there is no such assessment."""
        values = {"workspace": self._workspace_id, "id": assessment_id}
        channel_id: str | None = (await self._transaction.execute(_CHANNEL_OF, values)).scalar_one_or_none()
        return channel_id

    async def confirmed_since(self, channel_id: str, dimension_id: str, since: datetime) -> int | None:
        """The level of a dimension that was confirmed last in a channel, if that was after a moment."""
        query = (
            select(dimension_progress.c.confirmed_level)
            .join(table)
            .where(
                table.c.workspace_id == self._workspace_id,
                table.c.channel_id == channel_id,
                table.c.state != AssessmentState.CANCELLED.value,
                dimension_progress.c.dimension_id == dimension_id,
                dimension_progress.c.confirmed_at > since,
            )
            .order_by(dimension_progress.c.confirmed_at.desc(), table.c.id)
            .limit(1)
        )
        level: int | None = (await self._transaction.execute(query)).scalar_one_or_none()
        return level

    async def other_side(self, assessment: Assessment) -> Assessment | None:
        """The other side of a pair, which knows this one as it is stored; None when there is none.

        Whoever locked this one has locked the other with it.
        """
        return None if assessment.other is None else await self.get(assessment.other.assessment_id)

    async def active_in(self, channel_id: str) -> Assessment | None:
        """The running or paused assessment of a channel; of two teams' in one channel, the first team's."""
        return _first(await self.all_active_in(channel_id))

    async def all_active_in(self, channel_id: str) -> list[Assessment]:
        """The running or paused assessments of a channel: one, or those of two teams, the first in front."""
        return await self._loader.load(_ACTIVE_IN, channel=channel_id)

    async def all_standing_in(self, channel_id: str) -> list[Assessment]:
        """The assessments of a channel that were not cancelled, the one started first in front."""
        query = OF_WORKSPACE.where(
            table.c.channel_id == channel_id, table.c.state != AssessmentState.CANCELLED.value
        )
        return await self._loader.load(query.order_by(table.c.started_at, table.c.id))

    async def latest_in(self, channel_id: str) -> Assessment | None:
        """The active assessment of a channel, else the one that was started last and is no review.

        First teams stand in front of second teams in the same channel.
        """
        return _first(await self._loader.load(_LATEST_IN, channel=channel_id))

    async def latest(self, limit: int) -> list[Assessment]:
        """The assessments of the workspace that began last, whatever their state, the latest in front."""
        query = OF_WORKSPACE.order_by(table.c.started_at.desc(), table.c.id.desc())
        return await self._loader.load(query.limit(limit))

    async def closed_before(self, channel_id: str, framework_id: str) -> str | None:
        """The id of the assessment of a channel that was closed last, of those of one framework.

        A second team's does not count: it is about another team than the next one may be.
        """
        query = (
            select(table.c.id, table.c.framework_hash)
            .where(
                table.c.workspace_id == self._workspace_id,
                table.c.channel_id == channel_id,
                table.c.state == AssessmentState.CLOSED.value,
                ~table.c.review,
                table.c.beside.is_(None),
            )
            .order_by(table.c.state_changed_at.desc(), table.c.id.desc())
        )
        for row in (await self._transaction.execute(query)).all():
            if (await self._frameworks.snapshot(row.framework_hash)).id == framework_id:
                return str(row.id)
        return None

    async def planned_in(self, assessment_id: str) -> str:
        """The assessment whose plan goes with this one: a review has none of its own."""
        query = select(table.c.previous).where(
            table.c.workspace_id == self._workspace_id, table.c.id == assessment_id, table.c.review
        )
        return (await self._transaction.execute(query)).scalar_one_or_none() or assessment_id

    async def reviews_of(self, assessment_id: str) -> list[Assessment]:
        """The reviews of an assessment, the one started first in front."""
        query = OF_WORKSPACE.where(table.c.previous == assessment_id, table.c.review)
        return await self._loader.load(query.order_by(table.c.started_at, table.c.id))

    async def following(self, assessment_id: str) -> list[str]:
        """The ids of the assessments that have this one for the one before them."""
        query = select(table.c.id).where(
            table.c.workspace_id == self._workspace_id, table.c.previous == assessment_id
        )
        return list((await self._transaction.execute(query.order_by(table.c.id))).scalars())

    async def standing_in(self, channel_id: str) -> Assessment | None:
        """The active assessment of a channel, else the one started last; none cancelled, and no review."""
        query = OF_WORKSPACE.where(
            table.c.channel_id == channel_id,
            table.c.state != AssessmentState.CANCELLED.value,
            ~table.c.review,
        )
        latest = query.order_by(_ACTIVE_FIRST, table.c.started_at.desc(), table.c.id.desc())
        return _first(await self._loader.load(latest.limit(1)))

    async def running(self) -> list[Assessment]:
        """Every running or paused assessment of the workspace, the one started first in front."""
        return await self._loader.load(_RUNNING)

    async def ended_before(self, moment: datetime) -> list[str]:
        """The ids of the assessments that were closed or cancelled before a moment, the first in front."""
        query = select(table.c.id).where(
            table.c.workspace_id == self._workspace_id, ~ACTIVE, table.c.state_changed_at < moment
        )
        query = query.order_by(table.c.state_changed_at, table.c.id)
        return list((await self._transaction.execute(query)).scalars())

    async def past_closing(self, today: date) -> list[Assessment]:
        """The running assessments whose closing date has passed, the one started first in front."""
        query = OF_WORKSPACE.where(
            table.c.state == AssessmentState.RUNNING.value, table.c.closing_date < today
        )
        return await self._loader.load(query.order_by(table.c.started_at, table.c.id))

    async def history(self, assessment_id: str) -> list[HistoryEntry]:
        """What happened in one assessment, in the order in which it happened."""
        query = (
            select(histories)
            .where(histories.c.workspace_id == self._workspace_id, histories.c.assessment_id == assessment_id)
            .order_by(histories.c.id)
        )
        return [HISTORY.from_row(row) for row in (await self._transaction.execute(query)).mappings()]


def _first(found: list[Assessment]) -> Assessment | None:
    return found[0] if found else None
