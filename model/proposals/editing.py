"""The rule of the form of a proposal: everything in it at once, with an entry for each thing that changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from model.assessment.assessment import Assessment
from model.assessment.guards import is_level
from model.plan.guards import bad_levels, bad_text, one_line
from model.proposals.guards import decided, entry, not_theirs
from model.proposals.proposal import PROPOSAL_TITLE_LIMIT, Proposal, ProposedEffort
from model.proposals.steps import (
    EditProposal,
    ProposalEntry,
    ProposalHappened,
    ProposalOutcome,
    ProposalTaken,
)
from model.refusals import Reason, Refusal

_HIGHEST_START = 4


def edit_proposal(
    proposal: Proposal, step: EditProposal, assessment: Assessment, by: str, at: datetime
) -> ProposalOutcome:
    """Change what the form says otherwise than the proposal."""
    refusal = decided(proposal) or not_theirs(proposal, assessment, by)
    if refusal is not None:
        return refusal
    filled = filled_in(proposal, step, assessment, by, at)
    if isinstance(filled, ProposalTaken) and not filled.entries:
        return Refusal(Reason.NOTHING_CHANGED)
    return filled


def filled_in(
    proposal: Proposal, step: EditProposal, assessment: Assessment, by: str, at: datetime
) -> ProposalOutcome:
    """The proposal as a form says, whoever sent it, with an entry for each thing that changed."""
    title = one_line(step.title)
    from_level, to_level = _levels(step, assessment)
    refusal = (
        _changed_meanwhile(proposal, step)
        or bad_text(title, PROPOSAL_TITLE_LIMIT, "title", missing=Reason.ITEM_UNNAMED)
        or _bad_step(from_level, to_level)
    )
    if refusal is not None:
        return refusal
    known = [benefit.id for benefit in assessment.framework.benefits]
    edited = replace(
        proposal,
        title=title,
        dimension_id=step.dimension_id,
        from_level=from_level,
        to_level=to_level,
        effort=step.effort,
        benefits=tuple(each for each in known if each in step.benefits),
    )
    entries = _entries(proposal, edited, by, at)
    revision = proposal.revision + 1 if entries else proposal.revision
    return ProposalTaken(replace(edited, revision=revision), entries)


def step_of(assessment: Assessment, dimension_id: str) -> tuple[int, int]:
    """The step that a dimension is on: from its level, or from 1 while it has none, to the next.

    Raises:
        UnknownDimension: It is not in the scope of the assessment.
    """
    level = assessment.dimension_level(dimension_id)
    start = min(level, _HIGHEST_START) if isinstance(level, int) else 1
    return start, start + 1


def _levels(step: EditProposal, assessment: Assessment) -> tuple[int | None, int | None]:
    """The levels that were chosen, filled up from the dimension's where only some were."""
    start, end = step.from_level, step.to_level
    if step.dimension_id is not None:
        usual, _ = step_of(assessment, step.dimension_id)
        if start is None:
            start = usual if end is None else min(usual, end - 1)
    if start is not None and end is None:
        end = start + 1
    return start, end


def _bad_step(from_level: int | None, to_level: int | None) -> Refusal | None:
    if from_level is None or to_level is None:
        lone = to_level if from_level is None else from_level
        return None if lone is None or is_level(lone) else Refusal(Reason.LEVEL_OUT_OF_RANGE, part="to_level")
    return bad_levels(from_level, to_level)


def taken_out(proposal: Proposal, by: str, at: datetime) -> ProposalTaken:
    """What came of a proposal was taken out of the library, by whoever may do that; it can be taken in anew.

    This is no step of its own: the library outlives the assessment, and what may be done in that.
    """
    before = "" if proposal.accepted is None else proposal.accepted.action_id
    told = entry(ProposalHappened.TAKEN_OUT, by, at, before=before)
    return ProposalTaken(replace(proposal, accepted=None), (told,))


def _changed_meanwhile(proposal: Proposal, step: EditProposal) -> Refusal | None:
    if step.seen == proposal.revision:
        return None
    return Refusal(Reason.PROPOSAL_HAS_CHANGED)


def _entries(before: Proposal, after: Proposal, by: str, at: datetime) -> tuple[ProposalEntry, ...]:
    told = (
        (ProposalHappened.TITLE_CHANGED, before.title, after.title),
        (ProposalHappened.DIMENSION_CHANGED, before.dimension_id or "", after.dimension_id or ""),
        (ProposalHappened.LEVELS_CHANGED, _step_words(before), _step_words(after)),
        (ProposalHappened.EFFORT_CHANGED, _effort_words(before.effort), _effort_words(after.effort)),
        (ProposalHappened.BENEFITS_CHANGED, " ".join(before.benefits), " ".join(after.benefits)),
    )
    return tuple(entry(what, by, at, before=old, after=new) for what, old, new in told if old != new)


def _step_words(proposal: Proposal) -> str:
    levels = (proposal.from_level, proposal.to_level)
    return "" if levels == (None, None) else "-".join("" if each is None else str(each) for each in levels)


def _effort_words(effort: ProposedEffort) -> str:
    if effort == ProposedEffort():
        return ""
    return " ".join(
        "-" if each is None else each.value for each in (effort.time, effort.money, effort.skills)
    )
