"""Looking again at a dimension after something was done: a small assessment of its own, beside the first.

The first assessment is never changed: levels move only where a team agreed and a facilitator confirmed them,
with a date of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from model.assessment.assessment import TITLE_LIMIT, Assessment, AssessmentState
from model.assessment.guards import because, not_leading
from model.assessment.steps import NewAssessment
from model.refusals import Reason, Refusal


def why_no_review(assessment: Assessment, dimension_id: str, by: str) -> Refusal | None:
    """Why a dimension of an assessment cannot be looked at again by somebody now.

    Raises:
        UnknownDimension: it is not in the scope.
    """
    refusal = not_leading(assessment, dimension_id, by)
    if assessment.state is AssessmentState.CANCELLED:
        return because(assessment, Reason.ASSESSMENT_CANCELLED)
    if refusal is not None:
        return refusal
    return because(assessment, Reason.STILL_UNDER_WAY) if assessment.active else None


def review_of(
    assessment: Assessment, dimension_id: str, by: str, gone: Collection[str] = ()
) -> NewAssessment:
    """The review of one dimension in the same mode, by the same people without those who are gone."""
    name = assessment.framework.dimension(dimension_id).name
    leaders = tuple(each for each in assessment.leaders(dimension_id) if each not in gone) or (by,)
    return NewAssessment(
        channel_id=assessment.channel_id,
        title=f"{name} again: {assessment.title}"[:TITLE_LIMIT].rstrip(),
        kind=assessment.kind,
        mode=assessment.mode,
        scope=(dimension_id,),
        facilitators=leaders[:10],
        assessors=tuple(each for each in assessment.assessors if each not in gone),
        observers=tuple(
            each.person
            for each in assessment.participants
            if each.present and each.person not in {*leaders, *assessment.assessors, *gone}
        ),
        previous=assessment.id,
        review=True,
    )


def as_reviewed(assessment: Assessment, reviews: Iterable[Assessment]) -> Assessment:
    """An assessment with each dimension as it was confirmed last, in itself or in a review of it.

    Args:
        assessment: The assessment.
        reviews: Its reviews, the earliest first; what is not confirmed in one does not count.
    """
    for review in reviews:
        if review.state is AssessmentState.CANCELLED:
            continue
        for dimension in review.dimensions:
            if dimension.confirmation is not None:
                lead = assessment.dimension(dimension.dimension_id).lead
                assessment = assessment.with_dimension(replace(dimension, lead=lead, reviewed=True))
    return assessment
