"""What a place in Slack is to proposals: the card of one, its message, the thread of a dimension."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.messages.kinds import MessageKind
from bot.services.messages.of_proposals import card_of
from model.assessment.assessment import Assessment
from model.proposals.proposal import Proposal
from storage.database import Database
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Standing:
    """What there is at a message: a card of ours, a proposal of it, an assessment of its channel.

    Attributes:
        card: Whether the message is a proposal's card.
        ours: Whether it is any message of ours.
    """

    proposal: Proposal | None
    assessment: Assessment | None
    card: bool
    ours: bool


async def standing_in(database: Database, workspace_id: str, channel_id: str) -> Assessment | None:
    """The assessment that a proposal in a channel is for: the active one, else the last not cancelled."""
    async with database.reading(workspace_id) as work:
        return await work.assessments.standing_in(channel_id)


async def standing_at(database: Database, workspace_id: str, channel_id: str, ts: str) -> Standing:
    """What a reaction to a message, or a shortcut on it, meets."""
    async with database.reading(workspace_id) as work:
        row = await work.messages.at(channel_id, ts)
        card = row is not None and row.kind == MessageKind.PROPOSAL
        if row is not None and card:
            proposal = await work.proposals.get(row.subject or "")
        else:
            proposal = await work.proposals.of_message(channel_id, ts)
        assessment = await work.assessments.standing_in(channel_id)
    return Standing(proposal, assessment, card, row is not None)


async def place_of_card(database: Database, workspace_id: str, proposal: Proposal) -> tuple[str, str] | None:
    """Channel and timestamp of a proposal's card, once it was posted."""
    async with database.reading(workspace_id) as work:
        row = await work.messages.get(card_of(proposal).key)
    return None if row is None or row.ts is None else (row.channel_id, row.ts)


async def dimension_at(
    database: Database, workspace_id: str, channel_id: str, thread_ts: str | None
) -> str | None:
    """The dimension in whose thread a message stands."""
    async with database.reading(workspace_id) as work:
        return await dimension_of_thread(work, channel_id, thread_ts)


async def dimension_of_thread(work: UnitOfWork, channel_id: str, thread_ts: str | None) -> str | None:
    """The dimension whose thread this is, asked within a unit of work."""
    row = None if thread_ts is None else await work.messages.at(channel_id, thread_ts)
    return row.subject if row is not None and row.kind == MessageKind.DIMENSION else None
