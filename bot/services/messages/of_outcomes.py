"""Asking whether what was done has worked: which messages ask it, and when they ask again."""

from __future__ import annotations

from datetime import datetime

from bot.services.messages.kinds import MessageKind
from bot.services.messages.of_plans import plan_message_of
from bot.services.messages.step_in_plan import StepInPlan
from bot.services.messages.wanting import OutOfDate, in_channel
from model.assessment.assessment import Assessment
from model.plan.item_rules import ASK_AGAIN
from model.plan.plan import ItemStatus, Plan, PlanItem, Worked
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork


async def outcomes_changed(work: UnitOfWork, before: Plan, after: Plan, step: StepInPlan) -> OutOfDate:
    """The messages about outcomes that a step makes out of date; each stands in the thread of the plan."""
    earlier = {item.id: item for item in before.items}
    wanted: list[WantedMessage] = []
    for item in after.items:
        was = earlier.get(item.id)
        if was is None or _asked(was) == _asked(item):
            continue
        wanted.append(outcome_message(step.assessment, item.id))
        if item.outcome is not None and item.outcome.worked is Worked.TOO_EARLY:
            again = asking_again(item.id, step.at)
            wanted.append(outcome_message(step.assessment, again, due_at=step.at + ASK_AGAIN))
    return wanted


def asking_again(item_id: str, at: datetime) -> str:
    """The subject of the message that asks again, after somebody found it too early at a moment."""
    return f"{item_id}/{at.date().isoformat()}"


def outcome_item(subject: str) -> tuple[str, bool]:
    """The item that a message asks about, and whether it asks again."""
    item_id, again, _ = subject.partition("/")
    return item_id, bool(again)


def _asked(item: PlanItem) -> object:
    """What the question depends on."""
    done = item.status is ItemStatus.DONE
    return (done, item.title, item.success, item.owners, item.outcome) if done else None


def outcome_message(assessment: Assessment, subject: str, due_at: datetime | None = None) -> WantedMessage:
    """The message that asks about an item, or asks once more; see `outcome_item`."""
    plan = plan_message_of(assessment)
    return in_channel(assessment, MessageKind.OUTCOME, subject, parent=plan.key, due_at=due_at)
