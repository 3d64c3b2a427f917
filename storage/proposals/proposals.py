"""The proposals of one workspace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from model.assessment.assessment import AssessmentState
from model.proposals.proposal import Mark, Proposal, ProposalState
from model.proposals.steps import ProposalEntry
from storage.engine.inserting import insert_new
from storage.engine.repository import Repository
from storage.engine.row_writer import RowWriter
from storage.engine.selecting import Rows
from storage.engine.transaction import Transaction
from storage.proposals.rows import MARK, PROPOSAL_ENTRY, proposal_from, proposal_row
from storage.tables import assessment, proposal, proposal_history, proposal_supporter

_FIXED = ("id", "assessment_id", "channel_id", "proposed_by", "proposed_at")


class ProposalRepository(Repository):
    """The proposals of one workspace.

    Whoever locks both a proposal and a plan locks the proposal first.
    """

    def __init__(self, transaction: Transaction, workspace_id: str) -> None:
        """Bind to a transaction and a workspace."""
        super().__init__(transaction, workspace_id)
        self._locked: set[str] = set()

    async def add(self, new: Proposal, entries: Sequence[ProposalEntry]) -> bool:
        """Store a new proposal; false when its assessment has one of the same message already.

        Of several who add one at the same moment one does, and the others wait until that is certain.

        Raises:
            ConstraintBroken: Its assessment is not stored in this workspace.
        """
        self._transaction.must_write()
        row = {"workspace_id": self._workspace_id, **proposal_row(new)}
        result = await self._transaction.execute(insert_new(self._transaction, proposal, row))
        if result.rowcount != 1:
            return False
        self._locked.add(new.id)
        writer = self._writer(new)
        await writer.insert(proposal_supporter, MARK.to_rows(new.marks))
        await writer.insert(proposal_history, PROPOSAL_ENTRY.to_rows(entries))
        return True

    async def get(self, proposal_id: str) -> Proposal | None:
        """One proposal, to read."""
        return await self._one(self._proposals(proposal.c.id == proposal_id))

    async def lock(self, proposal_id: str) -> Proposal | None:
        """One proposal, to change: nobody else changes it until this unit of work ends."""
        self._transaction.must_write()
        query = self._proposals(proposal.c.id == proposal_id).with_for_update(of=proposal)
        found = await self._one(query)
        if found is not None:
            self._locked.add(found.id)
        return found

    async def of_message(self, channel_id: str, ts: str) -> Proposal | None:
        """The proposal that copies a message; of several assessments' the one that was made last.

        Those of cancelled assessments do not count: nothing can be done with them any more.
        """
        query = self._proposals(
            proposal.c.source_channel_id == channel_id,
            proposal.c.source_ts == ts,
            assessment.c.state != AssessmentState.CANCELLED.value,
        )
        newest = query.order_by(proposal.c.proposed_at.desc(), proposal.c.id)
        return await self._one(newest.limit(1))

    async def drafts(self, assessment_id: str) -> list[Proposal]:
        """The drafts of an assessment, the one made first in front."""
        query = self._proposals(
            proposal.c.assessment_id == assessment_id, proposal.c.state == ProposalState.DRAFT.value
        )
        return await self._load(query.order_by(proposal.c.proposed_at, proposal.c.id))

    async def accepted_as(self, action_id: str) -> list[str]:
        """The ids of the proposals that are in the library as an action."""
        query = (
            select(proposal.c.id)
            .where(proposal.c.workspace_id == self._workspace_id, proposal.c.accepted_as == action_id)
            .order_by(proposal.c.id)
        )
        return list((await self._transaction.execute(query)).scalars())

    async def save(self, before: Proposal, after: Proposal, entries: Sequence[ProposalEntry]) -> None:
        """Write what differs between two states, and add to the history.

        `before` is what `lock` gave in the same unit of work, or what was last saved in it.

        Raises:
            RuntimeError: The proposal was not locked in this unit of work.
            ValueError: Something differs that never changes.
        """
        self._transaction.must_write()
        if before.id not in self._locked:
            raise RuntimeError("A proposal is locked before it is saved.")
        fixed = [name for name in _FIXED if getattr(before, name) != getattr(after, name)]
        if fixed:
            raise ValueError(f"A proposal keeps its {fixed[0]}.")
        writer = self._writer(after)
        own_row = RowWriter(self._transaction, workspace_id=self._workspace_id, id=after.id)
        await own_row.update(proposal, proposal_row(before), proposal_row(after))
        marks = MARK.to_rows(before.marks), MARK.to_rows(after.marks)
        await writer.rewrite(proposal_supporter, *marks)
        await writer.insert(proposal_history, PROPOSAL_ENTRY.to_rows(entries))

    async def history(self, proposal_id: str) -> list[ProposalEntry]:
        """What happened to a proposal, in the order in which it happened."""
        query = (
            select(proposal_history)
            .where(
                proposal_history.c.workspace_id == self._workspace_id,
                proposal_history.c.proposal_id == proposal_id,
            )
            .order_by(proposal_history.c.id)
        )
        return [PROPOSAL_ENTRY.from_row(row) for row in (await self._transaction.execute(query)).mappings()]

    def _writer(self, of: Proposal) -> RowWriter:
        whose = {"assessment_id": of.assessment_id, "proposal_id": of.id}
        return RowWriter(self._transaction, workspace_id=self._workspace_id, **whose)

    def _proposals(self, *conditions: ColumnElement[bool]) -> Rows:
        return (
            select(proposal, assessment.c.channel_id)
            .join(assessment)
            .where(proposal.c.workspace_id == self._workspace_id, *conditions)
        )

    async def _one(self, query: Rows) -> Proposal | None:
        return next(iter(await self._load(query)), None)

    async def _load(self, query: Rows) -> list[Proposal]:
        found = (await self._transaction.execute(query)).mappings().all()
        if not found:
            return []
        marks = (
            select(proposal_supporter)
            .where(
                proposal_supporter.c.workspace_id == self._workspace_id,
                proposal_supporter.c.proposal_id.in_([row["id"] for row in found]),
            )
            .order_by(proposal_supporter.c.at, proposal_supporter.c.person, proposal_supporter.c.sign)
        )
        given: defaultdict[str, list[Mark]] = defaultdict(list)
        for row in (await self._transaction.execute(marks)).mappings():
            given[row["proposal_id"]].append(MARK.from_row(row))
        return [proposal_from(row, row["channel_id"], tuple(given[row["id"]])) for row in found]
