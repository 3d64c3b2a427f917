"""The clockwork: APScheduler as a ticker, in every replica, in memory only. The truth is in the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.delivery.outbox.dispatcher import Dispatcher
from bot.log import log_context, logger
from storage.database import Database
from storage.engine.errors import StorageError

_log = logger(__name__)

TICK_SECONDS = 2
ROUND_SECONDS = 60
# Slack repeats an event for at most five minutes, or a day with "Delayed Events".
_SEEN_FOR = timedelta(days=2)

Round = Callable[[str, datetime], Awaitable[int]]
"""What is looked after each minute: it takes a workspace and the moment, and answers how much it put in the
outbox."""


class Jobs:
    """What happens by the clock."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        dispatcher: Dispatcher,
        workspaces: Callable[[], Sequence[str]],
        rounds: Mapping[str, Round],
        round_seconds: float | None = None,
    ) -> None:
        """Take what to look after.

        Args:
            database: Where keys and blocked messages are.
            clock: The time.
            dispatcher: Woken for what was put in the outbox.
            workspaces: The workspaces that are looked after.
            rounds: What is looked after in each.
            round_seconds: How often, in real seconds; a minute where it is not said.
        """
        self._round_seconds = ROUND_SECONDS if round_seconds is None else round_seconds
        self._database = database
        self._clock = clock
        self._dispatcher = dispatcher
        self._workspaces = workspaces
        self._rounds = rounds
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin ticking."""
        self._scheduler.add_job(self._tick, "interval", seconds=TICK_SECONDS, id="tick")
        self._scheduler.add_job(self._held, "interval", [self._tidy], hours=1, id="tidy")
        for name in self._rounds:
            # The first at once: something may have come due while nobody looked.
            self._scheduler.add_job(
                self._held,
                "interval",
                [partial(self.go_round, name)],
                seconds=self._round_seconds,
                id=name,
                next_run_time=datetime.now(UTC),
            )
        self._scheduler.start()

    async def stop(self, seconds: float) -> None:
        """Stop ticking, once what has begun is done or these seconds of real time are over.

        The scheduler would cut off what has begun and not wait for it: a query would then be left to a
        database that is closed already, and never end.
        """
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
        cut_off = list(self._under_way)
        self._scheduler.shutdown(wait=False)
        await asyncio.gather(*cut_off, return_exceptions=True)

    async def _held(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do something by the clock, in a task that can be waited for."""
        task = asyncio.ensure_future(work())
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await task

    async def _tick(self) -> None:
        """Another replica may have put something in the outbox, or the clock may have been set."""
        self._dispatcher.wake()

    async def go_rounds(self) -> None:
        """Look after everything now, as when the clock was moved."""
        for name in self._rounds:
            await self.go_round(name)

    async def go_round(self, name: str) -> None:
        """Look after one subject in every workspace."""
        try:
            for workspace_id in self._workspaces():
                with log_context(round=name, workspace=workspace_id):
                    await self._look_after(name, workspace_id)
        except asyncio.CancelledError:
            # We are stopping; what was not committed is looked after when we are back.
            _log.info("round_stopped", round=name)

    async def _look_after(self, name: str, workspace_id: str) -> None:
        """Whatever goes wrong here, the other subjects, the other workspaces and the next round go on."""
        try:
            changed = await self._rounds[name](workspace_id, self._clock.now())
        except StorageError:
            _log.warning("round_failed")
        except Exception:
            _log.exception("round_failed", error_id=uuid4().hex[:8])
        else:
            _log.debug("round_done", changed=changed)
            if changed:
                self._dispatcher.wake()

    async def _tidy(self) -> None:
        """Forget old delivery keys, and try again what channels had refused."""
        now = self._clock.now()
        try:
            await self._database.outbox.forget_seen_before(now - _SEEN_FOR)
            await self._database.outbox.unblock_all(now=now)
        except StorageError:
            _log.warning("tidy_failed")
        self._dispatcher.wake()
