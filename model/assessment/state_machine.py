"""Taking a step: a pure function from state and step to the new state, or to a typed refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from model.assessment.agreeing import agree, leave_out, put_aside, reopen
from model.assessment.assessment import REASON_LIMIT, Assessment, AssessmentState, Mode
from model.assessment.closing_date import set_closing_date
from model.assessment.confirming import confirm_level
from model.assessment.evidence_carried_over import carry_evidence
from model.assessment.evidence_rules import add_evidence, move_evidence, withdraw_evidence
from model.assessment.guards import because, not_facilitator, not_running, too_long
from model.assessment.history import Happened, HistoryEntry
from model.assessment.quick_mode import (
    mark_not_applicable,
    open_dimension,
    put_off,
    record_level,
    reopen_answer,
)
from model.assessment.steps import (
    Abstain,
    AddEvidence,
    AddPeople,
    Agree,
    Cancel,
    CarryEvidence,
    Close,
    ConfirmLevel,
    GiveLead,
    Join,
    Leave,
    LeaveChannel,
    MarkNotApplicable,
    MoveEvidence,
    OpenDimension,
    Outcome,
    Pause,
    PutOff,
    RecordLevel,
    RemovePerson,
    ReopenAnswer,
    Resume,
    Reveal,
    SetClosingDate,
    SetRole,
    Step,
    Taken,
    TakeOver,
    VoteAgain,
    WithdrawEvidence,
)
from model.assessment.taking_part import (
    add_people,
    give_lead,
    join,
    leave,
    leave_channel,
    remove_person,
    set_role,
    take_over,
)
from model.assessment.voting import abstain, reveal, vote, vote_again, without_who_left
from model.framework.framework import UnknownDimension, UnknownPrompt
from model.refusals import Reason, Refusal


def take(assessment: Assessment, step: Step, *, by: str, at: datetime) -> Outcome:
    """Take a step, or say why not."""
    ended = _ended(assessment)
    if ended is not None and not _welcome_after_the_end(assessment, step, by):
        return ended
    in_mode = _IN_TOGETHER_MODE if assessment.mode is Mode.TOGETHER else _IN_QUICK_MODE
    try:
        return {**_ALWAYS, **in_mode}[type(step)](assessment, step, by, at)
    except UnknownPrompt:
        return Refusal(Reason.UNKNOWN_PROMPT)
    except UnknownDimension:
        return Refusal(Reason.UNKNOWN_DIMENSION)


def _welcome_after_the_end(assessment: Assessment, step: Step, by: str) -> bool:
    """What moves no level.

    What was done since may be shown, and stands beside the question next time. Whoever facilitates has
    plans, exports and deletion to see to, so they can still lose that to whoever takes over; of all others
    it stays on record that they took part.
    """
    match step:
        case AddEvidence():
            return assessment.state is AssessmentState.CLOSED and step.late
        case LeaveChannel():
            return by in assessment.facilitators
        case TakeOver():
            return True
    return False


def _ended(assessment: Assessment) -> Refusal | None:
    reasons = {
        AssessmentState.CLOSED: Reason.ASSESSMENT_CLOSED,
        AssessmentState.CANCELLED: Reason.ASSESSMENT_CANCELLED,
    }
    if assessment.state not in reasons:
        return None
    return because(assessment, reasons[assessment.state])


def _pause(assessment: Assessment, step: Pause, by: str, at: datetime) -> Outcome:
    refusal = not_facilitator(assessment, by)
    if refusal is not None:
        return refusal
    if assessment.state is AssessmentState.PAUSED:
        return because(assessment, Reason.ALREADY_DONE)
    return _moved(assessment, AssessmentState.PAUSED, Happened.PAUSED, by, at)


def _resume(assessment: Assessment, step: Resume, by: str, at: datetime) -> Outcome:
    refusal = not_facilitator(assessment, by)
    if refusal is not None:
        return refusal
    if assessment.state is not AssessmentState.PAUSED:
        return because(assessment, Reason.NOT_PAUSED)
    taken = _moved(assessment, AssessmentState.RUNNING, Happened.RESUMED, by, at)
    if assessment.mode is Mode.TOGETHER:
        for prompt in assessment.prompts:
            taken = without_who_left(taken, prompt.prompt_id, assessment.state_changed_at, by, at)
    return taken


def _cancel(assessment: Assessment, step: Cancel, by: str, at: datetime) -> Outcome:
    reason = step.reason.strip()
    refusal = not_facilitator(assessment, by) or too_long(reason, REASON_LIMIT)
    if refusal is not None:
        return refusal
    return _moved(assessment, AssessmentState.CANCELLED, Happened.CANCELLED, by, at, reason)


def _close(assessment: Assessment, step: Close, by: str, at: datetime) -> Outcome:
    refusal = not_running(assessment) or not_facilitator(assessment, by)
    if refusal is not None:
        return refusal
    if not assessment.complete:
        return Refusal(Reason.NOT_COMPLETE)
    return _moved(assessment, AssessmentState.CLOSED, Happened.CLOSED, by, at)


def _moved(
    assessment: Assessment,
    state: AssessmentState,
    what: Happened,
    by: str,
    at: datetime,
    reason: str = "",
) -> Taken:
    moved = replace(assessment, state=state, state_changed_by=by, state_changed_at=at, state_reason=reason)
    return Taken(moved, (HistoryEntry(what, by, at, reason=reason),))


def _not_in_quick_mode(assessment: Assessment, step: Step, by: str, at: datetime) -> Refusal:
    return Refusal(Reason.ONLY_TOGETHER)


# One rule a step; each takes its own step type, which a mapping cannot express more narrowly.
_Rules = dict[type, Callable[[Assessment, Any, str, datetime], Outcome]]
_IN_QUICK_MODE: _Rules = {
    RecordLevel: record_level,
    MarkNotApplicable: mark_not_applicable,
    PutOff: put_off,
    ReopenAnswer: reopen_answer,
    Abstain: _not_in_quick_mode,
    Reveal: _not_in_quick_mode,
    Agree: _not_in_quick_mode,
    VoteAgain: _not_in_quick_mode,
}
_IN_TOGETHER_MODE: _Rules = {
    RecordLevel: vote,
    MarkNotApplicable: leave_out,
    PutOff: put_aside,
    ReopenAnswer: reopen,
    Abstain: abstain,
    Reveal: reveal,
    Agree: agree,
    VoteAgain: vote_again,
}
_ALWAYS: _Rules = {
    OpenDimension: open_dimension,
    AddEvidence: add_evidence,
    CarryEvidence: carry_evidence,
    MoveEvidence: move_evidence,
    WithdrawEvidence: withdraw_evidence,
    ConfirmLevel: confirm_level,
    SetClosingDate: set_closing_date,
    Pause: _pause,
    Resume: _resume,
    Cancel: _cancel,
    Close: _close,
    Join: join,
    Leave: leave,
    LeaveChannel: leave_channel,
    TakeOver: take_over,
    AddPeople: add_people,
    RemovePerson: remove_person,
    SetRole: set_role,
    GiveLead: give_lead,
}
