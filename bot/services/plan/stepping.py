"""Use cases of a plan: take a step in it, look at it. One unit of work each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from bot.services.asking import Asked, NoSuchAssessment
from bot.services.assessment.finding import must_be_inside
from bot.services.desk import Desk
from bot.services.guests import only_a_guest, open_to_all
from bot.services.messages.of_reviews import reviewed
from bot.services.messages.step_in_plan import StepInPlan
from bot.services.messages.watchers import want_plan_changes
from bot.services.plan.parts_given import must_take_parts, parts_given
from bot.services.recording import allowed, existing, record_once
from model.assessment.assessment import Assessment
from model.plan.history import PlanEntry
from model.plan.plan import Plan
from model.plan.plan_in_context import Planned
from model.plan.state_machine import take_in_plan
from model.plan.steps import PlanStep
from model.refusals import Refusal
from storage.database import Database
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PlanStepTaken:
    """The plan before and after a step, the assessment whose plan it is, and what the step noted."""

    before: Plan
    after: Plan
    assessment: Assessment
    entries: tuple[PlanEntry, ...]


async def take_plan_step(
    desk: Desk, asked: Asked, assessment_id: str, step: PlanStep, today: date | None = None
) -> PlanStepTaken | None:
    """Take one step in the plan of an assessment; None when this delivery was handled before.

    Args:
        desk: What use cases work with.
        asked: Who asks, and when.
        assessment_id: Whose plan.
        step: What is to change.
        today: The date where the person is, where it may be another than the council's.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: the rules do not allow it, or they are not in its channel.
    """
    await must_be_inside(desk, asked, assessment_id)
    parts = parts_given(step)
    if parts or open_to_all(step):
        planned = await find_plan(desk.database, asked.workspace_id, assessment_id)
        if open_to_all(step):
            allowed(await only_a_guest(desk, asked, planned.assessment), planned.assessment)
        await must_take_parts(desk, asked, planned, parts)

    async def change(work: UnitOfWork) -> PlanStepTaken:
        # The assessment is only read: a plan never changes it.
        assessment = await existing(work, await work.assessments.planned_in(assessment_id))
        return await step_within(work, asked, assessment, step, today=today or desk.today(asked.at))

    return await record_once(desk.database, asked, change)


async def step_within(
    work: UnitOfWork, asked: Asked, assessment: Assessment, step: PlanStep, *, today: date
) -> PlanStepTaken:
    """Take one step as a part of a unit of work that does more, and commits.

    Raises:
        NoSuchAssessment: it is gone meanwhile.
        Refused: the rules do not allow it.
    """
    before = await work.plans.lock(assessment.id)
    if before is None:
        raise NoSuchAssessment(assessment.id)
    assessment = await reviewed(work, assessment)
    outcome = allowed(
        take_in_plan(before, step, assessment, by=asked.person, at=asked.at, today=today), assessment
    )
    await work.plans.save(before, outcome.plan, outcome.entries)
    taken = StepInPlan(assessment, outcome.entries, asked.person, asked.at)
    await want_plan_changes(work, before, outcome.plan, taken)
    return PlanStepTaken(before, outcome.plan, assessment, outcome.entries)


def new_item_id() -> str:
    """An id for a new item; short, since buttons carry it and milestones' ids begin with it."""
    return uuid4().hex[:16]


def why_not_in_plan(planned: Planned, asked: Asked, step: PlanStep, today: date) -> Refusal | None:
    """Why a step would be refused now, to say so before somebody fills in a form for it."""
    outcome = take_in_plan(planned.plan, step, planned.assessment, by=asked.person, at=asked.at, today=today)
    return outcome if isinstance(outcome, Refusal) else None


async def see_plan(desk: Desk, asked: Asked, assessment_id: str) -> Planned:
    """The plan of an assessment as it is now, for somebody in its channel.

    Raises:
        NoSuchAssessment: there is no assessment with this id in the workspace.
        Refused: they are not in its channel.
    """
    await must_be_inside(desk, asked, assessment_id)
    return await find_plan(desk.database, asked.workspace_id, assessment_id)


async def find_plan(database: Database, workspace_id: str, assessment_id: str) -> Planned:
    """The plan of an assessment as it is now; an empty one while nothing was planned.

    Raises:
        NoSuchAssessment: there is no assessment with this id in the workspace.
    """
    async with database.reading(workspace_id) as work:
        assessment = await existing(work, await work.assessments.planned_in(assessment_id))
        plan = await work.plans.get(assessment.id)
        assessment = await reviewed(work, assessment)
    return Planned(plan or Plan(assessment.id, assessment.channel_id), assessment)


async def plan_history(
    database: Database, workspace_id: str, assessment_id: str, item_id: str | None = None
) -> list[PlanEntry]:
    """What happened to a plan, or to one item of it, in the order in which it happened."""
    async with database.reading(workspace_id) as work:
        return await work.plans.history(assessment_id, item_id)


async def plans_to_show(database: Database, workspace_id: str, assessment: Assessment) -> list[Planned]:
    """The plans that words about an assessment mean: its own, and those of its channel with something to do.

    An assessment is closed and the next one begins, and what was planned is still being done. Where
    nothing is open, it is the plan of the assessment, or while that is empty the latest that has something.

    Returns:
        At least one plan, which may be empty: that of the assessment in front, the others by their beginning.
    """
    async with database.reading(workspace_id) as work:
        plans = await work.plans.of_channel(assessment.channel_id)
        home = await work.assessments.planned_in(assessment.id)
        assessment = await work.assessments.get(home) or assessment
        # Whose plan is meant where two teams are in one channel was asked before.
        other = "" if assessment.other is None else assessment.other.assessment_id
        own = [each for each in plans if each.assessment_id == home and not each.empty]
        earlier = [each for each in plans if each.assessment_id not in (home, other)]
        shown = own + [each for each in earlier if each.unfinished]
        shown = shown or [each for each in earlier if each.items][:1]
        found = [(plan, await work.assessments.get(plan.assessment_id)) for plan in shown]
        planned = [Planned(plan, await reviewed(work, each)) for plan, each in found if each is not None]
        assessment = await reviewed(work, assessment)
    return planned or [Planned(Plan(assessment.id, assessment.channel_id), assessment)]


async def plans_seen_by(desk: Desk, workspace_id: str, person: str) -> list[Planned]:
    """The plans of the channels that somebody is in, the latest assessment first."""
    async with desk.database.reading(workspace_id) as work:
        plans = await work.plans.all()
        found = [(plan, await work.assessments.get(plan.assessment_id)) for plan in plans if not plan.empty]
    planned = [Planned(plan, assessment) for plan, assessment in found if assessment is not None]
    planned.sort(key=lambda each: each.assessment.started_at, reverse=True)
    return [
        each
        for each in planned
        if await desk.membership.inside(workspace_id, each.assessment.channel_id, person)
    ]
