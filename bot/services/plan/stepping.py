"""Use cases of a plan: take a step in it, look at it. One unit of work each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.assessment.finding import must_be_inside
from bot.services.guests import only_a_guest, open_to_all
from bot.services.membership import Apps, Guests, Membership
from bot.services.messages.of_outcomes import outcome_messages
from bot.services.messages.of_owners import owner_notes
from bot.services.messages.of_plans import plan_message_of, shows_otherwise
from bot.services.messages.of_proposed_items import proposal_cards, proposal_notes
from bot.services.messages.of_reminders import redraw_reminders
from bot.services.messages.of_reviews import reviewed
from bot.services.messages.of_suggestions import stale_suggestions
from bot.services.messages.wanting import want_all
from bot.services.plan.parts_given import must_take_parts, parts_given
from model.assessment.assessment import Assessment
from model.library.library import Action
from model.plan.history import PlanEntry
from model.plan.item_from_action import from_action
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
    database: Database,
    asked: Asked,
    assessment_id: str,
    step: PlanStep,
    membership: Membership,
    *,
    today: date,
    apps: Apps | None = None,
    guests: Guests | None = None,
) -> PlanStepTaken | None:
    """Take one step in the plan of an assessment; None when this delivery was handled before.

    Args:
        database: Where it is.
        asked: Who asks, and when.
        assessment_id: Whose plan.
        step: What is to change.
        membership: Who is in its channel.
        today: The date where the council is.
        apps: Which users are apps, where people were chosen from a list that has apps as well.
        guests: Who is a guest; needed for steps that are open to all who take part.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: the rules do not allow it, or they are not in its channel.
    """
    await must_be_inside(database, asked, assessment_id, membership)
    parts = parts_given(step)
    asked_of = guests if open_to_all(step) else None
    if parts or asked_of is not None:
        planned = await find_plan(database, asked.workspace_id, assessment_id)
        refusal = None if asked_of is None else await only_a_guest(asked_of, asked, planned.assessment)
        if refusal is not None:
            raise Refused(refusal, planned.assessment)
        await must_take_parts(asked, planned, parts, membership, apps)
    async with database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return None
        assessment_id = await work.assessments.planned_in(assessment_id)
        # The assessment is only read: a plan never changes it.
        assessment = await work.assessments.get(assessment_id)
        if assessment is None:
            raise NoSuchAssessment(assessment_id)
        taken = await step_within(work, asked, assessment, step, today=today)
        await work.commit()
    return taken


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
    outcome = take_in_plan(before, step, assessment, by=asked.person, at=asked.at, today=today)
    if isinstance(outcome, Refusal):
        raise Refused(outcome, assessment)
    await work.plans.save(before, outcome.plan, outcome.entries)
    await _want_plan(work, before, outcome.plan, assessment, asked.at)
    await want_all(work, await stale_suggestions(work, before, outcome.plan), asked.at)
    await redraw_reminders(work, before, outcome.plan, asked.at)
    await want_all(work, owner_notes(before, outcome.plan, outcome.entries, asked.person), asked.at)
    notes = await proposal_notes(work, before, outcome.plan, assessment, asked.person)
    await want_all(work, notes, asked.at)
    await want_all(work, await proposal_cards(work, before, outcome.plan), asked.at)
    return PlanStepTaken(before, outcome.plan, assessment, outcome.entries)


async def _want_plan(
    work: UnitOfWork, before: Plan, after: Plan, assessment: Assessment, at: datetime
) -> None:
    """The plan's message comes with the first target or item, and stays when they are gone."""
    message = plan_message_of(assessment)
    if shows_otherwise(before, after) and (
        not after.empty or await work.messages.get(message.key) is not None
    ):
        await want_all(work, [message], at)
    await want_all(work, outcome_messages(before, after, assessment, at), at)


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
    guests: Guests | None = None,
) -> PlanStepTaken | None:
    """Add an action of the library to a plan, its milestones counted from a start date.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: the rules do not allow it; such as when it is in the plan already.
    """
    step = from_action(
        action, item_id=new_item_id(), start=start, next_working_day=next_working_day, owners=owners
    )
    return await take_plan_step(database, asked, assessment_id, step, membership, today=today, guests=guests)


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
        assessment_id = await work.assessments.planned_in(assessment_id)
        assessment = await work.assessments.get(assessment_id)
        plan = await work.plans.get(assessment_id)
        assessment = None if assessment is None else await reviewed(work, assessment)
    if assessment is None:
        raise NoSuchAssessment(assessment_id)
    return Planned(plan or Plan(assessment.id, assessment.channel_id), assessment)


async def handled_before(database: Database, asked: Asked) -> bool:
    """Whether this delivery was answered already; for answers that are long, and change nothing."""
    async with database.unit_of_work(asked.workspace_id) as work:
        first = await work.deliveries_seen.first_time(asked.key, asked.at)
        await work.commit()
    return not first


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


async def plans_seen_by(
    database: Database, workspace_id: str, person: str, membership: Membership
) -> list[Planned]:
    """The plans of the channels that somebody is in, the latest assessment first."""
    async with database.reading(workspace_id) as work:
        plans = await work.plans.all()
        found = [(plan, await work.assessments.get(plan.assessment_id)) for plan in plans if not plan.empty]
    planned = [Planned(plan, assessment) for plan, assessment in found if assessment is not None]
    planned.sort(key=lambda each: each.assessment.started_at, reverse=True)
    return [
        each for each in planned if await membership.inside(workspace_id, each.assessment.channel_id, person)
    ]
