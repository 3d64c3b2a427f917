"""Which users are no people who could do anything: apps, and deactivated accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.delivery.people import People
from bot.delivery.slack import Slack

# Of this one alone Slack says that it is no bot.
_SLACKBOT = "USLACKBOT"


@dataclass(frozen=True)
class AppList:
    """Knows apps, Milepost itself among them, and deactivated accounts; nobody where Slack does not tell."""

    people: People
    slack_of: Callable[[str], Slack]

    async def name_of_app(self, workspace_id: str, user: str) -> str | None:
        """The name of a user that is an app; None for a person."""
        if user == _SLACKBOT:
            return "Slackbot"
        facts = await self.people.facts(self.slack_of(workspace_id), workspace_id, user)
        return facts.name if facts.is_bot else None

    async def name_of_deactivated(self, workspace_id: str, user: str) -> str | None:
        """The name of somebody whose account is deactivated; None for others."""
        facts = await self.people.facts(self.slack_of(workspace_id), workspace_id, user)
        return facts.name if facts.deactivated else None
