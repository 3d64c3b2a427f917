"""`milepost` in a process of its own, as an operator starts it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

# Real seconds, for a machine that is busy with other tests.
PATIENCE = 60.0
_ENTRY = "import sys; from bot.cli import main; sys.argv = ['milepost', *sys.argv[1:]]; main()"
# Below the ports that systems give out by themselves, so that nobody else comes upon them.
_FIRST_PORT, _PORTS = 20_000, 10_000


class Program:
    """A running process."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def said(self) -> str:
        """What is on its standard error so far."""
        return self._log.read_text("utf-8")

    async def line(self, words: str) -> str:
        """Read its standard output up to a line that says these words, and return all of it."""
        assert self._process.stdout is not None
        lines = ""
        async with asyncio.timeout(PATIENCE):
            while words not in lines:
                line = await self._process.stdout.readline()
                assert line, f"it ended after:\n{lines}{self.said}"
                lines += line.decode()
        return lines

    async def until_it_logs(self, words: str) -> None:
        """Wait until its log holds some words."""
        async with asyncio.timeout(PATIENCE):
            while words not in self.said:
                assert self._process.returncode is None, self.said
                await asyncio.sleep(0.02)

    async def ended(self, sent: signal.Signals | None = None) -> int:
        """Send it a signal, if any, and wait for its exit status."""
        if sent is not None:
            self._process.send_signal(sent)
        async with asyncio.timeout(PATIENCE):
            return await self._process.wait()

    async def kill(self) -> None:
        """End it, unless it has ended."""
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        # Whatever nobody read would keep the pipe open.
        if self._process.stdout is not None:
            await self._process.stdout.read()


@asynccontextmanager
async def milepost(
    folder: Path, *words: str, environment: Mapping[str, str], entry: str = _ENTRY
) -> AsyncIterator[Program]:
    """Run a command in a folder until the end of the block, with nothing but this in its environment."""
    log = folder / f"{words[0]}.log"
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            entry,
            *words,
            env={"PATH": os.environ["PATH"], **environment},
            cwd=folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
    program = Program(process, log)
    try:
        yield program
    finally:
        await program.kill()


def own_port(number: int = 0) -> int:
    """A port for this test process alone, where a program has to be told one before it starts."""
    return _FIRST_PORT + (os.getpid() * 4 + number) % _PORTS
