"""Which messages a plan shows in Slack, and which of them a step makes out of date."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from bot.services.messages.kinds import MessageKind
from bot.services.messages.step_in_plan import StepInPlan
from bot.services.messages.wanting import OutOfDate, in_channel, wanted_before
from model.assessment.assessment import Assessment
from model.plan.plan import Plan, PlanItem
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork


def plan_message_of(assessment: Assessment) -> WantedMessage:
    """The message that shows the plan of an assessment."""
    return in_channel(assessment, MessageKind.PLAN)


async def plan_changed(work: UnitOfWork, before: Plan, after: Plan, step: StepInPlan) -> OutOfDate:
    """The message of a plan, which comes with the first target or item, and stays when they are gone."""
    if _plan_print(before) == _plan_print(after):
        return []
    message = plan_message_of(step.assessment)
    return await wanted_before(work, [message]) if after.empty else [message]


async def plan_of_assessment(work: UnitOfWork, before: Assessment, after: Assessment) -> OutOfDate:
    """The message of the plan, where a step of its assessment changes what it says."""
    if (before.levels(), before.state) == (after.levels(), after.state):
        return []
    return await wanted_before(work, [plan_message_of(after)])


def _plan_print(plan: Plan) -> Hashable:
    """Targets and items; not what only concerns one person, and not how often something was changed."""
    return plan.targets, tuple(map(_item_print, plan.items))


def _item_print(item: PlanItem) -> Hashable:
    milestones = tuple(
        replace(each, snoozes=(), revision=0, changed_at=item.added_at) for each in item.milestones
    )
    return replace(
        item, milestones=milestones, notes="", success="", revision=0, changed_by="", changed_at=item.added_at
    )
