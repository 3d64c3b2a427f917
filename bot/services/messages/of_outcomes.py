"""Asking whether what was done has worked: which messages ask it, and when they ask again."""

from __future__ import annotations

from datetime import datetime

from bot.services.messages.kinds import MessageKind, key_of
from bot.services.messages.of_plans import plan_message_of
from model.assessment.assessment import Assessment
from model.plan.item_rules import ASK_AGAIN
from model.plan.plan import ItemStatus, Plan, PlanItem, Worked
from storage.messages.messages import WantedMessage


def outcome_messages(before: Plan, after: Plan, assessment: Assessment, at: datetime) -> list[WantedMessage]:
    """The messages about outcomes that a step makes out of date; each stands in the thread of the plan."""
    earlier = {item.id: item for item in before.items}
    wanted: list[WantedMessage] = []
    for item in after.items:
        was = earlier.get(item.id)
        if was is None or _asked(was) == _asked(item):
            continue
        wanted.append(outcome_message(assessment, item.id))
        if item.outcome is not None and item.outcome.worked is Worked.TOO_EARLY:
            again = asking_again(item.id, at)
            wanted.append(outcome_message(assessment, again, due_at=at + ASK_AGAIN))
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
    return WantedMessage(
        key=key_of(MessageKind.OUTCOME, assessment.id, subject),
        kind=MessageKind.OUTCOME,
        channel_id=assessment.channel_id,
        assessment_id=assessment.id,
        subject=subject,
        parent_key=plan_message_of(assessment).key,
        due_at=due_at,
    )
