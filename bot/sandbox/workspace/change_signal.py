"""A signal that something in the sandbox changed, for those who wait rather than poll."""

import asyncio
from contextlib import suppress


class Changes:
    """Counts changes and wakes whoever waits for the next one."""

    def __init__(self) -> None:
        """Begin at revision 0."""
        self.revision = 0
        self._waiting: set[asyncio.Event] = set()

    def note(self) -> None:
        """Say that something changed."""
        self.revision += 1
        for event in self._waiting:
            event.set()

    async def after(self, revision: int, seconds: float) -> int:
        """Wait until there is a later revision, or `seconds` of real time have gone; return the latest."""
        if self.revision > revision:
            return self.revision
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), seconds)
        finally:
            self._waiting.discard(event)
        return self.revision
