"""The milestones of a plan as a calendar file: one all-day event each.

A calendar that reads the file again knows each event by its UID, and takes the one with the higher SEQUENCE.
Source: RFC 5545, 3.8.4.7 "Unique Identifier", 3.8.7.4 "Sequence Number".
"""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from model.framework.framework import Framework
from model.plan.plan import ItemStatus, Milestone, MilestoneState, PlanItem
from model.plan.plan_in_context import Planned

_PRODUCT = "-//Milepost//Plan//EN"


def plan_calendar(planned: Planned, *, at: datetime) -> bytes:
    """Write the milestones of every item that was taken on.

    What was dropped, or taken back to being a proposal, is cancelled rather than left out, so that it goes
    from calendars that have it. So is all of a plan that ended with its assessment.

    Args:
        planned: The plan.
        at: The moment of writing.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Plan: {planned.assessment.title}")
    for item in planned.plan.items:
        # One that was never changed was never taken on, so that no calendar has it.
        if item.status is ItemStatus.PROPOSED and item.revision == 0:
            continue
        for milestone in item.milestones:
            calendar.add_component(_event(planned, item, milestone, at))
    written: bytes = calendar.to_ical()
    return written


def _event(planned: Planned, item: PlanItem, milestone: Milestone, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{milestone.id}.{planned.assessment.id}@milepost")
    event.add("dtstamp", at)
    event.add("last-modified", _changed_at(planned, item, milestone))
    # All of these only grow, and whatever an event shows is in one of them: a plan that ended stays so.
    event.add("sequence", milestone.revision + item.revision + planned.ended)
    event.add("summary", _summary(item, milestone))
    event.add("description", _description(planned.assessment.framework, item))
    event.add("dtstart", milestone.due)
    event.add("dtend", milestone.due + timedelta(days=1))
    event.add("status", "CANCELLED" if planned.ended or _gone(item, milestone) else "CONFIRMED")
    # It is a date to keep, not time that is taken.
    event.add("transp", "TRANSPARENT")
    return event


def _changed_at(planned: Planned, item: PlanItem, milestone: Milestone) -> datetime:
    changed_at = max(milestone.changed_at, item.changed_at)
    ended_at = planned.assessment.state_changed_at if planned.ended else None
    return changed_at if ended_at is None else max(changed_at, ended_at)


def _gone(item: PlanItem, milestone: Milestone) -> bool:
    return (
        item.status in (ItemStatus.DROPPED, ItemStatus.PROPOSED) or milestone.state is MilestoneState.DROPPED
    )


def _summary(item: PlanItem, milestone: Milestone) -> str:
    done = item.status is ItemStatus.DONE or milestone.state is MilestoneState.DONE
    return f"{'Done: ' if done else ''}{milestone.name} ({item.title})"


def _description(framework: Framework, item: PlanItem) -> str:
    name = framework.dimension(item.dimension_id).name
    start, end = (framework.level(level).name for level in (item.from_level, item.to_level))
    lines = [f"{name}: from {item.from_level} {start} to {item.to_level} {end}"]
    if item.success:
        lines.append(f"Measure of success: {item.success}")
    return "\n".join(lines)
