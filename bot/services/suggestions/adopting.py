"""Taking an action of the library into the plan, and what was proposed from one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.services.asking import Asked, NoSuchAssessment
from bot.services.calendar.calendars import working_calendar
from bot.services.library.libraries import library_of
from bot.services.membership import Guests, Membership
from bot.services.plan.stepping import PlanStepTaken, add_action, find_plan
from model.calendar.council_calendar import Nation
from model.library.library import Library
from model.plan.item_from_action import counted_anew
from model.plan.plan import UNDER_WAY
from model.plan.steps import SetStatus
from storage.database import Database


async def adopt_action(
    database: Database,
    asked: Asked,
    assessment_id: str,
    action_id: str,
    membership: Membership,
    *,
    guests: Guests,
    shipped: Library,
    nation: Nation,
    today: date,
) -> PlanStepTaken | None:
    """Add an action of the workspace's library to a plan, to begin today; None when this was handled before.

    Raises:
        NoSuchAssessment: there is none with this id.
        UnknownAction: the library does not have it.
        Refused: the rules do not allow it, such as when it is in the plan already.
    """
    async with database.reading(asked.workspace_id) as work:
        assessment = await work.assessments.get(assessment_id)
        if assessment is None:
            raise NoSuchAssessment(assessment_id)
        action = (await library_of(work, shipped, assessment.framework)).action(action_id)
        calendar = await working_calendar(work, nation)
    return await add_action(
        database,
        asked,
        assessment_id,
        action,
        membership,
        start=today,
        today=today,
        next_working_day=calendar.next_working_day,
        guests=guests,
    )


async def status_from_today(
    database: Database, asked: Asked, assessment_id: str, step: SetStatus, *, nation: Nation, today: date
) -> SetStatus:
    """The same step, with the dates of a proposed item counted from today where it is taken in by it.

    Raises:
        NoSuchAssessment: there is none with this id.
    """
    if step.status not in UNDER_WAY:
        return step
    planned = await find_plan(database, asked.workspace_id, assessment_id)
    async with database.reading(asked.workspace_id) as work:
        calendar = await working_calendar(work, nation)
    found = [each for each in planned.plan.items if each.id == step.item_id]
    dates = [pair for each in found for pair in counted_anew(each, today, calendar.next_working_day)]
    return replace(step, dates=tuple(dates))
