"""Days written by people, one date or range a line with a name, and written back the same way.

"2027-03-22 to 2027-05-06 Pre-election period", "24/12/2027 Closed early", "22 March 2027 – 24 March 2027".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from model.calendar.council_calendar import FIRST_DAY, LAST_DAY, DateRange

MOST_LINES = 100
# Two years: a range is typed wrongly more often than it is longer.
MOST_DAYS = 731
NAME_LIMIT = 100
# What one field of a form holds.
TEXT_LIMIT = 3_000

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})"
_DATE = rf"{_NUMBERS}|\d{{1,2}}(?:st|nd|rd|th)?\s+[a-z]{{3,9}}\s+\d{{4}}"
_AND = r"(?:to|until|till)\b|[-–—]"
_LINE = re.compile(
    rf"(?P<first>{_DATE})(?!\d)(?:\s*(?P<and>{_AND})\s*(?:(?P<last>{_DATE})(?!\d))?)?(?P<name>.*)",
    re.IGNORECASE,
)
_DASHES = " \t-–—:,;"


class Fault(StrEnum):
    """What is wrong with a line."""

    NO_DATE = "no_date"
    NO_END = "no_end"
    NO_SUCH_DAY = "no_such_day"
    ENDS_FIRST = "ends_first"
    TOO_LONG = "too_long"
    NAME_TOO_LONG = "name_too_long"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class LineFault:
    """A line that could not be read: its number, counted from 1 as the writer sees it, and its words."""

    number: int
    words: str
    fault: Fault


@dataclass(frozen=True)
class ReadLines:
    """What a text says; with faults, nothing of it is to be kept but the text."""

    ranges: tuple[DateRange, ...] = ()
    faults: tuple[LineFault, ...] = ()


def read_lines(text: str) -> ReadLines:
    """Read days, in order of date; blank lines are skipped, and a day written twice the same way is one."""
    ranges: set[DateRange] = set()
    faults: list[LineFault] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = " ".join(line.split())
        if not words:
            continue
        found = _read(words)
        if isinstance(found, DateRange) and (found in ranges or len(ranges) < MOST_LINES):
            ranges.add(found)
        else:
            faults.append(LineFault(number, words, found if isinstance(found, Fault) else Fault.TOO_MANY))
        if not faults and len(write_lines(ranges)) > TEXT_LIMIT:
            faults.append(LineFault(number, words, Fault.TOO_MANY))
    return ReadLines(tuple(sorted(ranges)), tuple(faults))


def write_lines(ranges: Iterable[DateRange]) -> str:
    """Write days so that `read_lines` reads the same."""
    return "\n".join(_written(each) for each in sorted(ranges))


def _written(days: DateRange) -> str:
    dates = f"{days.first}" if days.first == days.last else f"{days.first} to {days.last}"
    return f"{dates} {days.name}".rstrip()


def _read(words: str) -> DateRange | Fault:
    match = _LINE.fullmatch(words)
    if match is None:
        return Fault.NO_DATE
    # A dash without a second date stands before the name; a word in its place announces a date.
    if match["last"] is None and (match["and"] or "").isalpha():
        return Fault.NO_END
    first = _day(match["first"])
    last = first if match["last"] is None else _day(match["last"])
    name = match["name"].strip(_DASHES)
    if first is None or last is None:
        return Fault.NO_SUCH_DAY
    if last < first:
        return Fault.ENDS_FIRST
    if (last - first).days >= MOST_DAYS:
        return Fault.TOO_LONG
    return Fault.NAME_TOO_LONG if len(name) > NAME_LIMIT else DateRange(first, last, name)


def _day(written: str) -> date | None:
    """The date that is written; None where no calendar has it."""
    parts = re.split(r"[-/.\s]+", written.lower())
    if len(parts[0]) < 4:
        parts.reverse()
    year, month, day = parts
    try:
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
        found = date(int(year if len(year) == 4 else f"20{year}"), number, int(re.sub(r"\D", "", day)))
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None
