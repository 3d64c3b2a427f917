"""How many handlers run at once, and waiting for them to finish before we stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

Result = TypeVar("Result")
# Far more than any team presses at once; without a bound, a slow database would fill the memory.
_WAITING_FOR_EACH = 20


class Work:
    """Counts what is under way. Bolt starts a bare task for each event and holds no reference to it."""

    def __init__(self, concurrency: int) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._most = concurrency * _WAITING_FOR_EACH
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def under_way(self) -> int:
        """How many handlers have begun and not ended, waiting ones included."""
        return self._under_way

    @property
    def full(self) -> bool:
        """Whether so much waits that nothing more should be acknowledged: Slack then sends events again."""
        return self._under_way >= self._most

    @asynccontextmanager
    async def accepted(self) -> AsyncIterator[None]:
        """Count something as under way from its acknowledgement on."""
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if self._under_way == 0:
                self._idle.set()

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Run as one of a limited number at a time."""
        async with self._slots:
            yield

    def begin(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Run on, held by a reference of ours."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def drain(self, seconds: float) -> bool:
        """Wait until nothing is under way; false if that took longer than this many seconds of real time."""
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            return False
        return True
