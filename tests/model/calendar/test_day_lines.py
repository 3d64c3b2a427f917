"""Days as people write them, read and written back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.calendar.council_calendar import DateRange
from model.calendar.day_lines import (
    MOST_LINES,
    NAME_LIMIT,
    TEXT_LIMIT,
    Fault,
    LineFault,
    read_lines,
    write_lines,
)
from tests.model.days import ranges, span

# A name that begins like the second date of a range cannot come from a line.
names = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=NAME_LIMIT).filter(
    lambda name: not re.match(r"(to|until|till)\b", name, re.IGNORECASE)
)
named = st.builds(lambda days, name: DateRange(days.first, days.last, name.strip("-–—:,;")), ranges, names)


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("2027-03-22 to 2027-05-06 Pre-election period", ("2027-03-22", "2027-05-06", "Pre-election period")),
        ("2027-12-24 Christmas Eve", ("2027-12-24", None, "Christmas Eve")),
        ("2027-12-24", ("2027-12-24", None, "")),
        ("  2027-12-24   -  Christmas   Eve ", ("2027-12-24", None, "Christmas Eve")),
        ("2027-12-24: Christmas Eve", ("2027-12-24", None, "Christmas Eve")),
        ("2027-1-4", ("2027-01-04", None, "")),
        ("22/3/2027 - 6/5/2027 Purdah", ("2027-03-22", "2027-05-06", "Purdah")),
        ("22/3/27 to 6.5.27 Purdah", ("2027-03-22", "2027-05-06", "Purdah")),
        ("22.03.2027–06.05.2027", ("2027-03-22", "2027-05-06", "")),
        ("22 March 2027 until 6th May 2027, purdah", ("2027-03-22", "2027-05-06", "purdah")),
        ("1st Sept 2027 Staff day", ("2027-09-01", None, "Staff day")),
        ("29 february 2028", ("2028-02-29", None, "")),
        ("2027-12-24 2nd attempt", ("2027-12-24", None, "2nd attempt")),
        ("2027-06-01 Today to tomorrow", ("2027-06-01", None, "Today to tomorrow")),
    ],
)
def test_ways_to_write_a_day(line: str, days: tuple[str, str | None, str]) -> None:
    assert read_lines(line) == read_lines(f"\n{line}\n\n")
    assert read_lines(line).ranges == (span(*days),)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Christmas Eve", Fault.NO_DATE),
        ("tomorrow 2027-12-24", Fault.NO_DATE),
        ("2027-12", Fault.NO_DATE),
        ("22 März 2027", Fault.NO_DATE),
        ("2027-12-241", Fault.NO_DATE),
        ("2027-12-24 to Christmas", Fault.NO_END),
        ("2027-12-24 until 6 May", Fault.NO_END),
        ("2027-02-29", Fault.NO_SUCH_DAY),
        ("2027-13-01", Fault.NO_SUCH_DAY),
        ("31/4/2027", Fault.NO_SUCH_DAY),
        ("1/3/027", Fault.NO_DATE),
        ("12 Mai 2027", Fault.NO_SUCH_DAY),
        ("0000-01-01", Fault.NO_SUCH_DAY),
        ("2027-01-01 to 9999-01-01", Fault.NO_SUCH_DAY),
        ("2027-05-06 to 2027-03-22", Fault.ENDS_FIRST),
        ("2027-01-01 to 2029-01-01", Fault.TOO_LONG),
        (f"2027-01-01 {'x' * (NAME_LIMIT + 1)}", Fault.NAME_TOO_LONG),
    ],
)
def test_lines_that_cannot_be_read(line: str, fault: Fault) -> None:
    found = read_lines(f"2027-01-01\n\n{line}\n2027-01-02")
    assert found.faults == (LineFault(3, line, fault),)


def test_two_years_are_not_too_long() -> None:
    assert read_lines("2027-01-01 to 2028-12-31").faults == ()


def test_the_same_line_twice_is_one_and_too_many_are_named() -> None:
    lines = [f"{2000 + n}-01-01" for n in range(MOST_LINES)]
    assert len(read_lines("\n".join(lines * 2)).ranges) == MOST_LINES
    [fault] = read_lines("\n".join([*lines, "2027-12-24"])).faults
    assert (fault.number, fault.fault) == (MOST_LINES + 1, Fault.TOO_MANY)


def test_what_would_not_fit_into_its_field_again_is_too_much() -> None:
    # Written out in full, short dates are longer than they were typed.
    lines = [f"1/1/{year} {'x' * 20}" for year in range(2000, 2095)]
    assert len("\n".join(lines)) < TEXT_LIMIT < len("\n".join(lines)) + 2 * len(lines)
    [fault] = read_lines("\n".join(lines)).faults
    assert (fault.number, fault.fault) == (94, Fault.TOO_MANY)


@given(st.lists(named, max_size=5).map(set))
def test_what_is_written_is_read_back(days: set[DateRange]) -> None:
    again = read_lines(write_lines(days))
    assert again.faults == ()
    assert again.ranges == tuple(sorted(days))


@given(st.text())
def test_any_text_is_read_or_named(text: str) -> None:
    found = read_lines(text)
    assert read_lines(write_lines(found.ranges)).ranges == found.ranges
    assert all(1 <= each.number <= len(text.splitlines()) for each in found.faults)
