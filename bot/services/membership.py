"""Who is in a channel: whoever is not has no part in its assessment, whatever buttons they still have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from model.refusals import Reason, Refusal


class Membership(Protocol):
    """Knows who is in a channel of Slack's."""

    async def inside(self, workspace_id: str, channel_id: str, person: str) -> bool:
        """Whether a person is in a channel; also true where Slack cannot tell, so that no vote is lost."""

    async def surely_inside(self, workspace_id: str, channel_id: str, person: str) -> bool | None:
        """Whether a person is in a channel, for what nobody outside may see; None where Slack cannot tell."""


class Guests(Protocol):
    """Knows who is only a guest of the workspace."""

    async def guest(self, workspace_id: str, person: str) -> bool:
        """Whether somebody is a guest; false where Slack cannot tell."""


class Accounts(Protocol):
    """Knows which users of Slack's are apps, and whose accounts are deactivated."""

    async def name_of_app(self, workspace_id: str, user: str) -> str | None:
        """The name of a user that is an app; None for a person, and where Slack cannot tell."""

    async def name_of_deactivated(self, workspace_id: str, user: str) -> str | None:
        """The name of somebody whose account is deactivated; None for others, and where Slack cannot tell."""


async def any_inside(
    membership: Membership, workspace_id: str, channel_id: str, people: Iterable[str]
) -> bool:
    """Whether somebody of these is in a channel; also true where Slack cannot tell."""
    for person in dict.fromkeys(people):
        if await membership.inside(workspace_id, channel_id, person):
            return True
    return False


NOT_INSIDE = Refusal(Reason.NOT_IN_CHANNEL)
