"""Taking an action of the library into the plan."""

from __future__ import annotations

from datetime import date

from bot.services.assessing import Asked, NoSuchAssessment
from bot.services.calendars import working_calendar
from bot.services.libraries import library_of
from bot.services.membership import Guests, Membership
from bot.services.planning import PlanStepTaken, add_action
from model.calendar import Nation
from model.library import Library
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
