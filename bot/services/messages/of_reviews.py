"""What a review bears on beside itself: the plan of the assessment it looks at again, and its questions."""

from __future__ import annotations

from collections.abc import Hashable

from bot.services.messages.of_outcomes import outcome_message
from bot.services.messages.of_plans import plan_message_of
from bot.services.messages.of_suggestions import open_suggestions
from bot.services.messages.wanting import OutOfDate, wanted_before
from model.assessment.assessment import Assessment, AssessmentState
from model.assessment.reviewing import as_reviewed
from model.plan.plan import ItemStatus
from storage.database import Database
from storage.unit_of_work import UnitOfWork


async def reviewed(work: UnitOfWork, assessment: Assessment) -> Assessment:
    """An assessment with each dimension as it was confirmed last, in itself or in a review."""
    return as_reviewed(assessment, await work.assessments.reviews_of(assessment.id))


async def as_it_stands(database: Database, workspace_id: str, assessment: Assessment) -> Assessment:
    """The same in a reading of its own."""
    async with database.reading(workspace_id) as work:
        return await reviewed(work, assessment)


async def whole_as_it_stands(database: Database, workspace_id: str, assessment: Assessment) -> Assessment:
    """The same; instead of a review, the assessment that it looks at again, while there is that one."""
    async with database.reading(workspace_id) as work:
        home = await work.assessments.planned_in(assessment.id)
        return await reviewed(work, await work.assessments.get(home) or assessment)


async def beside_review(work: UnitOfWork, before: Assessment | None, after: Assessment) -> OutOfDate:
    """The messages outside a review that a step in it, or its start, makes out of date."""
    if not after.review or after.previous is None:
        return []
    if before is not None and _confirmed(before) == _confirmed(after):
        return []
    first, plan = await work.assessments.get(after.previous), await work.plans.get(after.previous)
    if first is None or plan is None:
        return []
    found = [plan_message_of(first)]
    for item in plan.items:
        if item.status is ItemStatus.DONE and item.dimension_id in after.scope:
            found.append(outcome_message(first, item.id))
    there = await wanted_before(work, found)
    moved = before is not None and _counting(before) != _counting(after)
    return [*there, *(await open_suggestions(work, plan) if moved else [])]


def _counting(review: Assessment) -> Hashable:
    """The levels that count instead of those before."""
    if review.state is AssessmentState.CANCELLED:
        return ()
    return tuple(dimension.confirmation for dimension in review.dimensions)


def _confirmed(review: Assessment) -> Hashable:
    """What of a review counts outside it."""
    return review.state, tuple(dimension.confirmation for dimension in review.dimensions)
