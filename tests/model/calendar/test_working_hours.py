"""Working hours and working time where a person is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.calendar.council_calendar import Nation, WorkingCalendar
from model.calendar.working_hours import Diary, zone_named
from tests.model.days import LONDON, at, diaries, local, moments, span

DIARY = Diary(zone=LONDON)
KOLKATA = ZoneInfo("Asia/Kolkata")
HOUR = timedelta(hours=1)
amounts = st.timedeltas(timedelta(), timedelta(hours=80))


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("2027-06-01 08:59:59", False),
        ("2027-06-01 09:00:00", True),
        ("2027-06-01 16:59:59", True),
        ("2027-06-01 17:00:00", False),
        ("2027-05-31 12:00:00", False),
        ("2027-05-29 12:00:00", False),
    ],
)
def test_working_hours(moment: str, working: bool) -> None:
    assert DIARY.is_working(at(moment)) is working


def test_hours_are_those_where_the_person_is() -> None:
    assert Diary(zone=KOLKATA).is_working(at("2027-06-01 09:00", KOLKATA))
    assert not Diary(zone=KOLKATA).is_working(at("2027-06-01 13:00", LONDON))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2027-06-01 10:00", "2027-06-01 12:30", 2.5),
        ("2027-06-01 07:00", "2027-06-01 20:00", 8),
        ("2027-06-01 16:00", "2027-06-02 10:00", 2),
        ("2027-06-01 18:00", "2027-06-02 08:00", 0),
        # From Thursday to Tuesday, over Easter.
        ("2027-03-25 16:00", "2027-03-30 10:00", 2),
        # A night in which the clocks change.
        ("2027-03-26 09:00", "2027-03-31 17:00", 16),
        ("2027-10-29 09:00", "2027-11-01 17:00", 16),
        ("2027-06-02 10:00", "2027-06-01 10:00", 0),
    ],
)
def test_working_time(start: str, end: str, hours: float) -> None:
    assert DIARY.working_time(at(start), at(end)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("start", "hours", "reached"),
    [
        ("2027-06-01 10:00", 2, "Tue 2027-06-01 12:00"),
        ("2027-06-01 10:00", 8, "Wed 2027-06-02 10:00"),
        # A whole day is over when the next begins.
        ("2027-06-01 09:00", 8, "Wed 2027-06-02 09:00"),
        ("2027-06-01 23:00", 8, "Thu 2027-06-03 09:00"),
        ("2027-06-04 16:00", 2, "Mon 2027-06-07 10:00"),
        ("2027-06-05 12:00", 0, "Mon 2027-06-07 09:00"),
        ("2026-12-24 16:00", 8, "Tue 2026-12-29 16:00"),
        ("2027-03-26 12:00", 1, "Tue 2027-03-30 10:00"),
    ],
)
def test_after_working_time(start: str, hours: int, reached: str) -> None:
    assert local(DIARY.after_working_time(at(start), hours * HOUR)) == reached


def test_neither_a_pause_nor_days_away_are_working_time() -> None:
    paused = WorkingCalendar(pauses=(span("2027-06-02", "2027-06-30"),))
    assert local(Diary(paused, LONDON).after_working_time(at("2027-06-01 12:00"), 8 * HOUR)) == (
        "Thu 2027-07-01 12:00"
    )
    away = Diary(zone=LONDON, away=(span("2027-06-02", "2027-06-08"),))
    assert local(away.after_working_time(at("2027-06-01 12:00"), 8 * HOUR)) == "Wed 2027-06-09 12:00"
    assert away.working_time(at("2027-06-01 12:00"), at("2027-06-09 10:00")) == 6 * HOUR


def test_christmas_week_in_scotland() -> None:
    diary = Diary(WorkingCalendar(Nation.SCOTLAND), LONDON)
    reached = diary.after_working_time(at("2026-12-31 16:00"), 2 * HOUR)
    assert local(reached) == "Tue 2027-01-05 10:00"


def test_a_time_that_the_clocks_skip_is_an_hour_later() -> None:
    moment = DIARY.moment(at("2027-03-28 12:00").date(), at("2027-01-01 01:30").time())
    assert local(moment) == "Sun 2027-03-28 02:30"


@pytest.mark.parametrize("name", ["", "Mars/Base", "Europe", "../secret", "/etc/passwd", "a\0b", "é"])
def test_zones_that_nobody_knows(name: str) -> None:
    assert zone_named(name) is None
    assert zone_named("Asia/Kolkata") == KOLKATA


@given(diaries, moments, amounts)
def test_what_has_passed_is_what_was_asked_for(diary: Diary, start: datetime, amount: timedelta) -> None:
    reached = diary.after_working_time(start, amount)
    assert reached >= start and reached.tzinfo is UTC and diary.is_working(reached)
    assert diary.working_time(start, reached) == amount
    assert diary.after_working_time(start.astimezone(UTC), amount) == reached


@given(diaries, st.tuples(moments, moments, moments).map(sorted))
def test_working_time_adds_up(diary: Diary, three: list[datetime]) -> None:
    first, second, third = three
    whole = diary.working_time(first, third)
    assert diary.working_time(first, second) + diary.working_time(second, third) == whole
    assert timedelta() <= whole <= third.astimezone(UTC) - first.astimezone(UTC)
