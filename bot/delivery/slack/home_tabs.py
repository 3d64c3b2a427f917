"""Publishing Home tabs: one at a time for each person, and never an older one over a newer one.

Source: https://docs.slack.dev/reference/methods/views.publish (tier 4, `hash` and `hash_conflict`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from cachetools import LRUCache

from bot.clock import Clock
from bot.delivery.slack.faults import Limited, NotDone, SlackFault
from bot.delivery.slack.slack import Slack
from bot.log import logger
from bot.views.block_kit.blocks import View

_log = logger(__name__)

Draw = Callable[[], Awaitable[View]]
_CONFLICT = "hash_conflict"
_LONGEST_WAIT = 10.0
_MOST = 5_000


@dataclass
class _Tab:
    """What is known of one person's tab. `wanted` and `drawn` count, so that one drawing serves many.

    `looked_at` is whether what they pressed last was on it.
    """

    hash: str | None = None
    looked_at: bool = False
    wanted: int = 0
    drawn: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class HomeTabs:
    """The Home tabs of people, per workspace. A tab that cannot be shown is drawn when it is opened again."""

    def __init__(self, clock: Clock, slack_of: Callable[[str], Slack]) -> None:
        self._clock = clock
        self._slack_of = slack_of
        # Without its hash, a tab that fell out is published all the same.
        self._tabs: LRUCache[tuple[str, str], _Tab] = LRUCache(_MOST)

    def looks(self, workspace_id: str, person: str, *, at_home: bool) -> None:
        """Somebody pressed something, on their tab or elsewhere."""
        if at_home or self.is_looked_at(workspace_id, person):
            self._tab((workspace_id, person)).looked_at = at_home

    def is_looked_at(self, workspace_id: str, person: str) -> bool:
        """Whether somebody acts from their tab, so that what they do should show there."""
        tab = self._tabs.get((workspace_id, person))
        return tab is not None and tab.looked_at

    async def show(self, workspace_id: str, person: str, draw: Draw, *, seen: str | None = None) -> None:
        """Draw somebody's tab and publish it; asked for often at once, it is drawn once or twice.

        Args:
            workspace_id: The workspace.
            person: Whose tab.
            draw: Draws it from the state as it is when called.
            seen: The hash of what Slack shows, where an event told it.
        """
        tab = self._tab((workspace_id, person))
        tab.hash = seen or tab.hash
        tab.wanted += 1
        mine = tab.wanted
        async with tab.lock:
            if tab.drawn >= mine:
                return
            covers = tab.wanted
            try:
                await self._publish(workspace_id, person, tab, draw)
            except SlackFault as fault:
                _log.warning("home_not_shown", error=fault.error)
            tab.drawn = covers

    async def _publish(self, workspace_id: str, person: str, tab: _Tab, draw: Draw) -> None:
        slack = self._slack_of(workspace_id)
        try:
            tab.hash = await slack.publish_home(person, await draw(), tab.hash)
        except NotDone as fault:
            if fault.error != _CONFLICT:
                raise
            # Another replica was quicker. What is drawn now is newer than what it showed.
            tab.hash = await slack.publish_home(person, await draw(), None)
        except Limited as limited:
            await self._clock.sleep(min(limited.seconds, _LONGEST_WAIT))
            tab.hash = await slack.publish_home(person, await draw(), None)

    def _tab(self, key: tuple[str, str]) -> _Tab:
        return self._tabs.setdefault(key, _Tab())
