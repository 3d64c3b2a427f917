"""What happens when the closing date of an assessment has passed."""

from __future__ import annotations

from datetime import date, datetime

from bot.services.assessment.stepping import save_step
from bot.services.setting_scopes import scope_of_assessment
from model.assessment.assessment import Assessment
from model.assessment.history import THE_CLOSING_DATE
from model.assessment.voting import reveal_at_closing
from storage.database import Database
from storage.unit_of_work import UnitOfWork

_DONE = "revealed_at_closing"


async def reveal_past_closing(database: Database, workspace_id: str, today: date, at: datetime) -> int:
    """Reveal, once a closing date, what has votes in the assessments whose closing date has passed.

    Args:
        database: Where the assessments are.
        workspace_id: Whose they are.
        today: The date where the council is.
        at: The moment.

    Returns:
        How many assessments something was revealed in.
    """
    async with database.reading(workspace_id) as work:
        found = await work.assessments.past_closing(today)
        waiting = [each.id for each in found if not await _done(work, each)]
    changed = 0
    for assessment_id in waiting:
        async with database.unit_of_work(workspace_id) as work:
            changed += await _reveal(work, assessment_id, today, at)
            await work.commit()
    return changed


async def _done(work: UnitOfWork, assessment: Assessment) -> bool:
    """Whether it was done for the closing date as it is now: a later one is due again."""
    done = await work.settings.get(scope_of_assessment(assessment.id), _DONE)
    if done is None or assessment.closing_date is None:
        return False
    # Before dates could be changed, the moment of the reveal was kept; it is not before the date either.
    return str(done)[: len("2026-12-04")] >= assessment.closing_date.isoformat()


async def _reveal(work: UnitOfWork, assessment_id: str, today: date, at: datetime) -> bool:
    before = await work.assessments.lock(assessment_id)
    # Another replica may have done it since we looked.
    if before is None or await _done(work, before):
        return False
    taken = reveal_at_closing(before, today, at)
    if taken is None or before.closing_date is None:
        return False
    await work.settings.put(scope_of_assessment(assessment_id), _DONE, before.closing_date.isoformat())
    await save_step(work, before, taken, by=THE_CLOSING_DATE, at=at)
    return bool(taken.entries)
