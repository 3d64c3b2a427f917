"""The weekly digest of a channel: when it is due, and whether it is wanted.

It falls on one day of the week at one hour where the council is; on a quiet day it moves to the next day that
is not. What was missed, because the bot was down, comes in the same week within working hours and says that
it is late; of several weeks it is the last one only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from model.calendar.council_calendar import WorkingCalendar
from model.calendar.working_hours import CLOSES

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_WEEK = timedelta(days=7)
# A pause may be as long as two years.
_MOST_WEEKS = 110


@dataclass(frozen=True)
class DigestRules:
    """When the digest comes: a day of the week, 0 for Monday, and a time of day where the council is."""

    weekday: int
    at: time
    zone: ZoneInfo


def last_slot(now: datetime, calendar: WorkingCalendar, rules: DigestRules) -> tuple[date, datetime]:
    """The day and moment of the last digest that has come due."""
    local = now.astimezone(rules.zone)
    this_week = local.date() - timedelta(days=local.weekday() - rules.weekday)
    for weeks in range(_MOST_WEEKS):
        day = calendar.next_open_day(this_week - weeks * _WEEK)
        moment = datetime.combine(day, rules.at, tzinfo=rules.zone)
        if moment <= now:
            return day, moment
    return this_week - _MOST_WEEKS * _WEEK, moment - _MOST_WEEKS * _WEEK


def may_go_out(now: datetime, calendar: WorkingCalendar, rules: DigestRules) -> bool:
    """Whether the channel may be written to: from that hour on, in working hours, on no quiet day."""
    local = now.astimezone(rules.zone)
    return rules.at <= local.time() < CLOSES and not calendar.is_quiet(local.date())


@dataclass(frozen=True)
class DigestSwitch:
    """Whether a channel has a digest, and who said so last, if anybody did."""

    on: bool = True
    by: str | None = None
    at: datetime | None = None

    def wants(self, moment: datetime) -> bool:
        """Whether the digest due at a moment is to come: switched on after it, the next one is the first."""
        return self.on and (self.at is None or self.at <= moment)
