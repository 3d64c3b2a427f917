"""When one person may be written to, and how much working time passes for them.

Working hours are 09:00 to 17:00 where the person is, on days that are not quiet for them. All moments that
come out are in UTC; those that go in may be in any zone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from model.calendar.council_calendar import DateRange, WorkingCalendar

OPENS = time(9)
CLOSES = time(17)
_DAY = timedelta(days=1)
_NOTHING = timedelta()


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of this name; None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        # Not known, not the form of a name, or a folder of names.
        return None


@dataclass(frozen=True)
class Diary:
    """A council's calendar as it is for one person.

    Attributes:
        calendar: The council's days.
        zone: Where the person is.
        away: The days on which they are not there.
        away_set_at: When these were set; before that, others may have been.
    """

    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    zone: tzinfo = UTC
    away: tuple[DateRange, ...] = ()
    away_set_at: datetime | None = None

    @property
    def set_at(self) -> datetime | None:
        """Since when its quiet days are what they are; None where they always were."""
        return max(
            (each for each in (self.calendar.set_at, self.away_set_at) if each is not None), default=None
        )

    def day_of(self, moment: datetime) -> date:
        """The date that it is for the person."""
        return moment.astimezone(self.zone).date()

    def moment(self, day: date, at: time) -> datetime:
        """A time of day of theirs, in UTC. One that the clocks skip is an hour later by them."""
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)

    def is_open(self, day: date) -> bool:
        """Whether they may be written to on a day."""
        return not self.calendar.is_quiet(day, self.away)

    def next_open_day(self, day: date) -> date:
        """The first day on which they may be written to, on this day or after it."""
        return self.calendar.next_open_day(day, self.away)

    def is_working(self, moment: datetime) -> bool:
        """Whether it is within their working hours; the hour at which they end is outside."""
        local = moment.astimezone(self.zone)
        return OPENS <= local.time() < CLOSES and self.is_open(local.date())

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """How much of their working time lies between two moments; nothing if they are in the wrong order."""
        passed = _NOTHING
        # In one zone Python would take the hands of the clock for the time that passes.
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        day = self.next_open_day(self.day_of(start))
        while day <= self.day_of(end):
            opens, closes = self._hours(day)
            passed += max(min(closes, end) - max(opens, start), _NOTHING)
            day = self.next_open_day(day + _DAY)
        return passed

    def after_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """The first working moment at which this much of their working time has passed since a moment.

        After nothing it is the next moment at which they work. What is full at the end of a day is so when
        the next one begins, since nobody is written to at the end of hours.
        """
        left = max(amount, _NOTHING)
        day = self.next_open_day(self.day_of(start))
        while True:
            opens, closes = self._hours(day)
            begins = max(opens, start.astimezone(UTC))
            if begins + left < closes:
                return begins + left
            left -= max(closes - begins, _NOTHING)
            day = self.next_open_day(day + _DAY)

    def _hours(self, day: date) -> tuple[datetime, datetime]:
        return self.moment(day, OPENS), self.moment(day, CLOSES)
