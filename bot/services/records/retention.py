"""Deleting what has been kept long enough, after the channel was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.services.desk import Desk
from bot.services.messages.kinds import MessageKind
from bot.services.messages.wanting import in_channel, want_all
from bot.services.records.deleting import remove_for_good
from bot.services.setting_scopes import scope_of_assessment
from model.records.deletion import Deletion
from model.records.retention import NOTICE, THE_RETENTION, kept_until, last_day
from storage.unit_of_work import UnitOfWork

_TOLD = "retention_told"
_SHORTEST_MONTH = timedelta(days=28)


async def keep_no_longer(desk: Desk, workspace_id: str, at: datetime) -> int:
    """Tell channels of what will be deleted, and delete what they were told of; once a day is enough.

    Returns:
        How many assessments something was done about.
    """
    months, today = desk.rules.retention_months, desk.today(at)
    if months is None:
        return 0
    async with desk.database.reading(workspace_id) as work:
        ended = await work.assessments.ended_before(at + NOTICE - months * _SHORTEST_MONTH)
    changed = 0
    for each in ended:
        async with desk.database.unit_of_work(workspace_id) as work:
            if await _look_at(work, each, months, today, at):
                await work.commit()
                changed += 1
    return changed


async def _look_at(work: UnitOfWork, assessment_id: str, months: int, today: date, at: datetime) -> bool:
    assessment = await work.assessments.lock(assessment_id)
    if assessment is None:
        return False
    until = kept_until(assessment, await work.plans.get(assessment_id), months)
    if until is None or today < until - NOTICE:
        return False
    told = await _told(work, assessment_id)
    if told is None:
        scope = scope_of_assessment(assessment_id)
        await work.settings.put(scope, _TOLD, today.isoformat())
        notice = in_channel(assessment, MessageKind.RETENTION)
        await want_all(work, [replace(notice, subject=last_day(until, today).isoformat())], at)
        return True
    if today <= last_day(until, told):
        return False
    gone = Deletion(assessment.id, assessment.channel_id, assessment.title, THE_RETENTION, at)
    await remove_for_good(work, assessment, gone)
    return True


async def _told(work: UnitOfWork, assessment_id: str) -> date | None:
    value = await work.settings.get(scope_of_assessment(assessment_id), _TOLD)
    return None if value is None else date.fromisoformat(str(value))
