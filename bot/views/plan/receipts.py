"""What the one who changed a plan is told."""

from __future__ import annotations

from datetime import date

from bot.views.plan.ambitions import many_targets, projected_words
from bot.views.plan.parts import STATUS_NAMES, day_words, dimension_name, milestone_words
from bot.views.plan.words import people_words
from bot.views.wording.levels import level_name
from bot.views.wording.text import count, escape, full_stop, join_names, shorten
from model.assessment.assessment import Assessment
from model.calendar.working_hours import Diary
from model.plan.history import PlanEntry, PlanHappened
from model.plan.plan import ItemStatus, MilestoneState, Plan


def targets_receipt(plan: Plan, assessment: Assessment, entries: tuple[PlanEntry, ...]) -> str:
    """What was set and taken away, where it would lead, and a kind word when it is much."""
    set_now = [each for each in entries if each.what is PlanHappened.TARGET_SET]
    gone = len(entries) - len(set_now)
    said = [f"{count(len(set_now), 'target')} set."] if set_now else []
    said += [f"{count(gone, 'target')} taken away."] if gone else []
    reached = [
        dimension_name(assessment.framework, target.dimension_id)
        + f" ({escape(level_name(assessment.framework, target.level))})"
        for entry in set_now
        if (target := plan.target(entry.dimension_id or "")) is not None
        and _reached(assessment, target.dimension_id, target.level)
    ]
    if reached:
        said.append(f"Reached already, so the target is to keep it: {join_names(reached)}.")
    lead = projected_words(assessment, plan.targeted_levels(), "every target is reached")
    if plan.targets:
        said += [each for each in (lead, many_targets(assessment, plan.targeted_levels())) if each]
    return " ".join(said)


def _reached(assessment: Assessment, dimension_id: str, level: int) -> bool:
    current = assessment.dimension_level(dimension_id)
    return isinstance(current, int) and current >= level


def added_receipt(plan: Plan, item_id: str, command: str) -> str:
    """After an item was added."""
    item = plan.item(item_id)
    title = f"*{shorten(item.title, 150)}*"
    if item.status is ItemStatus.PROPOSED:
        return (
            f"Proposed: {title}. A facilitator takes it into the plan or not. "
            f"Until then you can change it: {command} plan."
        )
    return f"Added to the plan: {title}. To change it, type {command} plan, or press Edit under the plan."


def edited_receipt(plan: Plan, item_id: str, entries: tuple[PlanEntry, ...]) -> str:
    """After the form of an item."""
    title = shorten(plan.item(item_id).title, 150)
    return f"Saved: *{title}*, {count(len(entries), 'change')}. Its history keeps what it was before."


def status_receipt(plan: Plan, item_id: str) -> str:
    """After an item got another status."""
    item = plan.item(item_id)
    name, title = STATUS_NAMES[item.status], shorten(item.title, 150)
    reason = f" Reason: {full_stop(shorten(item.status_reason, 150))}" if item.status_reason else ""
    return f"The status of *{title}* is now {name}.{reason}"


def handed_over_receipt(plan: Plan, item_id: str) -> str:
    """After an item was handed over."""
    item = plan.item(item_id)
    return f"*{shorten(item.title, 150)}* belongs to {people_words(item.owners)} now. They are told."


def milestone_receipt(plan: Plan, milestone_id: str, today: date) -> str:
    """After something became of a milestone."""
    item = plan.item_of(milestone_id)
    milestone = item.milestone(milestone_id)
    name = f"“{shorten(milestone.name, 150)}” of *{shorten(item.title, 150)}*"
    if milestone.state is MilestoneState.DONE:
        following = item.next_milestone
        if following is None:
            return (
                f"Done: {name}. That was the last milestone. "
                "Is the whole action done? If so, open it and set its status to Done."
            )
        return f"Done: {name}. Next: {milestone_words(following, today)}."
    if milestone.state is MilestoneState.DROPPED:
        return f"Dropped: {name}. It stays in the history, and can be taken up again."
    return f"{name} is now due on {day_words(milestone.due)}."


def snooze_receipt(plan: Plan, milestone_id: str, viewer: str, diary: Diary) -> str:
    """After somebody asked to hear nothing of a milestone for a while."""
    until = plan.item_of(milestone_id).milestone(milestone_id).snoozed_until(viewer)
    when = "for now" if until is None else f"before {day_words(diary.next_open_day(until))}"
    return f"You are not reminded of this {when}. Its date stays as it is."
