"""The rule of confirming the level of a dimension."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from model.assessment.assessment import (
    REASON_LIMIT,
    Assessment,
    Confirmation,
    DimensionProgress,
    DimensionState,
)
from model.assessment.guards import is_level, not_leading, not_running, too_long
from model.assessment.history import Happened, HistoryEntry
from model.assessment.steps import ConfirmLevel, Outcome, Taken
from model.refusals import Reason, Refusal


def confirm_level(assessment: Assessment, step: ConfirmLevel, by: str, at: datetime) -> Outcome:
    """Confirm the level of a dimension: the calculated one, or another with a reason."""
    dimension = assessment.dimension(step.dimension_id)
    refusal = (
        not_running(assessment) or not_leading(assessment, step.dimension_id, by) or _not_ready(dimension)
    )
    if refusal is not None:
        return refusal
    confirmation = dimension.confirmation
    reason = step.reason.strip()
    if confirmation is not None and confirmation.level == step.level and confirmation.reason == reason:
        return Refusal(Reason.ALREADY_DONE, by=confirmation.by, at=confirmation.at, level=confirmation.level)
    score = assessment.score(step.dimension_id)
    calculated = None if score is None else score.level
    refusal = _bad_confirmation(step, calculated, reason)
    if refusal is not None:
        return refusal
    confirmed = replace(dimension, confirmation=Confirmation(step.level, calculated, reason, by, at))
    entry = HistoryEntry(
        Happened.LEVEL_CONFIRMED,
        by,
        at,
        dimension_id=step.dimension_id,
        level_before=calculated if confirmation is None else confirmation.level,
        level_after=step.level,
        reason=reason,
    )
    return Taken(assessment.with_dimension(confirmed), (entry,))


def _not_ready(dimension: DimensionProgress) -> Refusal | None:
    if dimension.state is DimensionState.NOT_OPENED:
        return Refusal(Reason.NOT_OPENED)
    if dimension.state is DimensionState.OPEN:
        return Refusal(Reason.DIMENSION_NOT_ANSWERED)
    return None


def _bad_confirmation(step: ConfirmLevel, calculated: int | None, reason: str) -> Refusal | None:
    if step.level is not None and not is_level(step.level):
        return Refusal(Reason.LEVEL_OUT_OF_RANGE)
    if step.seen != calculated:
        return Refusal(Reason.LEVEL_HAS_CHANGED, level=calculated)
    if step.level != calculated and not reason:
        return Refusal(Reason.REASON_MISSING)
    return too_long(reason, REASON_LIMIT)
