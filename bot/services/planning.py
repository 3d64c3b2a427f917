"""Use cases of a plan: take a step in it, look at it. One unit of work each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from bot.services.assessing import Asked, NoSuchAssessment, Refused, must_be_inside
from bot.services.membership import Membership
from model.assessment import Assessment
from model.library import Action
from model.plan import Plan
from model.plan_from_action import from_action
from model.plan_history import PlanEntry
from model.plan_steps import PlanStep
from model.planning import take_in_plan
from model.refusals import Refusal
from storage.database import Database


@dataclass(frozen=True)
class PlanStepTaken:
    """The plan before and after a step, the assessment whose plan it is, and what the step noted."""

    before: Plan
    after: Plan
    assessment: Assessment
    entries: tuple[PlanEntry, ...]


@dataclass(frozen=True)
class Planned:
    """A plan, which may be empty, and the assessment whose plan it is."""

    plan: Plan
    assessment: Assessment


async def take_plan_step(
    database: Database,
    asked: Asked,
    assessment_id: str,
    step: PlanStep,
    membership: Membership,
    *,
    today: date,
) -> PlanStepTaken | None:
    """Take one step in the plan of an assessment; None when this delivery was handled before.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: the rules do not allow it, or they are not in its channel.
    """
    await must_be_inside(database, asked, assessment_id, membership)
    async with database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return None
        # The assessment is only read: a plan never changes it.
        assessment = await work.assessments.get(assessment_id)
        before = await work.plans.lock(assessment_id)
        if assessment is None or before is None:
            raise NoSuchAssessment(assessment_id)
        outcome = take_in_plan(before, step, assessment, by=asked.person, at=asked.at, today=today)
        if isinstance(outcome, Refusal):
            raise Refused(outcome, assessment)
        await work.plans.save(before, outcome.plan, outcome.entries)
        await work.commit()
    return PlanStepTaken(before, outcome.plan, assessment, outcome.entries)


async def add_action(
    database: Database,
    asked: Asked,
    assessment_id: str,
    action: Action,
    membership: Membership,
    *,
    start: date,
    today: date,
    next_working_day: Callable[[date], date],
    owners: tuple[str, ...] = (),
) -> PlanStepTaken | None:
    """Add an action of the library to a plan, its milestones counted from a start date.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: the rules do not allow it; such as when it is in the plan already.
    """
    step = from_action(
        action, item_id=new_item_id(), start=start, next_working_day=next_working_day, owners=owners
    )
    return await take_plan_step(database, asked, assessment_id, step, membership, today=today)


def new_item_id() -> str:
    """An id for a new item; short, since buttons carry it and milestones' ids begin with it."""
    return uuid4().hex[:16]


def why_not_in_plan(planned: Planned, asked: Asked, step: PlanStep, today: date) -> Refusal | None:
    """Why a step would be refused now, to say so before somebody fills in a form for it."""
    outcome = take_in_plan(planned.plan, step, planned.assessment, by=asked.person, at=asked.at, today=today)
    return outcome if isinstance(outcome, Refusal) else None


async def see_plan(database: Database, asked: Asked, assessment_id: str, membership: Membership) -> Planned:
    """The plan of an assessment as it is now, for somebody in its channel.

    Raises:
        NoSuchAssessment: there is no assessment with this id in the workspace.
        Refused: they are not in its channel.
    """
    await must_be_inside(database, asked, assessment_id, membership)
    return await find_plan(database, asked.workspace_id, assessment_id)


async def find_plan(database: Database, workspace_id: str, assessment_id: str) -> Planned:
    """The plan of an assessment as it is now; an empty one while nothing was planned.

    Raises:
        NoSuchAssessment: there is no assessment with this id in the workspace.
    """
    async with database.reading(workspace_id) as work:
        assessment = await work.assessments.get(assessment_id)
        plan = await work.plans.get(assessment_id)
    if assessment is None:
        raise NoSuchAssessment(assessment_id)
    return Planned(plan or Plan(assessment.id, assessment.channel_id), assessment)


async def plan_history(
    database: Database, workspace_id: str, assessment_id: str, item_id: str | None = None
) -> list[PlanEntry]:
    """What happened to a plan, or to one item of it, in the order in which it happened."""
    async with database.reading(workspace_id) as work:
        return await work.plans.history(assessment_id, item_id)
