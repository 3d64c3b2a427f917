"""The sandbox's clock: real time, made faster or moved forward by hand."""

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """A clock that runs `speed` times as fast as real time and can be moved forward.

    The sandbox and the bot share one, so that both agree on what a minute is.
    """

    def __init__(self, start: datetime | None = None, speed: float = 1.0) -> None:
        """Start the clock.

        Args:
            start: The first moment it shows, aware; the present when not given.
            speed: Clock seconds for each real second; 0 means it moves only by `advance`.

        Raises:
            ValueError: When `start` has no zone or `speed` is negative.
        """
        if start is not None and start.tzinfo is None:
            raise ValueError("start needs a time zone")
        if speed < 0:
            raise ValueError("speed cannot be negative")
        self._shown = (start or datetime.now(UTC)).astimezone(UTC)
        self._speed = speed
        self._origin = time.monotonic()
        self._sleepers: set[asyncio.Event] = set()

    @property
    def speed(self) -> float:
        """Clock seconds for each real second."""
        return self._speed

    def run_at(self, speed: float) -> None:
        """Go on from the moment it shows at another speed; whoever sleeps counts with the new one.

        Raises:
            ValueError: When `speed` is negative.
        """
        if speed < 0:
            raise ValueError("speed cannot be negative")
        self._shown, self._origin = self.now(), time.monotonic()
        self._speed = speed
        self.advance(0)

    def now(self) -> datetime:
        """Return the moment the clock shows, aware, in UTC."""
        return self._shown + timedelta(seconds=(time.monotonic() - self._origin) * self._speed)

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock has moved on by `seconds` (clock seconds)."""
        deadline = self.now() + timedelta(seconds=seconds)
        woken = asyncio.Event()
        self._sleepers.add(woken)
        try:
            await asyncio.sleep(0)
            while (left := (deadline - self.now()).total_seconds()) > 0:
                woken.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(woken.wait(), left / self._speed if self._speed else None)
        finally:
            self._sleepers.discard(woken)

    def advance(self, amount: float | timedelta) -> None:
        """Move the clock forward and wake whoever was to wake by then.

        Args:
            amount: Seconds, or a `timedelta`.

        Raises:
            ValueError: When the amount is negative; a clock that goes back would break the order of `ts`.
        """
        step = amount if isinstance(amount, timedelta) else timedelta(seconds=amount)
        if step < timedelta(0):
            raise ValueError("the clock only moves forward")
        self._shown += step
        for sleeper in self._sleepers:
            sleeper.set()
