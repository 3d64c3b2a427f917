"""Handing out what is kept, and taking a person out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from bot.services.asking import Asked
from bot.services.assessment.finding import must_be_inside
from bot.services.desk import Desk
from bot.services.messages.of_digests import redraw_digests
from bot.services.messages.of_reminders import redraw_reminders_of
from bot.services.messages.wanting import want_all
from bot.services.recording import allowed, existing, record_once
from model.assessment.assessment import Assessment
from model.assessment.guards import not_facilitator
from model.assessment.roster import ERASED
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from storage.upkeep.records import Records


@dataclass(frozen=True)
class Erased:
    """What became of a person: what stands in their place, and in how many assessments they were."""

    stand_in: str
    assessments: int


async def assessment_records(desk: Desk, asked: Asked, assessment_id: str) -> Records | None:
    """Everything that is kept of one assessment, for its facilitators; None when this delivery had it.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: they do not facilitate it, or are not in its channel.
    """
    await must_be_inside(desk, asked, assessment_id)

    async def judge(work: UnitOfWork) -> Assessment:
        assessment = await existing(work, assessment_id)
        allowed(not_facilitator(assessment, asked.person), assessment)
        return assessment

    if await record_once(desk.database, asked, judge) is None:
        return None
    async with desk.database.reading(asked.workspace_id) as work:
        return await work.records.everything(assessment_id=assessment_id)


async def erase_person(database: Database, workspace_id: str, person: str, at: datetime) -> Erased | None:
    """Take a person out of all records of a workspace; None when nothing names them.

    Their votes stay as counts and their words as the council's record. Every message of the assessments they
    were in is drawn anew, so that the name goes from Slack as well.
    """
    stand_in = f"{ERASED}{uuid4().hex[:12]}"
    async with database.unit_of_work(workspace_id) as work:
        if not await work.records.about(person):
            return None
        touched = await work.records.erase(person, stand_in, at)
        for assessment_id in sorted(touched):
            await _draw_anew(work, assessment_id, at)
        channels = [await work.assessments.channel_of(each) for each in touched]
        await redraw_digests(work, [each for each in channels if each is not None], at)
        await work.commit()
    return Erased(stand_in, len(touched))


async def _draw_anew(work: UnitOfWork, assessment_id: str, at: datetime) -> None:
    await redraw_reminders_of(work, assessment_id, at)
    rows = [row for row in await work.messages.of_assessment(assessment_id) if row.ts is not None]
    await want_all(work, [row.again for row in rows], at)
