"""Dates and ranges of days in words, and what is wrong with lines that should be some."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.views.wording.text import shorten
from model.calendar.council_calendar import DateRange
from model.calendar.day_lines import MOST_DAYS, MOST_LINES, NAME_LIMIT, Fault, LineFault

EXAMPLE = "2027-03-22 to 2027-05-06 Pre-election period"
_MOST_FAULTS = 3
_FAULTS = {
    Fault.NO_DATE: f"it does not begin with a date. Write it like this: {EXAMPLE}",
    Fault.NO_END: f"the second date cannot be read. Write it like this: {EXAMPLE}",
    Fault.NO_SUCH_DAY: "there is no such day",
    Fault.ENDS_FIRST: "it ends before it begins",
    Fault.TOO_LONG: f"it is longer than {MOST_DAYS} days",
    Fault.NAME_TOO_LONG: f"the name is longer than {NAME_LIMIT} characters",
    Fault.TOO_MANY: f"there is no room for more than {MOST_LINES} lines or 3,000 characters",
}


def day_words(day: date) -> str:
    """A date: "22 March 2027"."""
    return day.strftime("%-d %B %Y")


def range_words(days: DateRange) -> str:
    """A range with its name, escaped: "22 March to 6 May 2027, Pre-election period"."""
    words = day_words(days.last)
    if days.first.year != days.last.year:
        words = f"{day_words(days.first)} to {words}"
    elif days.first != days.last:
        words = f"{days.first.strftime('%-d %B')} to {words}"
    return f"{words}, {shorten(days.name, NAME_LIMIT * 2)}" if days.name else words


def line_faults(faults: Sequence[LineFault]) -> str:
    """What is wrong with lines, for their field; the first few, by their numbers."""
    said = [
        f"Line {fault.number}, “{shorten(fault.words, 60)}”: {_FAULTS[fault.fault]}."
        for fault in faults[:_MOST_FAULTS]
    ]
    if len(faults) > _MOST_FAULTS:
        said.append(f"And {len(faults) - _MOST_FAULTS} more.")
    return " ".join(said)
