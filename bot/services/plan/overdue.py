"""Drawing plans again when a day has passed and something in them is overdue by that."""

from __future__ import annotations

from datetime import date, datetime

from bot.services.messages.of_plans import plan_message_of
from bot.services.messages.wanting import want_all
from storage.database import Database
from storage.unit_of_work import UnitOfWork

_SCOPE, _DRAWN_ON = "workspace", "plans_drawn_on"


async def redraw_overdue(database: Database, workspace_id: str, today: date, at: datetime) -> int:
    """Want the plans in which something became overdue since the last day that was looked at.

    Args:
        database: Where the plans are.
        workspace_id: Whose they are.
        today: The date where the council is.
        at: The moment.

    Returns:
        How many plans are drawn again.
    """
    async with database.reading(workspace_id) as work:
        if await work.settings.get(_SCOPE, _DRAWN_ON) == today.isoformat():
            return 0
    async with database.unit_of_work(workspace_id) as work:
        last = await work.settings.get(_SCOPE, _DRAWN_ON)
        redrawn = 0 if last is None else await _redraw(work, date.fromisoformat(last), today, at)
        await work.settings.put(_SCOPE, _DRAWN_ON, today.isoformat())
        await work.commit()
    return redrawn


async def _redraw(work: UnitOfWork, last: date, today: date, at: datetime) -> int:
    messages = []
    for plan in await work.plans.all():
        late = any(last <= each.due < today for _, each in plan.milestones)
        assessment = await work.assessments.get(plan.assessment_id) if late else None
        if assessment is None:
            continue
        message = plan_message_of(assessment)
        if await work.messages.get(message.key) is not None:
            messages.append(message)
    await want_all(work, messages, at)
    return len(messages)
