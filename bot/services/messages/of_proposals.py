"""The messages of proposals: cards, which end with their assessment when it is cancelled, and notices."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from bot.services.messages.kinds import MessageKind, key_of
from model.assessment.assessment import Assessment, AssessmentState
from model.proposals.proposal import Proposal
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork


async def cards_ended(work: UnitOfWork, before: Assessment, after: Assessment) -> list[str]:
    """The keys of the cards that say something else once an assessment is cancelled: all of them."""
    if after.state is not AssessmentState.CANCELLED or before.state is AssessmentState.CANCELLED:
        return []
    rows = await work.messages.of_assessment(after.id)
    return [each.key for each in rows if each.kind == MessageKind.PROPOSAL]


def card_of(proposal: Proposal) -> WantedMessage:
    """The card of a proposal: in the thread of its message, or in the channel."""
    return WantedMessage(
        key=key_of(MessageKind.PROPOSAL, proposal.assessment_id, proposal.id),
        kind=MessageKind.PROPOSAL,
        channel_id=proposal.channel_id,
        assessment_id=proposal.assessment_id,
        subject=proposal.id,
        parent_key=None,
        thread_ts=None if proposal.source is None else proposal.source.thread,
    )


def support_notice(proposal: Proposal, person: str) -> WantedMessage:
    """What one facilitator is told of a proposal that has support enough."""
    return WantedMessage(
        key=key_of(MessageKind.PROPOSAL_NOTICE, proposal.assessment_id, f"{proposal.id}/{person}"),
        kind=MessageKind.PROPOSAL_NOTICE,
        channel_id=person,
        assessment_id=proposal.assessment_id,
        subject=proposal.id,
        parent_key=None,
    )


def card_print(proposal: Proposal) -> Hashable:
    """What the card depends on: of the signs of support only whose they are."""
    return (replace(proposal, marks=(), told_at=None), proposal.supporters)
