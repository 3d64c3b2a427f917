"""The rules of opening dimensions and of answering prompts in quick mode."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from model.assessment.assessment import (
    REASON_LIMIT,
    Assessment,
    PromptState,
    Vote,
)
from model.assessment.guards import is_level, not_running, too_long
from model.assessment.history import Happened, HistoryEntry
from model.assessment.settling import already_decided, answerable, ask_next, decided
from model.assessment.steps import (
    MarkNotApplicable,
    OpenDimension,
    Outcome,
    PutOff,
    RecordLevel,
    ReopenAnswer,
    Taken,
)
from model.refusals import Reason, Refusal


def open_dimension(assessment: Assessment, step: OpenDimension, by: str, at: datetime) -> Outcome:
    """Open a dimension and ask its first prompt."""
    refusal = not_running(assessment)
    if refusal is not None:
        return refusal
    dimension = assessment.dimension(step.dimension_id)
    if dimension.opened_at is not None:
        return Refusal(Reason.ALREADY_DONE, by=dimension.opened_by, at=dimension.opened_at)
    opened = replace(dimension, opened_by=by, opened_at=at)
    entry = HistoryEntry(Happened.DIMENSION_OPENED, by, at, dimension_id=step.dimension_id)
    return Taken(assessment.with_dimension(ask_next(opened, at)), (entry,))


def record_level(assessment: Assessment, step: RecordLevel, by: str, at: datetime) -> Outcome:
    """Record a level. Somebody who presses after another has decided keeps their vote; the level stands."""
    prompt = answerable(assessment, step.prompt_id)
    if isinstance(prompt, Refusal):
        return prompt
    if not is_level(step.level):
        return Refusal(Reason.LEVEL_OUT_OF_RANGE)
    if prompt.state is PromptState.AGREED and prompt.level == step.level and not prompt.being_changed:
        earlier = prompt.vote_of(by)
        if earlier is not None and earlier.level == step.level:
            return Refusal(Reason.ALREADY_DONE, by=by, at=earlier.at, level=prompt.level)
    voted = prompt.with_vote(Vote(by, step.level, at))
    settled_by_another = (
        prompt.answered
        and not prompt.being_changed
        and prompt.decided_by is not None
        and prompt.decided_by != by
    )
    if settled_by_another:
        entry = HistoryEntry(
            Happened.VOTED,
            by,
            at,
            dimension_id=assessment.dimension_of(step.prompt_id).dimension_id,
            prompt_id=step.prompt_id,
            level_after=step.level,
        )
        return Taken(assessment.with_prompt(voted), (entry,))
    answered = replace(voted, state=PromptState.AGREED, level=step.level, reason="")
    return decided(assessment, prompt, answered, Happened.LEVEL_AGREED, by, at)


def mark_not_applicable(assessment: Assessment, step: MarkNotApplicable, by: str, at: datetime) -> Outcome:
    """Leave a prompt out, with the reason."""
    prompt = answerable(assessment, step.prompt_id)
    if isinstance(prompt, Refusal):
        return prompt
    reason = step.reason.strip()
    if not reason:
        return Refusal(Reason.REASON_MISSING)
    refusal = too_long(reason, REASON_LIMIT)
    if refusal is not None:
        return refusal
    if prompt.answered and not prompt.being_changed and prompt.decided_by != by:
        return already_decided(prompt)
    answered = replace(prompt, state=PromptState.NOT_APPLICABLE, level=None, reason=reason)
    return decided(assessment, prompt, answered, Happened.MARKED_NOT_APPLICABLE, by, at)


def put_off(assessment: Assessment, step: PutOff, by: str, at: datetime) -> Outcome:
    """Leave a prompt for later, and ask the next."""
    prompt = answerable(assessment, step.prompt_id)
    if isinstance(prompt, Refusal):
        return prompt
    if prompt.answered:
        return already_decided(prompt)
    if prompt.state is PromptState.PUT_OFF:
        return Refusal(Reason.ALREADY_DONE, by=prompt.decided_by, at=prompt.decided_at)
    put_off = replace(prompt, state=PromptState.PUT_OFF)
    return decided(assessment, prompt, put_off, Happened.PUT_OFF, by, at)


def reopen_answer(assessment: Assessment, step: ReopenAnswer, by: str, at: datetime) -> Outcome:
    """Show the levels again; what was answered stands until another level is pressed."""
    prompt = answerable(assessment, step.prompt_id)
    if isinstance(prompt, Refusal):
        return prompt
    if prompt.takes_level:
        return Refusal(Reason.ALREADY_DONE, by=prompt.decided_by, at=prompt.decided_at, level=prompt.level)
    if prompt.state is PromptState.PUT_OFF:
        reopened = replace(prompt, state=PromptState.ASKED, asked_at=at)
    else:
        reopened = replace(prompt, being_changed=True)
    entry = HistoryEntry(
        Happened.ANSWER_REOPENED,
        by,
        at,
        dimension_id=assessment.dimension_of(step.prompt_id).dimension_id,
        prompt_id=step.prompt_id,
        level_before=prompt.level,
    )
    return Taken(assessment.with_prompt(reopened), (entry,))
