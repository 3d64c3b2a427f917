"""The conditions that several steps share; each answers with a refusal, or None when all is well."""

from __future__ import annotations

from datetime import date

from model.assessment.assessment import Assessment, AssessmentState
from model.refusals import Reason, Refusal


def because(assessment: Assessment, reason: Reason) -> Refusal:
    """A refusal that names who brought the assessment to its state, and when."""
    return Refusal(
        reason,
        who_can=assessment.facilitators,
        by=assessment.state_changed_by,
        at=assessment.state_changed_at,
    )


def not_running(assessment: Assessment) -> Refusal | None:
    """Refuse while paused; ended assessments are refused before any rule is asked."""
    if assessment.state is AssessmentState.PAUSED:
        return because(assessment, Reason.ASSESSMENT_PAUSED)
    return None


def not_facilitator(assessment: Assessment, by: str) -> Refusal | None:
    """Refuse whoever is not a facilitator of this assessment."""
    if by in assessment.facilitators:
        return None
    return Refusal(Reason.FACILITATORS_ONLY, who_can=assessment.facilitators)


def not_leading(assessment: Assessment, dimension_id: str, by: str) -> Refusal | None:
    """Refuse whoever has no facilitator rights in this dimension."""
    leaders = assessment.leaders(dimension_id)
    if by in leaders:
        return None
    led = leaders != assessment.facilitators
    return Refusal(Reason.LEADERS_ONLY if led else Reason.FACILITATORS_ONLY, who_can=leaders)


def too_long(text: str, limit: int) -> Refusal | None:
    """Refuse text over a limit in characters."""
    return Refusal(Reason.TEXT_TOO_LONG, limit=limit, length=len(text)) if len(text) > limit else None


def closing_date_past(day: date | None, today: date) -> Refusal | None:
    """Refuse a closing date before `today`, the date where the council is."""
    return Refusal(Reason.CLOSING_DATE_PAST) if day is not None and day < today else None


def is_level(level: int) -> bool:
    """Whether it is one of the five levels; true and false are no numbers here, and 3.0 is no level."""
    return isinstance(level, int) and not isinstance(level, bool) and 1 <= level <= 5
