"""From an action of the library to an item of the plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from model.library.library import Action
from model.plan.plan import ItemStatus, PlanItem
from model.plan.steps import AddItem, WantedMilestone


def from_action(
    action: Action,
    *,
    item_id: str,
    start: date,
    next_working_day: Callable[[date], date],
    owners: tuple[str, ...] = (),
) -> AddItem:
    """The step that adds an action, with its milestones counted in weeks from a start date.

    A milestone that falls on a day that is not worked moves to the next that is. Two that come to the same
    day stay two.

    Args:
        action: The action.
        item_id: The id of the new item.
        start: When the work begins: week 0.
        next_working_day: The first working day on or after a date.
        owners: Who will do it.
    """
    milestones = tuple(
        WantedMilestone(each.name, next_working_day(start + timedelta(weeks=each.week)))
        for each in action.milestones
    )
    return AddItem(
        item_id=item_id,
        title=action.title,
        dimension_id=action.dimension,
        from_level=action.from_level,
        to_level=action.to_level,
        owners=owners,
        milestones=milestones,
        success=action.success,
        action_id=action.id,
    )


def counted_anew(
    item: PlanItem, start: date, next_working_day: Callable[[date], date]
) -> tuple[tuple[str, date], ...]:
    """The dates of a proposed item made from an action, counted from when it is taken in.

    They were counted from when it was proposed, and may have passed. What somebody has changed by hand since
    stays, and so does everything in an item that was not made from an action: there, dates were chosen.

    Returns:
        Ids of milestones, each with its new date.
    """
    later = start - item.added_at.date()
    if item.status is not ItemStatus.PROPOSED or item.action_id is None or later <= timedelta():
        return ()
    return tuple(
        (each.id, next_working_day(each.due + later)) for each in item.open_milestones if not each.revision
    )
