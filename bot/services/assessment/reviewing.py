"""Looking again at a dimension of a closed assessment."""

from __future__ import annotations

from uuid import uuid4

from bot.services.asking import Asked
from bot.services.assessment.finding import active_in, see_assessment
from bot.services.assessment.starting import AlreadyRunningHere
from bot.services.assessment.still_there import gone_from
from bot.services.desk import Desk
from bot.services.messages.of_assessments import out_of_date
from bot.services.messages.of_reviews import beside_review
from bot.services.messages.wanting import bring_into_line
from bot.services.recording import allowed, existing, record_once
from model.assessment.assessment import Assessment
from model.assessment.reviewing import review_of, why_no_review
from model.assessment.starting import begin
from model.assessment.state_machine import take
from model.assessment.steps import NewAssessment, OpenDimension, Taken
from model.refusals import Refusal
from storage.database import Database
from storage.engine.errors import AlreadyUnderWay
from storage.unit_of_work import UnitOfWork


async def start_review(desk: Desk, asked: Asked, assessment_id: str, dimension_id: str) -> Assessment | None:
    """Begin to look again at a dimension of a closed assessment; None when this delivery was handled before.

    The framework is the one of that assessment, whole, so that levels can be compared.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: they may not, or the assessment is not closed.
        AlreadyRunningHere: the channel has an assessment under way.
    """
    seen = await see_assessment(desk, asked, assessment_id)
    gone = await gone_from(desk, asked.workspace_id, seen)

    async def start(work: UnitOfWork) -> Assessment:
        assessment = await existing(work, assessment_id)
        allowed(why_no_review(assessment, dimension_id, asked.person), assessment)
        begun = _begun(assessment, review_of(assessment, dimension_id, asked.person, gone), desk, asked)
        await work.assessments.add(begun.assessment, begun.entries)
        stale = [*out_of_date(None, begun.assessment), *await beside_review(work, None, begun.assessment)]
        await bring_into_line(work, stale, asked.at)
        return begun.assessment

    try:
        return await record_once(desk.database, asked, start)
    except AlreadyUnderWay:
        running = await active_in(desk.database, asked.workspace_id, seen.channel_id)
        if running is None:
            raise
        raise AlreadyRunningHere(running) from None


def _begun(assessment: Assessment, review: NewAssessment, desk: Desk, asked: Asked) -> Taken:
    """A review of an assessment, with the dimension that it is about open."""
    outcome = begin(
        review,
        assessment_id=uuid4().hex,
        framework=assessment.framework,
        by=asked.person,
        at=asked.at,
        today=desk.today(asked.at),
    )
    begun = allowed(outcome, assessment)
    opened = take(begun.assessment, OpenDimension(*review.scope), by=asked.person, at=asked.at)
    if isinstance(opened, Refusal):
        return begun
    return Taken(opened.assessment, (*begun.entries, *opened.entries))


async def review_under_way(
    database: Database, workspace_id: str, assessment_id: str, dimension_id: str
) -> Assessment | None:
    """The review of a dimension that is being done, if there is one."""
    async with database.reading(workspace_id) as work:
        reviews = await work.assessments.reviews_of(assessment_id)
    return next((each for each in reviews if each.active and dimension_id in each.scope), None)
