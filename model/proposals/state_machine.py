"""Making a proposal and taking a step in it: pure functions to the new state, or to a typed refusal.

Everybody who does not only observe may propose and support. Whose proposal it is may edit it while it is a
draft; facilitators and the lead of its dimension may too. Facilitators dismiss it and take it into the
council's own library, and whose it is may dismiss it. When the last sign of support goes, the draft is
withdrawn, and comes back with the next one; what was decided stays, whoever goes. A proposal outlives its
assessment as the plan does, so steps are taken when that is closed, and not when it was cancelled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from model.assessment.assessment import Assessment, AssessmentState
from model.assessment.guards import because, not_facilitator
from model.framework.framework import UnknownDimension
from model.plan.guards import bad_text, observing, one_line
from model.plan.plan import NOTES_LIMIT, PLAN_REASON_LIMIT
from model.plan.steps import AddItem
from model.proposals.editing import edit_proposal, filled_in, step_of
from model.proposals.guards import decided, dismissed, entry, not_theirs
from model.proposals.proposal import (
    BUTTON,
    PROPOSAL_TEXT_LIMIT,
    PROPOSAL_TITLE_LIMIT,
    Accepted,
    Mark,
    Proposal,
    ProposalState,
    copied,
    title_from,
)
from model.proposals.steps import (
    DismissProposal,
    EditProposal,
    MarkAccepted,
    MarkPlanned,
    NewProposal,
    NoteDeletion,
    NoteEdit,
    ProposalEntry,
    ProposalHappened,
    ProposalOutcome,
    ProposalStep,
    ProposalTaken,
    Reconsider,
    Support,
    TakeNewText,
    TakeSupportBack,
)
from model.refusals import Reason, Refusal


def propose(new: NewProposal, assessment: Assessment, *, by: str, at: datetime) -> ProposalOutcome:
    """Make a proposal, supported by whoever makes it and by whoever gave its message a sign before."""
    text, shortened = copied(new.text)
    title = one_line(new.title) or title_from(text)
    # The words of a message are not asked for, those of one's own are.
    part = "title" if title or new.source is not None else "text"
    refusal = (
        _cancelled(assessment)
        or observing(assessment, by)
        or bad_text(title, PROPOSAL_TITLE_LIMIT, part, missing=Reason.PROPOSAL_EMPTY)
    )
    if refusal is not None:
        return refusal
    dimension_id = new.dimension_id if new.dimension_id in assessment.scope else None
    own = Mark(by, new.sign, True, new.signed_at)
    given = tuple(
        each
        for each in new.given
        if (each.person, each.sign) != (by, new.sign) and observing(assessment, each.person) is None
    )
    levels = (None, None) if dimension_id is None else step_of(assessment, dimension_id)
    made = Proposal(
        id=new.proposal_id,
        assessment_id=assessment.id,
        channel_id=assessment.channel_id,
        title=title,
        text=text,
        proposed_by=by,
        proposed_at=at,
        state=ProposalState.DRAFT,
        state_by=by,
        state_at=at,
        source=new.source,
        shortened=shortened,
        dimension_id=dimension_id,
        from_level=levels[0],
        to_level=levels[1],
        marks=(*given, own),
    )
    supported = (entry(ProposalHappened.SUPPORTED, each.person, at, after=each.sign) for each in given)
    return ProposalTaken(made, (entry(ProposalHappened.PROPOSED, by, at, after=title), *supported))


def take_in_proposal(
    proposal: Proposal, step: ProposalStep, assessment: Assessment, *, by: str, at: datetime
) -> ProposalOutcome:
    """Take a step in a proposal of an assessment, or say why not."""
    refusal = _cancelled(assessment)
    if refusal is not None:
        return refusal
    try:
        return _RULES[type(step)](proposal, step, assessment, by, at)
    except UnknownDimension:
        return Refusal(Reason.UNKNOWN_DIMENSION, part="dimension")


def supported_enough(proposal: Proposal, threshold: int) -> bool:
    """Whether the facilitators are to be told that a draft has so many supporters; they are told once."""
    return proposal.draft and proposal.told_at is None and len(proposal.supporters) >= threshold


def item_from(proposal: Proposal, item_id: str) -> AddItem:
    """The step that adds a proposal which is ready to the plan.

    Raises:
        ValueError: it is not.
    """
    if proposal.dimension_id is None or proposal.from_level is None or proposal.to_level is None:
        raise ValueError("A proposal needs a dimension and levels before it is planned.")
    return AddItem(
        item_id=item_id,
        title=proposal.title,
        dimension_id=proposal.dimension_id,
        from_level=proposal.from_level,
        to_level=proposal.to_level,
        notes=proposal.text[:NOTES_LIMIT],
        proposal_id=proposal.id,
    )


def _cancelled(assessment: Assessment) -> Refusal | None:
    if assessment.state is AssessmentState.CANCELLED:
        return because(assessment, Reason.ASSESSMENT_CANCELLED)
    return None


def _support(
    proposal: Proposal, step: Support, assessment: Assessment, by: str, at: datetime
) -> ProposalOutcome:
    refusal = observing(assessment, by) or _late(proposal, by, step.sign, step.at, on=True)
    if refusal is not None:
        return refusal
    before = proposal.mark(by, step.sign)
    supported = proposal.with_mark(Mark(by, step.sign, True, step.at))
    if before is not None and before.on:
        return ProposalTaken(supported, ())
    entries = (entry(ProposalHappened.SUPPORTED, by, at, after=step.sign),)
    if proposal.state is not ProposalState.WITHDRAWN:
        return ProposalTaken(supported, entries)
    back = _moved(supported, ProposalState.DRAFT, by, at)
    return ProposalTaken(back, (*entries, entry(ProposalHappened.BROUGHT_BACK, by, at)))


def _take_support_back(
    proposal: Proposal, step: TakeSupportBack, assessment: Assessment, by: str, at: datetime
) -> ProposalOutcome:
    """Whoever could support it at the time can take that back, whatever they may do now."""
    refusal = _late(proposal, by, step.sign, step.at, on=False)
    if refusal is not None:
        return refusal
    before = proposal.mark(by, step.sign)
    left = proposal.with_mark(Mark(by, step.sign, False, step.at))
    if before is None or not before.on:
        return ProposalTaken(left, ())
    entries = (entry(ProposalHappened.SUPPORT_TAKEN_BACK, by, at, before=step.sign),)
    if left.supporters or not proposal.draft or proposal.accepted is not None:
        return ProposalTaken(left, entries)
    withdrawn = _moved(left, ProposalState.WITHDRAWN, by, at)
    return ProposalTaken(withdrawn, (*entries, entry(ProposalHappened.WITHDRAWN, by, at)))


def _late(proposal: Proposal, by: str, sign: str, when: datetime, *, on: bool) -> Refusal | None:
    """Refuse a sign that is not newer than what is known of it, and a press for what stands so already.

    Reactions come as events, in any order. One that repeats what is known, and is newer, is noted all the
    same: what happened in between may still arrive.
    """
    known = proposal.mark(by, sign)
    if sign == BUTTON:
        stands = known is not None and known.on
        return Refusal(Reason.ALREADY_DONE, by=by, at=known.at if known else None) if stands is on else None
    return Refusal(Reason.NOTHING_CHANGED) if known is not None and when <= known.at else None


def _note_edit(
    proposal: Proposal, step: NoteEdit, assessment: Assessment, by: str, at: datetime
) -> ProposalOutcome:
    same = copied(step.text) == (proposal.text, proposal.shortened)
    # One character more than is copied tells that there is more.
    edited = None if same else step.text.strip()[: PROPOSAL_TEXT_LIMIT + 1]
    return _with_source(proposal, edited_text=edited, deleted=False)


def _note_deletion(
    proposal: Proposal, step: NoteDeletion, assessment: Assessment, by: str, at: datetime
) -> ProposalOutcome:
    return _with_source(proposal, edited_text=None, deleted=True)


def _with_source(proposal: Proposal, *, edited_text: str | None, deleted: bool) -> ProposalOutcome:
    """What Slack tells of a message is nobody's step, and no history."""
    source = proposal.source
    noted = None if source is None else replace(source, edited_text=edited_text, deleted=deleted)
    if noted == source:
        return Refusal(Reason.NOTHING_CHANGED)
    return ProposalTaken(replace(proposal, source=noted), ())


def _take_new_text(
    proposal: Proposal, step: TakeNewText, assessment: Assessment, by: str, at: datetime
) -> ProposalOutcome:
    refusal = decided(proposal) or not_theirs(proposal, assessment, by)
    if refusal is not None:
        return refusal
    source = proposal.source
    if source is None or source.edited_text is None:
        return Refusal(Reason.NOTHING_CHANGED)
    was_first_line = proposal.title == title_from(proposal.text)
    text, shortened = copied(source.edited_text)
    taken = replace(
        proposal,
        text=text,
        shortened=shortened,
        title=(title_from(text) or proposal.title) if was_first_line else proposal.title,
        source=replace(source, edited_text=None),
        revision=proposal.revision + 1,
    )
    return ProposalTaken(
        taken, (entry(ProposalHappened.TEXT_TAKEN, by, at, before=proposal.text, after=text),)
    )


def _dismiss(
    proposal: Proposal, step: DismissProposal, assessment: Assessment, by: str, at: datetime
) -> ProposalOutcome:
    reason = step.reason.strip()
    if proposal.state is ProposalState.DISMISSED:
        return Refusal(Reason.ALREADY_DONE, by=proposal.state_by, at=proposal.state_at)
    refusal = (
        decided(proposal)
        or not_theirs(proposal, assessment, by)
        or bad_text(reason, PLAN_REASON_LIMIT, "reason", missing=Reason.REASON_MISSING)
    )
    if refusal is not None:
        return refusal
    moved = _moved(proposal, ProposalState.DISMISSED, by, at, reason)
    return ProposalTaken(moved, (entry(ProposalHappened.DISMISSED, by, at, reason=reason),))


def _reconsider(
    proposal: Proposal, step: Reconsider, assessment: Assessment, by: str, at: datetime
) -> ProposalOutcome:
    """Facilitators take up again what anybody dismissed, others what they dismissed themselves."""
    if proposal.state is not ProposalState.DISMISSED:
        return Refusal(Reason.NOTHING_CHANGED)
    refusal = None if by == proposal.state_by else not_facilitator(assessment, by)
    if refusal is not None:
        return refusal
    moved = _moved(proposal, ProposalState.DRAFT, by, at)
    return ProposalTaken(moved, (entry(ProposalHappened.RECONSIDERED, by, at),))


def _mark_planned(
    proposal: Proposal, step: MarkPlanned, assessment: Assessment, by: str, at: datetime
) -> ProposalOutcome:
    """The rules of the plan say who may add what, and that nothing is added twice."""
    if proposal.state is not ProposalState.PLANNED:
        refusal = decided(proposal)
        if refusal is not None:
            return refusal
    entries: tuple[ProposalEntry, ...] = ()
    if step.details is not None:
        filled = filled_in(proposal, step.details, assessment, by, at)
        if isinstance(filled, Refusal):
            return filled
        proposal, entries = filled.proposal, filled.entries
    if not proposal.ready:
        return Refusal(Reason.PROPOSAL_INCOMPLETE)
    moved = _moved(proposal, ProposalState.PLANNED, by, at)
    return ProposalTaken(moved, (*entries, entry(ProposalHappened.PLANNED, by, at)))


def _mark_accepted(
    proposal: Proposal, step: MarkAccepted, assessment: Assessment, by: str, at: datetime
) -> ProposalOutcome:
    if proposal.accepted is not None:
        return Refusal(Reason.IN_LIBRARY_ALREADY, by=proposal.accepted.by, at=proposal.accepted.at)
    refusal = not_facilitator(assessment, by) or dismissed(proposal)
    if refusal is not None:
        return refusal
    accepted = replace(proposal, accepted=Accepted(step.action_id, by, at))
    return ProposalTaken(accepted, (entry(ProposalHappened.ACCEPTED, by, at, after=step.action_id),))


def _moved(proposal: Proposal, state: ProposalState, by: str, at: datetime, reason: str = "") -> Proposal:
    return replace(proposal, state=state, state_by=by, state_at=at, state_reason=reason)


# One rule a step; each takes its own step type, which a mapping cannot express more narrowly.
_RULES: dict[type, Callable[[Proposal, Any, Assessment, str, datetime], ProposalOutcome]] = {
    Support: _support,
    TakeSupportBack: _take_support_back,
    EditProposal: edit_proposal,
    NoteEdit: _note_edit,
    NoteDeletion: _note_deletion,
    TakeNewText: _take_new_text,
    DismissProposal: _dismiss,
    Reconsider: _reconsider,
    MarkPlanned: _mark_planned,
    MarkAccepted: _mark_accepted,
}
