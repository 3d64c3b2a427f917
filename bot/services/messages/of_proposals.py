"""The messages of proposals: cards, which end with their assessment when it is cancelled, and notices."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from bot.services.messages.kinds import MessageKind, key_of
from bot.services.messages.wanting import OutOfDate, Redraw
from model.assessment.assessment import Assessment, AssessmentState
from model.proposals.proposal import Proposal
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork


async def cards_ended(work: UnitOfWork, before: Assessment, after: Assessment) -> OutOfDate:
    """The cards that say something else once an assessment is cancelled: all of them."""
    if after.state is not AssessmentState.CANCELLED or before.state is AssessmentState.CANCELLED:
        return []
    rows = await work.messages.of_assessment(after.id)
    return [Redraw(each.key) for each in rows if each.kind == MessageKind.PROPOSAL]


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


async def supporters_told(
    work: UnitOfWork, before: Proposal | None, after: Proposal, assessment: Assessment
) -> OutOfDate:
    """What the facilitators are told, once it is noted that they are."""
    if after.told_at is None or (before is not None and before.told_at is not None):
        return []
    return [support_notice(after, each) for each in assessment.facilitators]


async def card_changed(
    work: UnitOfWork, before: Proposal | None, after: Proposal, assessment: Assessment
) -> OutOfDate:
    """The card, where it says something else now."""
    same = before is not None and _card_print(before) == _card_print(after)
    return [] if same else [card_of(after)]


def _card_print(proposal: Proposal) -> Hashable:
    """What the card depends on: of the signs of support only whose they are."""
    return (replace(proposal, marks=(), told_at=None), proposal.supporters)
