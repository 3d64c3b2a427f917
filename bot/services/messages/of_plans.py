"""Which messages a plan shows in Slack, and which of them a step makes out of date."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from bot.services.messages.kinds import MessageKind, key_of
from model.assessment.assessment import Assessment
from model.plan.plan import Plan, PlanItem
from storage.messages.messages import WantedMessage


def plan_message_of(assessment: Assessment) -> WantedMessage:
    """The message that shows the plan of an assessment."""
    return WantedMessage(
        key=key_of(MessageKind.PLAN, assessment.id),
        kind=MessageKind.PLAN,
        channel_id=assessment.channel_id,
        assessment_id=assessment.id,
        subject=None,
        parent_key=None,
    )


def shows_otherwise(before: Plan, after: Plan) -> bool:
    """Whether a step changes what the message of a plan says."""
    return _plan_print(before) != _plan_print(after)


def bears_on_plan(before: Assessment, after: Assessment) -> bool:
    """Whether a step of an assessment changes what the message of its plan says."""
    return (before.levels(), before.state) != (after.levels(), after.state)


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
