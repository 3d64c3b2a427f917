"""Working days and quiet days, with the bank holidays of the four nations written out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.calendar.council_calendar import LAST_DAY, DateRange, Nation, WorkingCalendar, bank_holidays
from tests.model.days import calendars, day, days, some_ranges, span

ENGLAND = WorkingCalendar()
SCOTLAND = WorkingCalendar(Nation.SCOTLAND)
NORTHERN_IRELAND = WorkingCalendar(Nation.NORTHERN_IRELAND)
DAY = timedelta(days=1)

# The weekdays on which the nations' governments say that there is a bank holiday.
ENGLISH = {
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}
WEEKDAYS_OFF = {
    Nation.ENGLAND: ENGLISH,
    Nation.WALES: ENGLISH,
    Nation.SCOTLAND: {
        # 15 June 2026 is the extra one for the World Cup.
        2026: "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
        2027: "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
    },
    Nation.NORTHERN_IRELAND: {
        2026: "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
        2027: "01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28",
    },
}


@pytest.mark.parametrize(
    ("nation", "year", "written"),
    [(nation, year, written) for nation, years in WEEKDAYS_OFF.items() for year, written in years.items()],
)
def test_bank_holidays_of_the_nations(nation: Nation, year: int, written: str) -> None:
    expected = {day(f"{year}-{each}") for each in written.split()}
    assert {each for each in bank_holidays(nation, year) if each.weekday() < 5} == expected
    closed = {each for each in _year(year) if not WorkingCalendar(nation).is_working_day(each)}
    assert closed == expected | {each for each in _year(year) if each.weekday() >= 5}


def _year(year: int) -> list[date]:
    return [date(year, 1, 1) + n * DAY for n in range(366) if (date(year, 1, 1) + n * DAY).year == year]


def test_what_the_united_kingdom_as_a_whole_would_leave_out() -> None:
    easter_monday, august = day("2027-03-29"), day("2027-08-30")
    assert not ENGLAND.is_working_day(easter_monday)
    assert SCOTLAND.is_working_day(easter_monday)
    assert not ENGLAND.is_working_day(august)
    assert SCOTLAND.is_working_day(august)


@pytest.mark.parametrize(
    ("calendar", "wanted", "found"),
    [
        (ENGLAND, "2026-12-24", "2026-12-24"),
        (ENGLAND, "2026-12-25", "2026-12-29"),
        # Christmas Day and Boxing Day on a weekend: both substitute days count.
        (ENGLAND, "2027-12-25", "2027-12-29"),
        (ENGLAND, "2027-01-01", "2027-01-04"),
        # Scotland has 2 January too; in 2027 its substitute is the Monday.
        (SCOTLAND, "2027-01-01", "2027-01-05"),
        (SCOTLAND, "2026-01-01", "2026-01-05"),
        (NORTHERN_IRELAND, "2026-07-11", "2026-07-14"),
        (ENGLAND, "2028-02-29", "2028-02-29"),
    ],
)
def test_the_next_working_day(calendar: WorkingCalendar, wanted: str, found: str) -> None:
    assert calendar.next_working_day(day(wanted)) == day(found)


@pytest.mark.parametrize(
    ("calendar", "start", "count", "before", "after"),
    [
        (ENGLAND, "2027-03-30", 0, "2027-03-30", "2027-03-30"),
        # Around Easter.
        (ENGLAND, "2027-03-30", 1, "2027-03-25", "2027-03-31"),
        (SCOTLAND, "2027-03-30", 1, "2027-03-29", "2027-03-31"),
        (ENGLAND, "2027-03-30", 5, "2027-03-19", "2027-04-06"),
        # From a day off, the days are counted from there.
        (ENGLAND, "2027-05-01", 1, "2027-04-30", "2027-05-04"),
        # Christmas week.
        (ENGLAND, "2026-12-31", 5, "2026-12-22", "2027-01-08"),
        (SCOTLAND, "2026-12-31", 5, "2026-12-22", "2027-01-11"),
    ],
)
def test_counting_working_days(
    calendar: WorkingCalendar, start: str, count: int, before: str, after: str
) -> None:
    assert calendar.working_day_before(day(start), count) == day(before)
    assert calendar.working_day_after(day(start), count) == day(after)


def test_the_councils_own_closed_days_are_no_working_days() -> None:
    calendar = WorkingCalendar(extra_days=(span("2026-12-29", "2026-12-31", "Christmas closure"),))
    assert not calendar.is_working_day(day("2026-12-30"))
    assert calendar.next_working_day(day("2026-12-25")) == day("2027-01-04")
    assert calendar.working_day_before(day("2027-01-04"), 1) == day("2026-12-24")


def test_a_pause_is_quiet_and_still_counts_as_working_days() -> None:
    calendar = WorkingCalendar(pauses=(span("2027-03-22", "2027-05-06", "Pre-election period"),))
    assert calendar.is_working_day(day("2027-04-01"))
    assert calendar.is_quiet(day("2027-04-01"))
    assert calendar.next_working_day(day("2027-04-01")) == day("2027-04-01")
    assert calendar.next_open_day(day("2027-04-01")) == day("2027-05-07")


def test_away_days_are_quiet_for_one_person_only() -> None:
    away = (span("2027-06-01", "2027-06-04"), span("2027-06-07"))
    assert ENGLAND.is_quiet(day("2027-06-01"), away) and not ENGLAND.is_quiet(day("2027-06-01"))
    assert ENGLAND.next_open_day(day("2027-06-01"), away) == day("2027-06-08")


def test_closed_for_years_ends_after_them() -> None:
    calendar = WorkingCalendar(extra_days=(DateRange(day("2026-01-01"), LAST_DAY),))
    assert calendar.next_working_day(day("2027-01-01")) == day("2101-01-03")
    assert calendar.working_day_before(day("2027-01-01"), 1) == day("2025-12-31")
    assert calendar.next_open_day(day("2027-01-01")) == day("2101-01-03")


@pytest.mark.parametrize(
    ("first", "last"),
    [("2027-01-02", "2027-01-01"), ("1999-12-31", "2000-01-01"), ("2100-12-31", "2101-01-01")],
)
def test_ranges_that_no_calendar_knows(first: str, last: str) -> None:
    with pytest.raises(ValueError, match="no range of days"):
        span(first, last)


@given(calendars, days)
def test_the_next_working_day_is_the_first_one(calendar: WorkingCalendar, start: date) -> None:
    found = calendar.next_working_day(start)
    assert found >= start and calendar.is_working_day(found)
    assert not any(calendar.is_working_day(start + n * DAY) for n in range((found - start).days))


@given(calendars, some_ranges, days)
def test_the_next_open_day_is_the_first_one(
    calendar: WorkingCalendar, away: tuple[DateRange, ...], start: date
) -> None:
    found = calendar.next_open_day(start, away)
    assert found >= start and not calendar.is_quiet(found, away) and calendar.is_working_day(found)
    assert all(calendar.is_quiet(start + n * DAY, away) for n in range((found - start).days))


@given(calendars, days, st.integers(0, 20))
def test_there_and_back(calendar: WorkingCalendar, start: date, count: int) -> None:
    start = calendar.next_working_day(start)
    there = calendar.working_day_after(start, count)
    assert sum(calendar.is_working_day(start + n * DAY) for n in range((there - start).days)) == count
    assert calendar.working_day_before(there, count) == start
