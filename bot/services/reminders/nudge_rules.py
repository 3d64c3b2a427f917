"""The rules that a round of nudges goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, tzinfo

from model.calendar.council_calendar import Nation


@dataclass(frozen=True)
class NudgeRules:
    """After how much working time to nudge, by whose bank holidays, and where the council is."""

    after: timedelta
    nation: Nation
    zone: tzinfo
