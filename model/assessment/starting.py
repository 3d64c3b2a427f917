"""How an assessment begins."""

from __future__ import annotations

from datetime import date, datetime

from model.assessment.assessment import (
    FACILITATOR_LIMIT,
    TITLE_LIMIT,
    Assessment,
    AssessmentState,
    DimensionProgress,
    Participant,
    PromptProgress,
    Role,
)
from model.assessment.guards import closing_date_past, too_long
from model.assessment.history import Happened, HistoryEntry
from model.assessment.steps import NewAssessment, Outcome, Taken
from model.framework.framework import Framework
from model.refusals import Reason, Refusal


def begin(
    new: NewAssessment, *, assessment_id: str, framework: Framework, by: str, at: datetime, today: date
) -> Outcome:
    """Start an assessment; `today` is the date where the starter is."""
    title = new.title.strip()
    facilitators = tuple(dict.fromkeys(new.facilitators))
    refusal = (
        _bad_title(title)
        or _bad_scope(new.scope, framework)
        or _bad_people(facilitators)
        or _bad_place_or_time(new, today)
    )
    if refusal is not None:
        return refusal
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
        participants=_roster(new, facilitators, by, at),
        dimensions=dimensions,
        started_by=by,
        started_at=at,
        closing_date=new.closing_date,
        previous=new.previous,
        review=new.review,
    )
    return Taken(assessment, (HistoryEntry(Happened.STARTED, by, at),))


def _roster(
    new: NewAssessment, facilitators: tuple[str, ...], by: str, at: datetime
) -> tuple[Participant, ...]:
    roles = (
        (facilitators, Role.FACILITATOR),
        (new.assessors, Role.ASSESSOR),
        (new.observers, Role.OBSERVER),
    )
    roster: dict[str, Participant] = {}
    for people, role in roles:
        for person in people:
            roster.setdefault(person, Participant(person, role, at, by))
    return tuple(roster.values())


def _bad_title(title: str) -> Refusal | None:
    return too_long(title, TITLE_LIMIT) if title else Refusal(Reason.TITLE_MISSING)


def _bad_scope(scope: tuple[str, ...], framework: Framework) -> Refusal | None:
    if not scope:
        return Refusal(Reason.NOTHING_IN_SCOPE)
    known = {dimension.id for dimension in framework.dimensions}
    return None if set(scope) <= known else Refusal(Reason.UNKNOWN_DIMENSION)


def _bad_people(facilitators: tuple[str, ...]) -> Refusal | None:
    if not facilitators:
        return Refusal(Reason.FACILITATOR_MISSING)
    if len(facilitators) > FACILITATOR_LIMIT:
        return Refusal(Reason.TOO_MANY_FACILITATORS, limit=FACILITATOR_LIMIT, length=len(facilitators))
    return None


def _bad_place_or_time(new: NewAssessment, today: date) -> Refusal | None:
    if not new.channel_id:
        return Refusal(Reason.CHANNEL_MISSING)
    return closing_date_past(new.closing_date, today)
