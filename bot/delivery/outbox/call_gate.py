"""How fast messages are edited or deleted: Slack counts that for a whole workspace, not for a channel.

Source: https://docs.slack.dev/reference/methods/chat.update and chat.delete (each tier 3, 50 calls a minute
or more).
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from bot.clock import Clock

# Calls under way when Slack says "too many" are refused as well, so there are only a few at a time.
_AT_A_TIME = 3


class CallGate:
    """Lets a few calls of a workspace through at a time, and none while Slack asks us to wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._places: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(_AT_A_TIME))
        self._held: dict[str, datetime] = {}

    @asynccontextmanager
    async def turn(self, workspace_id: str) -> AsyncIterator[datetime | None]:
        """Wait for a place; the value is until when calls must wait, or None to go ahead."""
        async with self._places[workspace_id]:
            until = self._held.get(workspace_id)
            yield until if until is not None and until > self._clock.now() else None

    def hold(self, workspace_id: str, until: datetime) -> None:
        """Let no call through before a moment; never brings an earlier hold forward."""
        held = self._held.get(workspace_id)
        self._held[workspace_id] = until if held is None else max(held, until)
