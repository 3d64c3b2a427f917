"""The days of a council: bank holidays of its nation, weekends, its own closed days, and pauses.

Two things are kept apart. A *working day* is a day on which the council works; working days are what is
counted ("five working days before"). A *quiet* day is one on which nobody is written to: every day that is
not a working day, and the days of a pause, such as a pre-election period, on which the council does work.
What one person adds to that, their time zone and the days on which they are away, is in
`model.calendar.working_hours`.

Bank holidays come from the `holidays` package, for one nation at a time: for the United Kingdom as a whole
it leaves out what not all nations share, Easter Monday and the August bank holiday among it. It lists the
nominal days as well as the substitute ones; the nominal ones fall on weekends then, so nothing is counted
twice. It knows the years to 2100. Later ones have weekends only, and no range of ours goes beyond.

Every search ends: a range of closed days is passed in one step, however long it is, and there are no closed
days after `LAST_DAY`. A council that is closed for years has its next working day after that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 12, 31)
_DAY = timedelta(days=1)
_SATURDAY = 5


class Nation(StrEnum):
    """Whose bank holidays a council keeps."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


# What the package calls them.
_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


@dataclass(frozen=True, order=True)
class DateRange:
    """The days from `first` to `last`, both included; one day when they are the same.

    Raises:
        ValueError: it ends before it begins, or is not within `FIRST_DAY` and `LAST_DAY`.
    """

    first: date
    last: date
    name: str = ""

    def __post_init__(self) -> None:
        """Check the order and the bounds."""
        if not FIRST_DAY <= self.first <= self.last <= LAST_DAY:
            raise ValueError(f"{self.first} to {self.last} is no range of days that a calendar knows.")

    def __contains__(self, day: date) -> bool:
        """Whether a day is one of these."""
        return self.first <= day <= self.last


@lru_cache(maxsize=1_000)
def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """The bank holidays of a nation in a year, substitute days included."""
    # Imported here, since it takes its time and most commands need no dates.
    from holidays import country_holidays

    return frozenset(country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year, expand=False))


@dataclass(frozen=True)
class WorkingCalendar:
    """The days of one council.

    Attributes:
        nation: Whose bank holidays it keeps.
        extra_days: Days on which it is closed besides.
        pauses: Days on which it works, and nobody is written to.
        set_at: When its closed days and pauses were set; before that, others may have been quiet.
    """

    nation: Nation = Nation.ENGLAND
    extra_days: tuple[DateRange, ...] = ()
    pauses: tuple[DateRange, ...] = ()
    set_at: datetime | None = None

    def is_working_day(self, day: date) -> bool:
        """Whether the council works on a day."""
        return not self._free(day) and _range_with(day, self.extra_days) is None

    def is_quiet(self, day: date, away: Iterable[DateRange] = ()) -> bool:
        """Whether nobody, or nobody with these days away, is to be written to on a day."""
        return not self.is_working_day(day) or _range_with(day, (*self.pauses, *away)) is not None

    def next_working_day(self, day: date) -> date:
        """The first working day on this day or after it."""
        return self._next(day, self.extra_days)

    def next_open_day(self, day: date, away: Iterable[DateRange] = ()) -> date:
        """The first day that is not quiet, on this day or after it."""
        return self._next(day, (*self.extra_days, *self.pauses, *away))

    def working_day_after(self, day: date, count: int) -> date:
        """The working day that is this many working days after a day; the day itself for 0."""
        for _ in range(count):
            day = self.next_working_day(day + _DAY)
        return day

    def working_day_before(self, day: date, count: int) -> date:
        """The working day that is this many working days before a day; the day itself for 0."""
        for _ in range(count):
            day = self._last_working_day(day - _DAY)
        return day

    def _free(self, day: date) -> bool:
        return day.weekday() >= _SATURDAY or day in bank_holidays(self.nation, day.year)

    def _next(self, day: date, closed: tuple[DateRange, ...]) -> date:
        while True:
            inside = _range_with(day, closed)
            if inside is None and not self._free(day):
                return day
            day = (day if inside is None else inside.last) + _DAY

    def _last_working_day(self, day: date) -> date:
        while True:
            inside = _range_with(day, self.extra_days)
            if inside is None and not self._free(day):
                return day
            day = (day if inside is None else inside.first) - _DAY


def _range_with(day: date, ranges: Iterable[DateRange]) -> DateRange | None:
    return next((each for each in ranges if day in each), None)
