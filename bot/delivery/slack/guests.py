"""Who is only a guest of the workspace, from what Slack tells of people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.delivery.slack.people import People
from bot.delivery.slack.slack import Slack


@dataclass(frozen=True)
class GuestList:
    """Knows guests, by what is remembered of people; where Slack does not tell, nobody is one."""

    people: People
    slack_of: Callable[[str], Slack]

    async def guest(self, workspace_id: str, person: str) -> bool:
        """Whether somebody is a guest, of one channel or several."""
        facts = await self.people.facts(self.slack_of(workspace_id), workspace_id, person)
        return facts.is_guest
