"""The rules of together mode for whoever leads: agreeing, leaving out, putting off, reopening."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from model.assessment.assessment import REASON_LIMIT, Assessment, PromptProgress, PromptState
from model.assessment.guards import is_level, not_leading, too_long
from model.assessment.history import Happened
from model.assessment.settling import answerable, decided
from model.assessment.steps import Agree, MarkNotApplicable, Outcome, PutOff, ReopenAnswer
from model.assessment.voting import not_revealed, not_undecided, without_who_left
from model.refusals import Reason, Refusal


def agree(assessment: Assessment, step: Agree, by: str, at: datetime) -> Outcome:
    """Agree the level of a revealed prompt; another than the median needs a reason."""
    prompt = _led(assessment, step.prompt_id, by)
    if isinstance(prompt, Refusal):
        return prompt
    reason, dissent = step.reason.strip(), step.dissent.strip()
    refusal = not_revealed(assessment, prompt) or _bad_agreement(prompt, step.level, reason, dissent)
    if refusal is not None:
        return refusal
    agreed = replace(prompt, state=PromptState.AGREED, level=step.level, reason=reason, dissent=dissent)
    return decided(assessment, prompt, agreed, Happened.LEVEL_AGREED, by, at)


def _bad_agreement(prompt: PromptProgress, level: int, reason: str, dissent: str) -> Refusal | None:
    if not is_level(level):
        return Refusal(Reason.LEVEL_OUT_OF_RANGE)
    if level != prompt.median and not reason:
        return Refusal(Reason.NOT_THE_MEDIAN, level=prompt.median)
    if len(dissent) > REASON_LIMIT:
        return Refusal(Reason.DISSENT_TOO_LONG, limit=REASON_LIMIT, length=len(dissent))
    return too_long(reason, REASON_LIMIT)


def leave_out(assessment: Assessment, step: MarkNotApplicable, by: str, at: datetime) -> Outcome:
    """Leave a prompt out, with the reason."""
    prompt = _led(assessment, step.prompt_id, by)
    if isinstance(prompt, Refusal):
        return prompt
    reason = step.reason.strip()
    if prompt.answered:
        return not_undecided(assessment, prompt) or Refusal(Reason.ALREADY_DONE)
    if assessment.held_back(step.prompt_id):
        return Refusal(Reason.OTHER_TEAM_FIRST, who_can=assessment.facilitators)
    refusal = too_long(reason, REASON_LIMIT) if reason else Refusal(Reason.REASON_MISSING)
    if refusal is not None:
        return refusal
    left_out = replace(
        prompt,
        state=PromptState.NOT_APPLICABLE,
        level=None,
        reason=reason,
        ready_by=None,
        ready_at=None,
    )
    return decided(assessment, prompt, left_out, Happened.MARKED_NOT_APPLICABLE, by, at)


def put_aside(assessment: Assessment, step: PutOff, by: str, at: datetime) -> Outcome:
    """Leave a prompt for later with the votes it has, and ask the next."""
    prompt = _led(assessment, step.prompt_id, by)
    if isinstance(prompt, Refusal):
        return prompt
    refusal = not_undecided(assessment, prompt)
    if refusal is not None:
        return refusal
    aside = replace(prompt, state=PromptState.PUT_OFF)
    return decided(assessment, prompt, aside, Happened.PUT_OFF, by, at)


def reopen(assessment: Assessment, step: ReopenAnswer, by: str, at: datetime) -> Outcome:
    """Take up again what was agreed or left out, with a reason, or what was put off.

    Votes that were shown stay shown; those that were hidden stay hidden.
    """
    prompt = _led(assessment, step.prompt_id, by)
    if isinstance(prompt, Refusal):
        return prompt
    reason = step.reason.strip()
    if prompt.undecided:
        return _open_already(prompt)
    missing = prompt.answered and not reason
    refusal = Refusal(Reason.REASON_MISSING) if missing else too_long(reason, REASON_LIMIT)
    if refusal is not None:
        return refusal
    state = PromptState.ASKED if prompt.revealed_at is None else PromptState.REVEALED
    opened = replace(prompt, state=state, level=None, reason="", dissent="", asked_at=at)
    taken = decided(assessment, prompt, opened, Happened.ANSWER_REOPENED, by, at, reason=reason)
    return without_who_left(taken, step.prompt_id, prompt.decided_at, by, at)


def _open_already(prompt: PromptProgress) -> Refusal:
    """Refuse because it is open; says who took it up, if that is the last thing that somebody decided."""
    if prompt.decided_at is None or prompt.decided_at != prompt.asked_at:
        return Refusal(Reason.ALREADY_DONE)
    return Refusal(Reason.ALREADY_DONE, by=prompt.decided_by, at=prompt.decided_at)


def _led(assessment: Assessment, prompt_id: str, by: str) -> PromptProgress | Refusal:
    """The prompt, if it can be decided and this person leads its dimension."""
    prompt = answerable(assessment, prompt_id)
    if isinstance(prompt, Refusal):
        return prompt
    refusal = not_leading(assessment, assessment.dimension_of(prompt_id).dimension_id, by)
    return refusal or prompt
