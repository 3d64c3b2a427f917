"""What is said about a milestone and when: the occasions, the settings, and a planned or due reminder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum

from model.calendar.working_hours import CLOSES, OPENS

_MOST_WORKING_DAYS = 60
_MOST_WEEKS = 12


class Phase(IntEnum):
    """What a reminder is about, the least urgent first."""

    SNOOZED = 0
    BEFORE = 1
    ON_THE_DAY = 2
    OVERDUE = 3
    HANDED_OVER = 4


@dataclass(frozen=True)
class ReminderSettings:
    """When to remind.

    Attributes:
        before: How many working days before the date, besides the day itself.
        overdue: How often to remind while it is overdue.
        every: The days between these.
        send_at: The time of day where the owner is, within working hours.

    Raises:
        ValueError: a figure is out of bounds.
    """

    before: tuple[int, ...] = (5, 1)
    overdue: int = 3
    every: int = 7
    send_at: time = time(9, 30)

    def __post_init__(self) -> None:
        """Check the bounds."""
        if not all(1 <= count <= _MOST_WORKING_DAYS for count in self.before):
            raise ValueError(f"A reminder comes 1 to {_MOST_WORKING_DAYS} working days before the day.")
        if not (0 <= self.overdue <= _MOST_WEEKS and 1 <= self.every <= _MOST_WORKING_DAYS):
            raise ValueError("The reminders of what is overdue are out of bounds.")
        if not OPENS <= self.send_at < CLOSES:
            raise ValueError("Reminders are sent within working hours.")


@dataclass(frozen=True)
class Occasion:
    """One thing to say about a milestone.

    `number` is how many working days before, or which reminder of what is overdue; for a snooze it is the day
    it ends, as an ordinal; otherwise 0.
    """

    phase: Phase
    number: int = 0

    @property
    def key(self) -> str:
        """What tells it from the other occasions of the same milestone, owner and date."""
        return f"{self.phase.name.lower()}-{self.number}"

    @property
    def urgency(self) -> tuple[int, int]:
        """What sorts occasions, the least urgent first."""
        return (self.phase, -self.number if self.phase is Phase.BEFORE else self.number)


def snooze_ends(until: date) -> Occasion:
    """The occasion that ends a snooze until a day."""
    return Occasion(Phase.SNOOZED, until.toordinal())


@dataclass(frozen=True)
class Reminder:
    """A planned reminder.

    Attributes:
        occasion: The most urgent of what it says.
        day: The date for the owner.
        at: The moment, in UTC.
        settles: Every occasion that it stands for, the least urgent first.
    """

    occasion: Occasion
    day: date
    at: datetime
    settles: tuple[Occasion, ...]


@dataclass(frozen=True)
class Due:
    """A reminder to be sent now.

    Attributes:
        occasion: What it is about.
        planned: When it should have been sent.
        late: Whether that is so long ago that it should be said.
        settles: The occasions that are spent by it; none of them is sent any more.
    """

    occasion: Occasion
    planned: datetime
    late: bool
    settles: tuple[Occasion, ...]
