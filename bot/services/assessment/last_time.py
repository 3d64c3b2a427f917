"""What was found last time, and what is drawn anew when that is no longer known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from bot.services.asking import Asked
from bot.services.assessment.finding import must_be_inside
from bot.services.desk import Desk
from bot.services.messages.kinds import MessageKind
from bot.services.messages.of_assessments import shown
from bot.services.messages.watchers import want_changes
from bot.services.recording import existing
from model.assessment.assessment import Assessment
from model.assessment.last_time import LastTime
from model.assessment.reviewing import as_reviewed
from storage.database import Database
from storage.unit_of_work import UnitOfWork


async def last_time(work: UnitOfWork, assessment: Assessment) -> LastTime | None:
    """The assessment before this one, if there is one; before a review, as earlier reviews left it."""
    if assessment.previous is None:
        return None
    earlier = await work.assessments.get(assessment.previous)
    if earlier is None:
        return None
    reviews = await work.assessments.reviews_of(earlier.id)
    return LastTime(as_reviewed(earlier, takewhile(lambda each: each.id != assessment.id, reviews)))


async def find_last_time(database: Database, workspace_id: str, assessment: Assessment) -> LastTime | None:
    """The same in a reading of its own."""
    async with database.reading(workspace_id) as work:
        return await last_time(work, assessment)


async def see_last_time(desk: Desk, asked: Asked, assessment_id: str) -> tuple[Assessment, LastTime | None]:
    """An assessment with the one before it, for somebody in its channel.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: they are not in its channel.
    """
    await must_be_inside(desk, asked, assessment_id)
    async with desk.database.reading(asked.workspace_id) as work:
        assessment = await existing(work, assessment_id)
        return assessment, await last_time(work, assessment)


async def forget_last_time(work: UnitOfWork, assessment_id: str, at: datetime) -> None:
    """Take an assessment that is about to be deleted away from those that came after it.

    What they say of it is drawn anew, and pictures that show it disappear.
    """
    for following in await work.assessments.following(assessment_id):
        before = await work.assessments.lock(following)
        if before is None:
            continue
        after = replace(before, previous=None)
        await work.assessments.save(before, after, ())
        await want_changes(work, before, after, at)
        still_there = shown(after)
        for row in await work.messages.of_assessment(following):
            if row.kind == MessageKind.CHART and row.key not in still_there:
                await work.messages.remove(row.key, at)
