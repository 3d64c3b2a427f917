"""The assessments of one workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam, case, delete, or_, select

from model.assessment import ACTIVE_STATES, Assessment, AssessmentState, Role
from model.history import HistoryEntry
from storage.assessment_changes import AssessmentWriter
from storage.assessment_loading import OF_WORKSPACE, AssessmentLoader
from storage.assessment_rows import history_from, history_row
from storage.errors import AlreadyUnderWay, ConstraintBroken
from storage.frameworks import FrameworkRepository
from storage.tables import assessment as table
from storage.tables import dimension_progress, participant
from storage.tables import history as histories
from storage.transaction import Transaction

_ONE_UNDER_WAY = "uq_assessment_active_in_channel"
_ACTIVE = table.c.state.in_(sorted(state.value for state in ACTIVE_STATES))
_ACTIVE_FIRST = case((_ACTIVE, 0), else_=1)

# What every press of a button asks is built once.
_WITH_ID = OF_WORKSPACE.where(table.c.id == bindparam("id"))
_CHANNEL_OF = _WITH_ID.with_only_columns(table.c.channel_id)
_IN_CHANNEL = OF_WORKSPACE.where(table.c.channel_id == bindparam("channel"))
_ACTIVE_IN = _IN_CHANNEL.where(_ACTIVE).order_by(table.c.same_channel)
_LATEST_IN = _IN_CHANNEL.order_by(
    _ACTIVE_FIRST, table.c.review, table.c.same_channel, table.c.started_at.desc(), table.c.id.desc()
).limit(1)
_RUNNING = OF_WORKSPACE.where(_ACTIVE).order_by(table.c.started_at, table.c.id)


@dataclass(frozen=True)
class Part:
    """What somebody does in an assessment, and its channel."""

    assessment_id: str
    channel_id: str
    person: str
    role: Role


class AssessmentRepository:
    """Bound to a transaction and a workspace; it cannot ask about another."""

    def __init__(self, transaction: Transaction, workspace_id: str, frameworks: FrameworkRepository) -> None:
        """Bind to a transaction and a workspace."""
        self._transaction = transaction
        self._workspace_id = workspace_id
        self._frameworks = frameworks
        self._loader = AssessmentLoader(transaction, workspace_id, frameworks)
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
                await writer.insert(histories, [history_row(entry) for entry in entries])
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
            .join(
                table,
                (table.c.workspace_id == dimension_progress.c.workspace_id)
                & (table.c.id == dimension_progress.c.assessment_id),
            )
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
            .join(
                table,
                (table.c.workspace_id == participant.c.workspace_id)
                & (table.c.id == participant.c.assessment_id),
            )
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

    async def other_side(self, assessment: Assessment) -> Assessment | None:
        """The other side of a pair, which knows this one as it is stored; None when there is none.

        Whoever locked this one has locked the other with it.
        """
        return None if assessment.other is None else await self.get(assessment.other.assessment_id)

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
        await writer.insert(histories, [history_row(entry) for entry in entries])

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
            select(table.c.id, table.c.channel_id, participant.c.person, participant.c.role)
            .join(
                participant,
                (participant.c.workspace_id == table.c.workspace_id)
                & (participant.c.assessment_id == table.c.id),
            )
            .where(
                table.c.workspace_id == self._workspace_id,
                participant.c.left_at.is_(None),
                or_(_ACTIVE, participant.c.role == Role.FACILITATOR.value),
            )
            .order_by(table.c.started_at, table.c.id, participant.c.position)
        )
        found = (await self._transaction.execute(query)).all()
        return [Part(row.id, row.channel_id, row.person, Role(row.role)) for row in found]

    async def ended_before(self, moment: datetime) -> list[str]:
        """The ids of the assessments that were closed or cancelled before a moment, the first in front."""
        query = select(table.c.id).where(
            table.c.workspace_id == self._workspace_id, ~_ACTIVE, table.c.state_changed_at < moment
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
        return [history_from(row) for row in (await self._transaction.execute(query)).mappings()]


def _first(found: list[Assessment]) -> Assessment | None:
    return found[0] if found else None
