"""What use cases work with, whoever asks for whatever: one object in place of lists of parameters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services.membership import Accounts, Guests, Membership
from bot.services.zones import Zones
from model.calendar.council_calendar import Nation
from model.digest.schedule import DigestRules
from model.framework.framework import Framework
from model.library.library import Library
from model.reminders.occasions import ReminderSettings
from storage.database import Database


@dataclass(frozen=True)
class Rules:
    """What the settings say that use cases go by, alike in all workspaces.

    Attributes:
        zone: Where the council is.
        nation: By whose bank holidays it works.
        nudge_after: After how much working time whoever has not voted is nudged.
        reminders: When owners are reminded.
        digests: When the digests are made.
        support_threshold: With how many supporters of a proposal the facilitators are told.
        retention_months: How long ended assessments are kept; None keeps them until somebody deletes them.
    """

    zone: ZoneInfo
    nation: Nation
    nudge_after: timedelta
    reminders: ReminderSettings
    digests: DigestRules
    support_threshold: int
    retention_months: int | None


@dataclass(frozen=True)
class Desk:
    """What use cases work with; made once, when the bot starts.

    A use case that needs no more than the database takes that alone, so that the command line can use it too.

    Attributes:
        membership: Who is in which channel. Like accounts, guests and zones it may be a call to Slack, so it
            is never asked within a transaction.
        accounts: Which users are apps or deactivated.
        guests: Who is only a guest of the workspace.
        zones: In which time zones people are.
        framework: What new assessments ask.
        library: The actions that Milepost was started with, beside which a council has its own.
    """

    database: Database
    membership: Membership
    accounts: Accounts
    guests: Guests
    zones: Zones
    framework: Framework
    library: Library
    rules: Rules

    def today(self, at: datetime) -> date:
        """The date of a moment where the council is."""
        return at.astimezone(self.rules.zone).date()
