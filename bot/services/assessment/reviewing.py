"""Looking again at a dimension of a closed assessment."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.assessment.finding import active_in, channel_of, find_assessment, must_be_inside
from bot.services.assessment.starting import AlreadyRunningHere
from bot.services.assessment.still_there import gone_from
from bot.services.membership import Accounts, Membership
from bot.services.messages.of_assessments import out_of_date
from bot.services.messages.of_reviews import beside_review
from bot.services.messages.wanting import want_all
from model.assessment.assessment import Assessment
from model.assessment.reviewing import review_of, why_no_review
from model.assessment.starting import begin
from model.assessment.state_machine import take
from model.assessment.steps import OpenDimension, Taken
from model.refusals import Refusal
from storage.database import Database
from storage.engine.errors import AlreadyUnderWay


async def start_review(
    database: Database,
    asked: Asked,
    assessment_id: str,
    dimension_id: str,
    *,
    today: date,
    membership: Membership,
    accounts: Accounts | None = None,
) -> Assessment | None:
    """Begin to look again at a dimension of a closed assessment; None when this delivery was handled before.

    The framework is the one of that assessment, whole, so that levels can be compared.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: they may not, or the assessment is not closed.
        AlreadyRunningHere: the channel has an assessment under way.
    """
    await must_be_inside(database, asked, assessment_id, membership)
    before = await find_assessment(database, asked.workspace_id, assessment_id)
    gone = await gone_from(asked.workspace_id, before, membership, accounts)
    try:
        return await _start(database, asked, assessment_id, dimension_id, today, gone)
    except AlreadyUnderWay:
        channel_id = await channel_of(database, asked.workspace_id, assessment_id)
        running = await active_in(database, asked.workspace_id, channel_id or "")
        if running is None:
            raise
        raise AlreadyRunningHere(running) from None


async def _start(
    database: Database,
    asked: Asked,
    assessment_id: str,
    dimension_id: str,
    today: date,
    gone: frozenset[str],
) -> Assessment | None:
    async with database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return None
        assessment = await work.assessments.get(assessment_id)
        if assessment is None:
            raise NoSuchAssessment(assessment_id)
        refusal = why_no_review(assessment, dimension_id, asked.person)
        if refusal is not None:
            raise Refused(refusal, assessment)
        begun = begin(
            review_of(assessment, dimension_id, asked.person, gone),
            assessment_id=uuid4().hex,
            framework=assessment.framework,
            by=asked.person,
            at=asked.at,
            today=today,
        )
        if isinstance(begun, Refusal):
            raise Refused(begun, assessment)
        opened = take(begun.assessment, OpenDimension(dimension_id), by=asked.person, at=asked.at)
        after = opened if isinstance(opened, Taken) else begun
        entries = (*begun.entries, *opened.entries) if isinstance(opened, Taken) else begun.entries
        await work.assessments.add(after.assessment, entries)
        await want_all(work, out_of_date(None, after.assessment), asked.at)
        await want_all(work, await beside_review(work, None, after.assessment), asked.at)
        await work.commit()
    return after.assessment


async def review_under_way(
    database: Database, workspace_id: str, assessment_id: str, dimension_id: str
) -> Assessment | None:
    """The review of a dimension that is being done, if there is one."""
    async with database.reading(workspace_id) as work:
        reviews = await work.assessments.reviews_of(assessment_id)
    return next((each for each in reviews if each.active and dimension_id in each.scope), None)
