"""The small pieces that everything about a plan is said with."""

from __future__ import annotations

from datetime import date

from bot.views.wording.levels import level_name
from bot.views.wording.text import count, escape, shorten
from model.assessment.assessment import Assessment
from model.framework.framework import Framework
from model.plan.plan import ItemStatus, Milestone, MilestoneState, Plan, PlanItem, Target

STATUS_NAMES = {
    ItemStatus.DOING: "Doing",
    ItemStatus.BLOCKED: "Blocked",
    ItemStatus.TO_DO: "To do",
    ItemStatus.PROPOSED: "Proposed",
    ItemStatus.DONE: "Done",
    ItemStatus.DROPPED: "Dropped",
}
"""In the order in which a plan shows its items: what is under way first."""
MILESTONE_STATES = {
    MilestoneState.OPEN: "open",
    MilestoneState.DONE: "done",
    MilestoneState.DROPPED: "dropped",
}
_BAR = 10
# People's words are cut to this in a list, where the item itself has all of them.
_SHORT = 120


def day_words(day: date) -> str:
    """For example "1 March 2027"."""
    return day.strftime("%-d %B %Y")


def bar(done: int, total: int) -> str:
    """How far something is, for the eye; numbers stand beside it wherever it is used."""
    filled = _BAR * done // total if total else 0
    return "▓" * filled + "░" * (_BAR - filled)


def dimension_name(framework: Framework, dimension_id: str) -> str:
    """The name of a dimension, escaped."""
    return escape(framework.dimension(dimension_id).name)


def steps_words(framework: Framework, item: PlanItem) -> str:
    """The dimension and the levels an item leads from and to."""
    start, end = level_name(framework, item.from_level), level_name(framework, item.to_level)
    name = dimension_name(framework, item.dimension_id)
    return f"{name}, from {escape(start)} to {escape(end)}"


def milestone_words(milestone: Milestone, today: date) -> str:
    """A milestone with its date, and whether that has passed."""
    late = " (overdue)" if milestone.open and milestone.due < today else ""
    return f"{shorten(milestone.name, _SHORT)}, {day_words(milestone.due)}{late}"


def milestones_done(item: PlanItem) -> str:
    """How many milestones of an item are done; empty where it has none."""
    done, total = item.progress
    return f"{done} of {count(total, 'milestone')} done" if total else ""


def owner_label(item: PlanItem) -> str:
    """What stands before the names of its owners."""
    return "Owner" if len(item.owners) == 1 else "Owners"


def status_words(item: PlanItem) -> str:
    """The status, with its reason where there is one."""
    reason = f": {shorten(item.status_reason, _SHORT)}" if item.status_reason else ""
    return f"{STATUS_NAMES[item.status]}{reason}"


def items_in_order(plan: Plan, assessment: Assessment) -> list[PlanItem]:
    """The items by status, then by dimension, then in the order in which they were added."""
    statuses = list(STATUS_NAMES)
    places = {each: number for number, each in enumerate(assessment.scope)}

    def place(item: PlanItem) -> tuple[int, int]:
        return statuses.index(item.status), places.get(item.dimension_id, len(places))

    return sorted(plan.items, key=place)


def target_words(assessment: Assessment, target: Target) -> str:
    """A target: from which level to which, by when, and why."""
    framework = assessment.framework
    name = dimension_name(framework, target.dimension_id)
    aim = escape(level_name(framework, target.level))
    current = assessment.dimension_level(target.dimension_id)
    by_date = "" if target.by_date is None else f" by {day_words(target.by_date)}"
    if isinstance(current, int) and current >= target.level:
        words = f"{name}: {aim}, reached"
    elif isinstance(current, int):
        words = f"{name}: from {escape(level_name(framework, current))} to {aim}{by_date}"
    else:
        words = f"{name}: to {aim}{by_date}, from no level yet"
    return f"{words}. {shorten(target.reason, _SHORT)}" if target.reason else words
