"""Which users are no people who could do anything: apps, and deactivated accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.delivery.slack.faults import SlackFault
from bot.delivery.slack.people import People
from bot.delivery.slack.slack import PersonFacts, Slack

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
        facts = await self._facts(workspace_id, user)
        return facts.name if facts.is_bot else None

    async def name_of_deactivated(self, workspace_id: str, user: str) -> str | None:
        """The name of somebody whose account is deactivated; None for others."""
        facts = await self._facts(workspace_id, user)
        return facts.name if facts.deactivated else None

    async def _facts(self, workspace_id: str, user: str) -> PersonFacts:
        """What Slack tells; a workspace that is served no more has nobody to ask."""
        try:
            slack = self.slack_of(workspace_id)
        except SlackFault:
            return PersonFacts("", "")
        return await self.people.facts(slack, workspace_id, user)
