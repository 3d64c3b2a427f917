"""Who is in a channel, asked from Slack and remembered for a few minutes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import TLRUCache

from bot.clock import Clock
from bot.delivery.slack.faults import SlackFault
from bot.delivery.slack.slack import Slack
from bot.log import logger

_log = logger(__name__)

# An event says when somebody comes or goes; this is for events that were missed.
_REMEMBER_SECONDS = 5 * 60.0
# Somebody who is not on the list may have come in since; asked again so often at most.
_ASK_AGAIN_SECONDS = 5.0
_ASK_AFTER_FAULT_SECONDS = 30.0
_MOST = 2_000
# Real seconds: a press waits for this, and none is to wait for long.
_PATIENCE = 3.0


@dataclass(frozen=True)
class _Known:
    """What Slack told, and when in seconds: `people` is None when it could not tell."""

    people: frozenset[str] | None
    at: float

    def lacks(self, looked_for: str | None) -> bool:
        """Whether somebody is looked for who is not on the list."""
        return self.people is not None and looked_for is not None and looked_for not in self.people


def _kept_until(_: tuple[str, str], known: _Known, now: float) -> float:
    return now + (_ASK_AFTER_FAULT_SECONDS if known.people is None else _REMEMBER_SECONDS)


class ChannelMembers:
    """The members of channels, per workspace. Where Slack does not tell, everybody counts as inside.

    A list without ourselves tells nothing either: of a channel that we are not in, Slack need not tell all.

    Source: https://docs.slack.dev/reference/methods/conversations.members (tier 4).
    """

    def __init__(
        self, clock: Clock, slack_of: Callable[[str], Slack], bot_user: Callable[[str], str]
    ) -> None:
        self._bot_user = bot_user
        self._slack_of = slack_of
        self._clock = clock
        self._known: TLRUCache[tuple[str, str], _Known] = TLRUCache(_MOST, _kept_until, self._now)
        self._asking: dict[tuple[str, str], asyncio.Task[_Known]] = {}

    async def inside(self, workspace_id: str, channel_id: str, person: str) -> bool:
        """Whether a person is in a channel; true where Slack cannot tell."""
        people = await self.people(workspace_id, channel_id, person)
        return people is None or person in people

    async def we_are_missing(self, workspace_id: str, channel_id: str) -> bool:
        """Whether Slack says who is in a channel, and we are not."""
        ourselves = self._bot_user(workspace_id)
        known = await self._look(workspace_id, channel_id, ourselves)
        return bool(known.people) and ourselves not in (known.people or ())

    async def surely_inside(self, workspace_id: str, channel_id: str, person: str) -> bool | None:
        """The same; None where Slack cannot tell."""
        people = await self.people(workspace_id, channel_id, person)
        return None if people is None else person in people

    async def people(
        self, workspace_id: str, channel_id: str, looked_for: str | None = None
    ) -> frozenset[str] | None:
        """Everybody in a channel, or None where Slack cannot tell.

        Args:
            workspace_id: The workspace.
            channel_id: The channel.
            looked_for: A person for whose sake an older list without them is not good enough.
        """
        people = (await self._look(workspace_id, channel_id, looked_for)).people
        return people if people is not None and self._bot_user(workspace_id) in people else None

    async def _look(self, workspace_id: str, channel_id: str, looked_for: str | None) -> _Known:
        known = self._known.get((workspace_id, channel_id))
        if known is None or (known.lacks(looked_for) and self._now() - known.at > _ASK_AGAIN_SECONDS):
            known = await self._ask(workspace_id, channel_id)
        return known

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def forget(self, workspace_id: str, channel_id: str) -> None:
        """Somebody came or went."""
        _log.debug("members_forgotten", channel=channel_id)
        self._known.pop((workspace_id, channel_id), None)

    async def _ask(self, workspace_id: str, channel_id: str) -> _Known:
        """One question at a time for each channel, however many wait for the answer."""
        key = (workspace_id, channel_id)
        asking = self._asking.get(key)
        if asking is None:
            _log.debug("members_asked", channel=channel_id, known=key in self._known)
            asking = asyncio.ensure_future(self._asked(workspace_id, channel_id))
            self._asking[key] = asking
            asking.add_done_callback(lambda _: self._asking.pop(key, None))
        return await asyncio.shield(asking)

    async def _asked(self, workspace_id: str, channel_id: str) -> _Known:
        people: frozenset[str] | None = None
        try:
            async with asyncio.timeout(_PATIENCE):
                people = await self._slack_of(workspace_id).members(channel_id)
        except (SlackFault, TimeoutError) as error:
            _log.info("members_not_told", error=getattr(error, "error", "timeout"))
        known = _Known(people, self._now())
        self._known[workspace_id, channel_id] = known
        return known
