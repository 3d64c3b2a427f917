"""How an assessment begins."""

from __future__ import annotations

from datetime import date, datetime

from model.assessment import (
    TITLE_LIMIT,
    Assessment,
    AssessmentState,
    DimensionProgress,
    PromptProgress,
)
from model.framework import Framework
from model.history import Happened, HistoryEntry
from model.refusals import Reason, Refusal
from model.steps import NewAssessment, Outcome, Taken


def begin(
    new: NewAssessment, *, assessment_id: str, framework: Framework, by: str, at: datetime, today: date
) -> Outcome:
    """Start an assessment; `today` is the date where the starter is."""
    title = new.title.strip()
    known = {dimension.id for dimension in framework.dimensions}
    if not title:
        return Refusal(Reason.TITLE_MISSING)
    if len(title) > TITLE_LIMIT:
        return Refusal(Reason.TEXT_TOO_LONG, limit=TITLE_LIMIT, length=len(title))
    if not new.scope:
        return Refusal(Reason.NOTHING_IN_SCOPE)
    if not set(new.scope) <= known:
        return Refusal(Reason.UNKNOWN_DIMENSION)
    if not new.facilitators:
        return Refusal(Reason.FACILITATOR_MISSING)
    if new.closing_date is not None and new.closing_date < today:
        return Refusal(Reason.CLOSING_DATE_PAST)
    dimensions = tuple(
        DimensionProgress(dimension.id, tuple(PromptProgress(prompt.id) for prompt in dimension.prompts))
        for dimension in framework.dimensions
        if dimension.id in new.scope
    )
    assessment = Assessment(
        id=assessment_id,
        channel_id=new.channel_id,
        title=title,
        kind=new.kind,
        mode=new.mode,
        state=AssessmentState.RUNNING,
        framework=framework,
        facilitators=tuple(dict.fromkeys(new.facilitators)),
        dimensions=dimensions,
        started_by=by,
        started_at=at,
        closing_date=new.closing_date,
    )
    return Taken(assessment, (HistoryEntry(Happened.STARTED, by, at),))
