"""What use cases work with in tests without Slack, where everybody is an ordinary person and inside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time, timedelta, tzinfo

from bot.services.desk import Desk, Rules
from bot.services.membership import Accounts, Guests, Membership
from model.calendar.council_calendar import Nation
from model.digest.schedule import DigestRules
from model.framework.framework import Framework
from model.library.library import Library
from model.reminders.occasions import ReminderSettings
from storage.database import Database
from tests.model.days import LONDON
from tests.model.libraries import library_of
from tests.storage.material import FRAMEWORK

RULES = Rules(
    zone=LONDON,
    nation=Nation.ENGLAND,
    nudge_after=timedelta(hours=8),
    reminders=ReminderSettings(),
    digests=DigestRules(0, time(9), LONDON),
    support_threshold=3,
    retention_months=None,
)


@dataclass(frozen=True)
class Inside:
    """Everybody of whom this is true is in every channel; everybody else is in none."""

    inside_is: Callable[[str], bool] = lambda person: True

    async def inside(self, workspace_id: str, channel_id: str, person: str) -> bool:
        """Whether they are."""
        return self.inside_is(person)

    async def surely_inside(self, workspace_id: str, channel_id: str, person: str) -> bool | None:
        """Whether they are; nothing is unsure."""
        return await self.inside(workspace_id, channel_id, person)


EVERYBODY = Inside()


def only(*people: str) -> Inside:
    """Only these are in a channel."""
    return Inside(lambda person: person in people)


def all_but(*people: str) -> Inside:
    """Everybody is in every channel, but for these."""
    return Inside(lambda person: person not in people)


@dataclass(frozen=True)
class People:
    """Who is an ordinary person and who is not: apps and deactivated accounts by their names, and guests."""

    apps: dict[str, str] = field(default_factory=dict)
    deactivated: dict[str, str] = field(default_factory=dict)
    guests: frozenset[str] = frozenset()

    async def name_of_app(self, workspace_id: str, user: str) -> str | None:
        """The name of an app."""
        return self.apps.get(user)

    async def name_of_deactivated(self, workspace_id: str, user: str) -> str | None:
        """The name of somebody whose account is deactivated."""
        return self.deactivated.get(user)

    async def guest(self, workspace_id: str, person: str) -> bool:
        """Whether somebody is a guest."""
        return person in self.guests


ORDINARY = People()


@dataclass(frozen=True)
class OneZone:
    """All people are in one zone; None where Slack does not tell."""

    zone: tzinfo | None = LONDON

    async def zone_of(self, workspace_id: str, person: str) -> tzinfo | None:
        """That zone."""
        return self.zone


def desk_of(
    database: Database,
    membership: Membership = EVERYBODY,
    *,
    accounts: Accounts = ORDINARY,
    guests: Guests = ORDINARY,
    zone: tzinfo | None = LONDON,
    framework: Framework = FRAMEWORK,
    library: Library | None = None,
) -> Desk:
    """A desk with this database; whatever else is given differs from the ordinary."""
    return Desk(
        database=database,
        membership=membership,
        accounts=accounts,
        guests=guests,
        zones=OneZone(zone),
        framework=framework,
        library=library_of([]) if library is None else library,
        rules=RULES,
    )
