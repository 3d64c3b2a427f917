"""A proposal in the small assessment, and any steps that people may try in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from model.assessment.assessment import Assessment
from model.library.library import Amount
from model.proposals.proposal import Proposal, ProposedEffort, Source
from model.proposals.state_machine import propose, take_in_proposal
from model.proposals.steps import (
    DismissProposal,
    EditProposal,
    MarkAccepted,
    MarkPlanned,
    NewProposal,
    NoteDeletion,
    NoteEdit,
    ProposalStep,
    ProposalTaken,
    Reconsider,
    Support,
    TakeNewText,
    TakeSupportBack,
)
from model.refusals import Refusal
from tests.model.assessments import GRACE, LATER, NIA, NOW
from tests.model.plans import ASSESSED, ZED

BULB = "message:bulb"
SOURCE = Source("C1", "1700000001.000100", author=GRACE)
TEXT = "Let us put the bin days online.\nPeople ring about nothing else."


def proposed(
    text: str = TEXT,
    *,
    by: str = ZED,
    source: Source | None = SOURCE,
    assessment: Assessment = ASSESSED,
    at: datetime = NOW,
    **more: Any,
) -> Proposal:
    """What Grace wrote and Zed, who is not on the roster, proposed."""
    outcome = propose(NewProposal("P1", text, BULB, at, source, **more), assessment, by=by, at=at)
    assert isinstance(outcome, ProposalTaken), outcome
    return outcome.proposal


def ready() -> Proposal:
    """The same, about the step from 3 to 4 that roads are on."""
    return proposed(dimension_id="roads")


def proposal_taken(
    proposal: Proposal,
    step: ProposalStep,
    by: str = NIA,
    at: datetime = LATER,
    assessment: Assessment = ASSESSED,
) -> ProposalTaken:
    """A step that the rules allow."""
    outcome = take_in_proposal(proposal, step, assessment, by=by, at=at)
    assert isinstance(outcome, ProposalTaken), outcome
    return outcome


def proposal_after(proposal: Proposal, *steps: ProposalStep, by: str = NIA, at: datetime = LATER) -> Proposal:
    """The proposal after steps that the rules allow."""
    for step in steps:
        proposal = proposal_taken(proposal, step, by, at).proposal
    return proposal


def proposal_refused(
    proposal: Proposal,
    step: ProposalStep,
    by: str = NIA,
    at: datetime = LATER,
    assessment: Assessment = ASSESSED,
) -> Refusal:
    """Why a step is refused."""
    outcome = take_in_proposal(proposal, step, assessment, by=by, at=at)
    assert isinstance(outcome, Refusal), outcome
    return outcome


def form(proposal: Proposal, **changes: Any) -> EditProposal:
    """The form as it was filled in, with these fields changed."""
    values: dict[str, Any] = {
        "seen": proposal.revision,
        "title": proposal.title,
        "dimension_id": proposal.dimension_id,
        "from_level": proposal.from_level,
        "to_level": proposal.to_level,
        "effort": proposal.effort,
        "benefits": proposal.benefits,
    }
    return EditProposal(**{**values, **changes})


def any_proposal_step(words: st.SearchStrategy[str]) -> st.SearchStrategy[ProposalStep]:
    """Any step at all, sensible or not."""
    levels = st.none() | st.integers(1, 5)
    amounts = st.none() | st.sampled_from(list(Amount))
    moments = st.integers(0, 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
    signs = st.sampled_from([BULB, "message:idea", "card:+1", "card:+1::skin-tone-4", "button"])
    return st.one_of(
        st.builds(Support, signs, moments),
        st.builds(TakeSupportBack, signs, moments),
        st.builds(
            EditProposal,
            st.integers(0, 4),
            words,
            st.sampled_from([None, "roads", "parks", "moon"]),
            levels,
            levels,
            st.builds(ProposedEffort, amounts, amounts, amounts),
            st.lists(st.sampled_from(["efficiency", "luck"]), unique=True).map(tuple),
        ),
        st.builds(NoteEdit, words),
        st.builds(NoteDeletion),
        st.builds(TakeNewText),
        st.builds(DismissProposal, words),
        st.builds(Reconsider),
        st.builds(MarkPlanned),
        st.builds(MarkAccepted, st.just("put-bin-days-online")),
    )
