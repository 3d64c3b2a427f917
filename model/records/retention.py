"""How long an ended assessment is kept where the installation sets a limit, and when that is said before."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from model.assessment.assessment import Assessment
from model.plan.plan import Plan

THE_RETENTION = "retention"
"""What was deleted by the clock and not by anybody's press has this in place of a person."""
NOTICE = timedelta(days=30)
"""So long before, at least, the channel is told."""


def kept_until(assessment: Assessment, plan: Plan | None, months: int) -> date | None:
    """The last day on which an ended assessment is kept by the limit of so many months.

    None while it is under way, or while something in its plan is: what a team still works on is not deleted.
    """
    if assessment.active or assessment.state_changed_at is None:
        return None
    if plan is not None and any(item.under_way for item in plan.items):
        return None
    return _months_after(assessment.state_changed_at.date(), months)


def last_day(until: date, told: date | None) -> date:
    """The last day it is really kept: never less than the notice after the channel was told."""
    return until if told is None else max(until, told + NOTICE)


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
