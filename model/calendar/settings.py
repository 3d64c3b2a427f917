"""What is set about days: by a council for everybody, and by a person for themselves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from model.calendar.council_calendar import DateRange, Nation, WorkingCalendar
from model.calendar.day_lines import write_lines


@dataclass(frozen=True)
class CouncilDays:
    """The council's own days, and who changed them last.

    Attributes:
        closed: Days on which it is closed, besides weekends and bank holidays.
        pauses: Days on which it works and nobody is written to.
    """

    closed: tuple[DateRange, ...] = ()
    pauses: tuple[DateRange, ...] = ()
    changed_by: str | None = None
    changed_at: datetime | None = None

    @property
    def print(self) -> str:
        """What tells one state of the days from another."""
        text = f"{write_lines(self.closed)}\n\n{write_lines(self.pauses)}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def calendar(self, nation: Nation) -> WorkingCalendar:
        """The calendar of the council."""
        return WorkingCalendar(nation, self.closed, self.pauses, self.changed_at)


@dataclass(frozen=True)
class OwnSettings:
    """What a person has set for themselves.

    Attributes:
        away: The days they are away.
        nudges: Whether they may be nudged about votes at all.
        reminders: Whether they want to be reminded of their milestones.
        away_set_at: When the days away were set; before that, others may have been.
    """

    away: tuple[DateRange, ...] = ()
    nudges: bool = True
    reminders: bool = True
    away_set_at: datetime | None = None
