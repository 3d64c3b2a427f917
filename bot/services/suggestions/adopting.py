"""Taking an action of the library into the plan, and what was proposed from one."""

from __future__ import annotations

from dataclasses import replace

from bot.services.asking import Asked
from bot.services.calendar.calendars import working_calendar
from bot.services.desk import Desk
from bot.services.guests import only_a_guest
from bot.services.library.libraries import library_of
from bot.services.plan.stepping import PlanStepTaken, find_plan, new_item_id, see_plan, step_within
from bot.services.recording import allowed, existing, record_once
from model.plan.item_from_action import counted_anew, from_action
from model.plan.plan import UNDER_WAY
from model.plan.steps import SetStatus
from storage.unit_of_work import UnitOfWork


async def adopt_action(desk: Desk, asked: Asked, assessment_id: str, action_id: str) -> PlanStepTaken | None:
    """Add an action of the workspace's library to a plan, to begin today; None when this was handled before.

    Its milestones are counted from today.

    Raises:
        NoSuchAssessment: there is none with this id.
        UnknownAction: the library does not have it.
        Refused: the rules do not allow it, such as when it is in the plan already.
    """
    seen = await see_plan(desk, asked, assessment_id)
    allowed(await only_a_guest(desk, asked, seen.assessment), seen.assessment)
    today = desk.today(asked.at)

    async def adopt(work: UnitOfWork) -> PlanStepTaken:
        assessment = await existing(work, seen.assessment.id)
        action = (await library_of(work, desk.library, assessment.framework)).action(action_id)
        next_day = (await working_calendar(work, desk.rules.nation)).next_working_day
        step = from_action(action, item_id=new_item_id(), start=today, next_working_day=next_day)
        return await step_within(work, asked, assessment, step, today=today)

    return await record_once(desk.database, asked, adopt)


async def status_from_today(desk: Desk, asked: Asked, assessment_id: str, step: SetStatus) -> SetStatus:
    """A step with the dates of a proposed item counted from today, where the item is taken in by it.

    Raises:
        NoSuchAssessment: there is none with this id.
    """
    if step.status not in UNDER_WAY:
        return step
    planned = await find_plan(desk.database, asked.workspace_id, assessment_id)
    async with desk.database.reading(asked.workspace_id) as work:
        calendar = await working_calendar(work, desk.rules.nation)
    today = desk.today(asked.at)
    found = [each for each in planned.plan.items if each.id == step.item_id]
    dates = [pair for each in found for pair in counted_anew(each, today, calendar.next_working_day)]
    return replace(step, dates=tuple(dates))
