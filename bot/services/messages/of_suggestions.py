"""Which suggestions a step makes out of date: in the plan, in the assessment, or in a review of it.

Without the library it is not known what a card is about. So whatever bears on the points of any action makes
all cards out of date that somebody may still add; what was decided keeps the reason it was decided for.
"""

from __future__ import annotations

from collections.abc import Hashable

from bot.services.messages.kinds import MessageKind
from bot.services.messages.step_in_plan import StepInPlan
from bot.services.messages.wanting import OutOfDate
from model.assessment.assessment import Assessment, DimensionProgress, DimensionState
from model.plan.plan import ItemStatus, Plan, PlanItem
from model.suggestions.situation import settled_as
from storage.messages.messages import MessageRow, WantedMessage
from storage.unit_of_work import UnitOfWork


async def stale_suggestions(work: UnitOfWork, before: Plan, after: Plan, step: StepInPlan) -> OutOfDate:
    """The cards that a step in the plan makes out of date; only those that were posted or wanted."""
    known = _known(before) | _known(after)
    changed = {each for each in known if _decision(before, each) != _decision(after, each)}
    all_open = _bearing(before) != _bearing(after)
    if not changed and not all_open:
        return []
    cards = await _cards(work, after.assessment_id)
    return [row.again for row in cards if row.subject in changed or (all_open and _open(after, row))]


async def open_suggestions(work: UnitOfWork, plan: Plan) -> list[WantedMessage]:
    """The cards that somebody may still add, which go by the levels and targets of the day."""
    return [row.again for row in await _cards(work, plan.assessment_id) if _open(plan, row)]


async def suggestions_reassessed(work: UnitOfWork, before: Assessment, after: Assessment) -> OutOfDate:
    """The open cards, where a step of their assessment changes what they say."""
    if _levels(before) == _levels(after):
        return []
    plan = await work.plans.get(after.id)
    return [] if plan is None else await open_suggestions(work, plan)


def _levels(assessment: Assessment) -> Hashable:
    """The levels, and the answers behind those that are complete; before that they change all the time."""
    return tuple(
        (assessment.dimension_level(each.dimension_id), _answers(each)) for each in assessment.dimensions
    )


def _answers(dimension: DimensionProgress) -> Hashable:
    complete = dimension.state in {DimensionState.ANSWERED, DimensionState.CONFIRMED}
    return tuple(prompt.answer for prompt in dimension.prompts) if complete else None


def _known(plan: Plan) -> set[str]:
    """The actions that something was decided about."""
    made = {each.action_id for each in plan.items if each.action_id is not None}
    return made | {each.action_id for each in plan.dismissed}


def _decision(plan: Plan, action_id: str) -> Hashable:
    """What a card shows of a decision."""
    settled = settled_as(plan, action_id)
    if isinstance(settled, PlanItem):
        return settled.id, settled.status, settled.status_reason
    return settled


def _bearing(plan: Plan) -> Hashable:
    """What the points of any action depend on: targets, capacity, and what of the plan comes before it."""
    standing = {each: _standing(plan, each) for each in _known(plan)}
    targets = frozenset(plan.targeted_levels().items())
    return targets, plan.capacity, frozenset((each, what) for each, what in standing.items() if what)


def _standing(plan: Plan, action_id: str) -> str:
    settled = settled_as(plan, action_id)
    if not isinstance(settled, PlanItem) or settled.status is ItemStatus.DROPPED:
        return ""
    if settled.status in {ItemStatus.PROPOSED, ItemStatus.DONE}:
        return settled.status.value
    return "planned"


def _open(plan: Plan, row: MessageRow) -> bool:
    """Whether somebody may still add what a card suggests."""
    settled = settled_as(plan, row.subject or "")
    return settled is None or (isinstance(settled, PlanItem) and settled.status is ItemStatus.DROPPED)


async def _cards(work: UnitOfWork, assessment_id: str) -> list[MessageRow]:
    rows = await work.messages.of_assessment(assessment_id)
    return [row for row in rows if row.kind == MessageKind.SUGGESTION]
