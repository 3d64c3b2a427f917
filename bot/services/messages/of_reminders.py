"""The reminders that people have had, kept in line with what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.services.asking import Asked
from bot.services.messages.step_in_plan import StepInPlan
from bot.services.messages.wanting import REDRAW_AFTER, OutOfDate, Redraw, bring_into_line
from model.plan.plan import Milestone, Plan, PlanItem
from storage.database import Database
from storage.unit_of_work import UnitOfWork


async def reminders_changed(work: UnitOfWork, before: Plan, after: Plan, step: StepInPlan) -> OutOfDate:
    """The reminders of the milestones that a step has changed.

    Those of an earlier date stay as they are: they say that it was moved.
    """
    changed = {milestone.id: milestone.due for milestone in _changed(before, after)}
    return await _standing(work, before.assessment_id, changed) if changed else []


async def redraw_reminder(
    database: Database, asked: Asked, assessment_id: str, milestone_id: str, due: date
) -> None:
    """Want the reminders of a milestone with this date drawn again: somebody has pressed an old one."""
    async with database.unit_of_work(asked.workspace_id) as work:
        stale = await _standing(work, assessment_id, {milestone_id: due})
        await bring_into_line(work, stale, asked.at)
        await work.commit()


async def redraw_reminders_of(work: UnitOfWork, assessment_id: str, at: datetime) -> None:
    """Want all reminders drawn again that are about an assessment's plan."""
    keys = await work.reminders.messages_of(assessment_id)
    await work.messages.redraw(keys, at, redraw_after=REDRAW_AFTER)


async def remove_reminders_of(work: UnitOfWork, assessment_id: str, at: datetime) -> None:
    """Let the reminders disappear that are about an assessment which is deleted in this unit of work.

    Those that are about others besides are drawn again without it.
    """
    for key in sorted(await work.reminders.messages_of(assessment_id)):
        said = await work.reminders.of_message(key)
        if all(each.assessment_id == assessment_id for each in said):
            await work.messages.remove(key, at)
        else:
            await work.messages.redraw([key], at, redraw_after=REDRAW_AFTER)


async def _standing(work: UnitOfWork, assessment_id: str, milestones: dict[str, date]) -> list[Redraw]:
    """The reminders that people have had of milestones with these dates."""
    said = await work.reminders.spent(milestones)
    keys = {
        each.message_key
        for each in said
        if each.assessment_id == assessment_id and each.due == milestones[each.milestone_id]
    }
    return [Redraw(key) for key in keys if key is not None]


def _changed(before: Plan, after: Plan) -> Iterable[Milestone]:
    """The milestones, as they were, of which a reminder says something else now."""
    for old, new in zip(before.items, after.items, strict=False):
        if old is new:
            continue
        whole = _shown(old) != _shown(new) or old.all_settled != new.all_settled
        for milestone in old.milestones:
            if whole or milestone != new.milestone(milestone.id):
                yield milestone


def _shown(item: PlanItem) -> PlanItem:
    """An item without what no reminder says of it."""
    return replace(
        item,
        milestones=(),
        notes="",
        success="",
        revision=0,
        changed_by="",
        changed_at=item.added_at,
    )
