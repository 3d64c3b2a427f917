"""What the rules of a proposal share: who may, what was decided already, and entries of its history."""

from __future__ import annotations

from datetime import datetime

from model.assessment.assessment import Assessment
from model.proposals.proposal import Proposal, ProposalState
from model.proposals.steps import ProposalEntry, ProposalHappened
from model.refusals import Reason, Refusal


def who_may(proposal: Proposal, assessment: Assessment) -> tuple[str, ...]:
    """Those who may change a draft: whose it is, the facilitators, and the lead of its dimension."""
    leaders = assessment.facilitators
    if proposal.dimension_id is not None and proposal.dimension_id in assessment.scope:
        leaders = assessment.leaders(proposal.dimension_id)
    return tuple(dict.fromkeys((*proposal.theirs, *leaders)))


def not_theirs(proposal: Proposal, assessment: Assessment, by: str) -> Refusal | None:
    """Refuse whoever may not change a draft."""
    people = who_may(proposal, assessment)
    return None if by in people else Refusal(Reason.PROPOSERS_ONLY, who_can=people)


def dismissed(proposal: Proposal) -> Refusal | None:
    """Refuse what makes no sense on a proposal that was dismissed or withdrawn."""
    reasons = {
        ProposalState.DISMISSED: Reason.PROPOSAL_DISMISSED,
        ProposalState.WITHDRAWN: Reason.PROPOSAL_WITHDRAWN,
    }
    reason = reasons.get(proposal.state)
    return None if reason is None else Refusal(reason, by=proposal.state_by, at=proposal.state_at)


def decided(proposal: Proposal) -> Refusal | None:
    """Refuse what makes no sense on a proposal that is no draft."""
    if proposal.state is ProposalState.PLANNED:
        return Refusal(Reason.PROPOSAL_PLANNED, by=proposal.state_by, at=proposal.state_at)
    return dismissed(proposal)


def entry(
    what: ProposalHappened, by: str, at: datetime, *, before: str = "", after: str = "", reason: str = ""
) -> ProposalEntry:
    """An entry of the history."""
    return ProposalEntry(what, by, at, before, after, reason)
