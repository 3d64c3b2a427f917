"""How a use case records what was asked: once for each delivery, in one transaction, all of it or nothing.

What has to be asked of Slack is asked before. Within the transaction the state that decides is locked or read
(`locked`, `existing`), judged by a rule of the model (`allowed`) and saved. So nothing is judged by what was
true only before Slack answered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.services.asking import Asked, NoSuchAssessment, Refused
from model.assessment.assessment import Assessment
from model.refusals import Refusal
from storage.database import Database
from storage.unit_of_work import UnitOfWork

Outcome = TypeVar("Outcome")


async def record_once(
    database: Database, asked: Asked, change: Callable[[UnitOfWork], Awaitable[Outcome]]
) -> Outcome | None:
    """Do a change and note the delivery that asked for it; None when it was handled before.

    What `change` raises undoes both, so that what was refused may come again.
    """
    async with database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return None
        outcome = await change(work)
        await work.commit()
    return outcome


async def first_time(database: Database, asked: Asked) -> bool:
    """Note a delivery that changes nothing, such as one that makes us ask; false when it came before."""

    async def nothing(work: UnitOfWork) -> bool:
        return True

    return await record_once(database, asked, nothing) is not None


def allowed(outcome: Outcome | Refusal, assessment: Assessment | None = None) -> Outcome:
    """What a rule made of a step, or what may stand in its way and does not.

    Args:
        outcome: What the rule says.
        assessment: The state that it judged, for the words of a refusal.

    Raises:
        Refused: the rule says no.
    """
    if isinstance(outcome, Refusal):
        raise Refused(outcome, assessment)
    return outcome


async def locked(work: UnitOfWork, assessment_id: str) -> Assessment:
    """An assessment that changes in this unit of work, so that whoever else changes it comes after.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
    """
    assessment = await work.assessments.lock(assessment_id)
    if assessment is None:
        raise NoSuchAssessment(assessment_id)
    return assessment


async def existing(work: UnitOfWork, assessment_id: str) -> Assessment:
    """An assessment that is only read in this unit of work.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
    """
    assessment = await work.assessments.get(assessment_id)
    if assessment is None:
        raise NoSuchAssessment(assessment_id)
    return assessment
