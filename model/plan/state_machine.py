"""Taking a step in a plan: a pure function from state and step to the new state, or to a typed refusal.

Whose plan it is decides who may do what, so the assessment stands beside the plan: facilitators may do
everything, a lead everything in their dimension, owners and sponsors change their own items, and everybody
who does not only observe may add an item, which waits as a proposal until it is accepted. A plan outlives its
assessment, so steps are taken when that is closed, and not when it was cancelled.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from model.assessment.assessment import Assessment, AssessmentState
from model.assessment.guards import because
from model.errors import UnknownItem, UnknownMilestone
from model.framework.framework import UnknownDimension
from model.plan.item_editing import edit_item
from model.plan.item_rules import add_item, hand_over, record_outcome, set_status
from model.plan.milestone_rules import (
    add_milestone,
    drop_milestone,
    finish_milestone,
    move_milestone,
    reopen_milestone,
    snooze_milestone,
)
from model.plan.plan import Plan
from model.plan.steps import (
    AddItem,
    AddMilestone,
    Dismiss,
    DropMilestone,
    EditItem,
    FinishMilestone,
    HandOver,
    MoveMilestone,
    PlanOutcome,
    PlanStep,
    RecordOutcome,
    ReopenMilestone,
    SetCapacity,
    SetStatus,
    SetTargets,
    SnoozeMilestone,
    TakeBackDismissal,
)
from model.plan.target_rules import dismiss, set_capacity, set_targets, take_back_dismissal
from model.refusals import Reason, Refusal


def take_in_plan(
    plan: Plan, step: PlanStep, assessment: Assessment, *, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Take a step in the plan of an assessment, or say why not; `today` is the date where the council is."""
    if assessment.state is AssessmentState.CANCELLED:
        return because(assessment, Reason.ASSESSMENT_CANCELLED)
    try:
        return _RULES[type(step)](plan, step, assessment, by, at, today)
    except UnknownDimension:
        return Refusal(Reason.UNKNOWN_DIMENSION)
    except UnknownItem:
        return Refusal(Reason.UNKNOWN_ITEM)
    except UnknownMilestone:
        return Refusal(Reason.UNKNOWN_MILESTONE)


# One rule a step; each takes its own step type, which a mapping cannot express more narrowly.
_RULES: dict[type, Callable[[Plan, Any, Assessment, str, datetime, date], PlanOutcome]] = {
    SetTargets: set_targets,
    AddItem: add_item,
    EditItem: edit_item,
    SetStatus: set_status,
    HandOver: hand_over,
    AddMilestone: add_milestone,
    MoveMilestone: move_milestone,
    FinishMilestone: finish_milestone,
    DropMilestone: drop_milestone,
    ReopenMilestone: reopen_milestone,
    SnoozeMilestone: snooze_milestone,
    RecordOutcome: record_outcome,
    Dismiss: dismiss,
    TakeBackDismissal: take_back_dismissal,
    SetCapacity: set_capacity,
}
