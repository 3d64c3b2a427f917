"""The dispatcher: takes what is out of date from the outbox and has it delivered, for as long as it runs.

The outbox decides what may go now: of the posts to a channel one at a time, in order. Each claimed message is
a task of its own, so a slow channel holds up no other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from uuid import uuid4

from bot.clock import Clock
from bot.delivery.outbox.deliverer import LEASE, Deliverer
from bot.delivery.rendering.renderers import Renderer
from bot.delivery.slack.slack import Slack
from bot.log import log_context, logger
from storage.database import Database
from storage.engine.errors import StorageUnavailable
from storage.messages.claims import Claim

_log = logger(__name__)

# How many messages one dispatcher has under way at once.
SLOTS = 40
_LONGEST_NAP = 30.0
# When something was due and another dispatcher, or a change of that very row, was quicker.
_SHORTEST_NAP = 0.05
_AFTER_FAULT = 2.0


class Dispatcher:
    """Delivers what the outbox holds. Several may run, in one process or many."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        renderer: Renderer,
        slack_of: Callable[[str], Slack],
        workspaces: Callable[[], Sequence[str]],
    ) -> None:
        self._outbox = database.outbox
        self._workspaces = workspaces
        self._clock = clock
        self._deliverer = Deliverer(database, clock, renderer, slack_of)
        self._owner = uuid4().hex
        self._wake = asyncio.Event()
        self._stopping = False
        self._under_way: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    def stop(self) -> None:
        """Finish what is under way, and begin nothing more."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Deliver until stopped, and finish what is under way. No fault ends the loop.

        When cancelled, what is under way is dropped: its claims run out by themselves, and whoever takes them
        over looks in Slack before anything is sent again.
        """
        try:
            while not self._stopping:
                self._wake.clear()
                nap = await self._begin_what_is_due()
                if nap > 0:
                    await self._nap(nap)
            await asyncio.gather(*self._under_way, return_exceptions=True)
        finally:
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _begin_what_is_due(self) -> float:
        """Begin what is due now; the answer is for how many seconds there is nothing more to do."""
        try:
            return await self._claim()
        except StorageUnavailable:
            _log.warning("database_unavailable")
        except Exception:
            # Whatever it is, a dispatcher that stops for good is worse: nothing would ever arrive.
            _log.exception("dispatcher_failed", error_id=uuid4().hex[:8])
        return _AFTER_FAULT

    async def _claim(self) -> float:
        free = SLOTS - len(self._under_way)
        if free <= 0:
            return _LONGEST_NAP
        now, workspaces = self._clock.now(), self._workspaces()
        due = await self._outbox.next_due(now=now, workspaces=workspaces)
        if due is None:
            return _LONGEST_NAP
        if due > now:
            return min(max((due - now).total_seconds(), _SHORTEST_NAP), _LONGEST_NAP)
        claims = await self._outbox.claim(
            owner=self._owner, now=now, lease=LEASE, limit=free, workspaces=workspaces
        )
        for claim in claims:
            self._begin(claim)
        return 0.0 if claims else _SHORTEST_NAP

    def _begin(self, claim: Claim) -> None:
        # The task and its callback both keep what is bound here.
        with log_context(workspace=claim.workspace_id, message=claim.key, kind=claim.kind):
            task = asyncio.ensure_future(self._deliverer.deliver(claim))
            task.add_done_callback(self._ended)
        self._under_way.add(task)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A slot is free, and what waited behind this message may go."""
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # Not even the failure could be recorded; the claim runs out by itself.
            _log.error("delivery_abandoned", error_id=uuid4().hex[:8], exc_info=error)
        self._wake.set()

    async def _nap(self, seconds: float) -> None:
        """Sleep on our clock, or until woken."""
        nap = asyncio.ensure_future(self._clock.sleep(seconds))
        woken = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait({nap, woken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (nap, woken):
                task.cancel()
            await asyncio.gather(nap, woken, return_exceptions=True)
