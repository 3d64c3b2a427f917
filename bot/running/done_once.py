"""What is done once since the bot has started."""

from __future__ import annotations

from collections.abc import Hashable

_MOST = 10_000


class Once:
    """Remembers what was done, within one process; of very much, it forgets the earliest."""

    def __init__(self) -> None:
        self._done: dict[Hashable, None] = {}

    def first(self, key: Hashable) -> bool:
        """Whether this was not done yet; from now on it was."""
        if key in self._done:
            return False
        if len(self._done) >= _MOST:
            self._done.pop(next(iter(self._done)))
        self._done[key] = None
        return True

    def forget(self, key: Hashable) -> None:
        """It could not be done, so that it is to be tried again."""
        self._done.pop(key, None)
