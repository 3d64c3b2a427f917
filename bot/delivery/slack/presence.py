"""Whether somebody is still there: not deactivated, and in the channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.delivery.slack.members import ChannelMembers
from bot.delivery.slack.people import People
from bot.delivery.slack.slack import Slack


@dataclass(frozen=True)
class Presence:
    """Asks Slack; where it cannot tell, everybody is there."""

    members: ChannelMembers
    people: People
    slack_of: Callable[[str], Slack]

    async def gone(self, workspace_id: str, channel_id: str, person: str) -> bool:
        """Whether a person is deactivated or not in a channel."""
        if not await self.members.inside(workspace_id, channel_id, person):
            return True
        facts = await self.people.facts(self.slack_of(workspace_id), workspace_id, person)
        return facts.deactivated
