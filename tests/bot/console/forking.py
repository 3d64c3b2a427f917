"""Processes that are started often: each is a fork of one that has imported the program already."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.bot.console.program import PATIENCE

# With the package, since each process of ours looks at the script that runs the tests.
_IMPORTED = ["pytest", "bot.cli", "bot.runtime", "tests.bot.console.mortal"]
_forks = get_context("forkserver")


class Fork:
    """A running process."""

    def __init__(self, process: ForkServerProcess, log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def said(self) -> str:
        """What it has written so far."""
        return self._log.read_text("utf-8")

    async def ended(self, sent: signal.Signals | None = None) -> int:
        """Send it a signal, if any, and wait for its exit status."""
        if sent is not None:
            assert self._process.pid is not None
            os.kill(self._process.pid, sent)
        over = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(self._process.sentinel, over.set)
        try:
            async with asyncio.timeout(PATIENCE):
                await over.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        status = self._process.exitcode
        assert status is not None
        return status

    async def kill(self) -> None:
        """End it, unless it has ended."""
        if self._process.is_alive():
            await self.ended(signal.SIGKILL)
        self._process.close()


@asynccontextmanager
async def forked(
    main: Callable[[], None], folder: Path, environment: Mapping[str, str]
) -> AsyncIterator[Fork]:
    """Run a function in a process of its own until the end of the block, with only this environment."""
    _forks.set_forkserver_preload(_IMPORTED)
    log = folder / "process.log"
    log.touch()
    process = _forks.Process(target=_run, args=(main, folder, dict(environment), log))
    process.start()
    fork = Fork(process, log)
    try:
        yield fork
    finally:
        await fork.kill()


def _run(main: Callable[[], None], folder: Path, environment: dict[str, str], log: Path) -> None:
    """What the fork does: as if it had been started in this folder, with its output in the log."""
    written = os.open(log, os.O_WRONLY | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(written, stream)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    main()
