"""Whatever people try with a proposal, in any order: what was decided stays, and nobody's words are lost."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from model.proposals.proposal import Proposal, ProposalState
from model.proposals.state_machine import supported_enough, take_in_proposal
from model.proposals.steps import (
    ProposalStep,
    ProposalTaken,
    Reconsider,
    Support,
    TakeNewText,
    TakeSupportBack,
)
from tests.model.assessments import LATER, NOW, OMAR
from tests.model.plans import ASSESSED, PLANNERS
from tests.model.proposals.small_proposal import BULB, any_proposal_step, proposed, ready

_WORDS = st.text(max_size=40) | st.sampled_from(["", "b" * 3_001])
_MOVES = st.lists(st.tuples(any_proposal_step(_WORDS), st.sampled_from(PLANNERS)), max_size=25)


@given(_MOVES)
@settings(max_examples=300, deadline=None)
def test_walks(moves: list[tuple[ProposalStep, str]]) -> None:
    proposal = ready()
    for step, person in moves:
        outcome = take_in_proposal(proposal, step, ASSESSED, by=person, at=LATER)
        if isinstance(outcome, ProposalTaken):
            _check(proposal, outcome.proposal, step)
            proposal = outcome.proposal


def _check(before: Proposal, after: Proposal, step: ProposalStep) -> None:
    assert len(after.supporters) == len(set(after.supporters))
    assert set(after.supporters) == {mark.person for mark in after.marks if mark.on}
    if before.state is ProposalState.PLANNED:
        assert after.state is ProposalState.PLANNED
    if before.state is ProposalState.DISMISSED:
        assert after.state is ProposalState.DISMISSED or isinstance(step, Reconsider)
    if before.accepted is not None:
        assert after.accepted == before.accepted
        assert after.state is not ProposalState.WITHDRAWN
    if after.state is ProposalState.WITHDRAWN:
        assert not after.supporters
    assert after.text == before.text or isinstance(step, TakeNewText)
    assert after.title
    assert not (supported_enough(after, 1) and not after.draft)
    assert {(mark.person, mark.sign) for mark in before.marks} <= {
        (mark.person, mark.sign) for mark in after.marks
    }


@given(st.permutations(range(4)), st.sampled_from([BULB, "card:+1"]))
def test_signs_end_the_same_in_whatever_order_they_arrive(order: list[int], sign: str) -> None:
    """Given, taken back, given again and taken back by one person: the last of them stands."""
    moments = [NOW + timedelta(seconds=number) for number in range(1, 5)]
    steps: list[ProposalStep] = [
        Support(sign, moment) if place % 2 == 0 else TakeSupportBack(sign, moment)
        for place, moment in enumerate(moments)
    ]
    for last in (3, 4):
        proposal = proposed()
        for place in order:
            if place < last:
                outcome = take_in_proposal(proposal, steps[place], ASSESSED, by=OMAR, at=LATER)
                proposal = outcome.proposal if isinstance(outcome, ProposalTaken) else proposal
        mark = proposal.mark(OMAR, sign)
        assert mark is not None
        assert (mark.on, mark.at) == (last == 3, moments[last - 1])
