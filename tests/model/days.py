"""Strategies for dates, calendars and diaries."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from model.calendar.council_calendar import DateRange, Nation, WorkingCalendar
from model.calendar.working_hours import Diary

LONDON = ZoneInfo("Europe/London")
# Both hemispheres, half hours, clocks that change at midnight or not at all, and both ends of the world.
ZONES = [
    LONDON,
    *map(
        ZoneInfo,
        (
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "Asia/Kolkata",
            "Pacific/Kiritimati",
            "Pacific/Pago_Pago",
            "UTC",
        ),
    ),
]

days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
moments = st.datetimes(
    datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.sampled_from(ZONES), allow_imaginary=False
)
ranges = st.builds(
    lambda first, length: DateRange(first, first + timedelta(length)), days, st.integers(0, 60)
)
some_ranges = st.lists(ranges, max_size=4).map(tuple)
calendars = st.builds(WorkingCalendar, st.sampled_from(Nation), some_ranges, some_ranges)
diaries = st.builds(Diary, calendars, st.sampled_from(ZONES), some_ranges)


def day(text: str) -> date:
    """A date as it is written."""
    return date.fromisoformat(text)


def span(first: str, last: str | None = None, name: str = "") -> DateRange:
    """A range as it is written; one day without an end."""
    return DateRange(day(first), day(last or first), name)


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    """A moment as the clocks of a zone show it."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def local(moment: datetime, zone: ZoneInfo = LONDON) -> str:
    """What the clocks of a zone show, with the day of the week."""
    return moment.astimezone(zone).strftime("%a %Y-%m-%d %H:%M")


def half_past_nine(on: str) -> datetime:
    """When a reminder goes out in London."""
    return datetime.combine(day(on), time(9, 30), tzinfo=LONDON).astimezone(UTC)
