"""The days a person says they are away: adding some and taking some back."""

from __future__ import annotations

from datetime import date

from model.calendar.council_calendar import LAST_DAY, DateRange
from model.calendar.day_lines import MOST_DAYS
from model.refusals import Reason, Refusal

MOST_RANGES = 20


def away_added(
    away: tuple[DateRange, ...], first: date | None, last: date | None, today: date
) -> tuple[DateRange, ...] | Refusal:
    """The days away with these besides, in order; those that are over are left out.

    Args:
        away: What was said before.
        first: The first day; with neither date, nothing is added.
        last: The last day, which is away too.
        today: The date where the person is.
    """
    current = _current(away, today)
    if first is None and last is None:
        return current
    if first is None or last is None:
        return Refusal(Reason.AWAY_INCOMPLETE)
    if last < first:
        return Refusal(Reason.AWAY_ENDS_FIRST)
    if last < today:
        return Refusal(Reason.AWAY_PAST)
    if last > LAST_DAY or (last - first).days >= MOST_DAYS:
        return Refusal(Reason.AWAY_TOO_LONG, limit=MOST_DAYS)
    added = tuple(sorted({*current, DateRange(first, last)}))
    if len(added) > MOST_RANGES:
        return Refusal(Reason.TOO_OFTEN_AWAY, limit=MOST_RANGES)
    return added


def away_removed(away: tuple[DateRange, ...], first: date, last: date, today: date) -> tuple[DateRange, ...]:
    """The days away without these."""
    return tuple(each for each in _current(away, today) if (each.first, each.last) != (first, last))


def _current(away: tuple[DateRange, ...], today: date) -> tuple[DateRange, ...]:
    return tuple(sorted(each for each in away if each.last >= today))
