"""Stopping, gently and not: what was acknowledged is in the database, and the next start carries on."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.running.in_flight_handlers import Work
from bot.runtime import running_bot
from bot.sandbox.client.client import Outcome, SandboxClient
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import NIA, TEAM_CHANNEL
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import Assessment, DimensionState
from tests.bot.stage import QUICK_SOCKET, Stage, key_of, keyed, staged

COUNCIL = 12


async def test_no_more_than_the_limit_run_at_once_and_all_of_them_run() -> None:
    work, running, most = Work(3), 0, 0
    release = asyncio.Event()

    async def handler() -> None:
        nonlocal running, most
        async with work.accepted(), work.slot():
            running += 1
            most = max(most, running)
            await release.wait()
            running -= 1

    tasks = [asyncio.create_task(handler()) for _ in range(COUNCIL)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (running, work.under_way) == (3, COUNCIL)
    assert not await work.drain(0.01)
    release.set()
    assert await work.drain(5)
    await asyncio.gather(*tasks)
    assert (running, most, work.under_way) == (0, 3, 0)


async def test_a_handler_that_fails_or_is_cancelled_is_no_longer_under_way() -> None:
    work = Work(1)

    async def failing() -> None:
        async with work.accepted(), work.slot():
            raise ValueError

    async def endless() -> None:
        async with work.accepted(), work.slot():
            await asyncio.Event().wait()

    with pytest.raises(ValueError):
        await failing()
    task = work.begin(endless())
    await asyncio.sleep(0)
    assert work.under_way == 1
    task.cancel()
    assert await work.drain(5)
    async with work.slot():
        assert work.under_way == 0


async def test_a_stop_during_a_burst_keeps_every_press_that_was_acknowledged(database_url: str) -> None:
    async with staged(database_url, milepost_concurrency=2) as stage:
        assessment = await stage.start()
        board = await stage.board()
        presses = [
            asyncio.create_task(press_open(stage, board.ts, assessment, dimension))
            for dimension in assessment.scope
        ]
        await stage.slack.until(lambda seen: seen.under_way > 0)
        await asyncio.sleep(0)
        await stage.restart()
        outcomes = dict(zip(assessment.scope, await asyncio.gather(*presses), strict=True))
        acknowledged = {each for each, outcome in outcomes.items() if outcome.acknowledged}
        after = await stage.assessment()
        opened = {d.dimension_id for d in after.dimensions if d.state is not DimensionState.NOT_OPENED}
        assert acknowledged <= opened
        seen = await stage.still()
        cards = [key_of(m) for m in keyed(seen, stage.channel, "dimension:")]
        assert len(cards) == len(set(cards)) == len(opened)


async def press_open(stage: Stage, ts: str, assessment: Assessment, dimension: str) -> Outcome:
    value = Reference(assessment=assessment.id, dimension=dimension).encode()
    return await stage.nia.press(stage.channel, ts, "dimension.open", value=value)


async def test_two_replicas_on_one_database(postgres_url: str) -> None:
    """Slack gives each press to either; what both do appears once."""
    async with (
        staged(postgres_url) as stage,
        running_bot(stage.settings, stage.sandbox.clock, QUICK_SOCKET),
    ):
        await stage.slack.until(lambda seen: seen.sockets == 2)
        assessment = await stage.start("leadership", "strategy", "data")
        await stage.open(*assessment.scope)
        for dimension in assessment.scope:
            await stage.answer(dimension, 3)
        await asyncio.gather(*(stage.confirm(dimension) for dimension in assessment.scope))
        await stage.find("results:")
        seen = await stage.still()
        keys = [key_of(m) for m in seen.messages(stage.channel) if key_of(m)]
        prompts = sum(len(assessment.framework.dimension(each).prompts) for each in assessment.scope)
        # The board and the results; for each dimension its card and its level; the prompts.
        assert len(keys) == len(set(keys)) == 2 + 2 * len(assessment.scope) + prompts
        files = [file.name for m in seen.messages(stage.channel) for file in m.files]
        assert len(files) == 1
        assert {call.status for call in await stage.slack.calls("chat.postMessage")} == {200}


@dataclass
class Process:
    """`milepost run` as an operator starts it."""

    running: asyncio.subprocess.Process

    async def ended(self, sent: signal.Signals) -> int:
        """Send a signal and wait for the exit status."""
        self.running.send_signal(sent)
        return await asyncio.wait_for(self.running.wait(), 15)


@asynccontextmanager
async def started(sandbox: Sandbox, folder: Path) -> AsyncIterator[Process]:
    """A bot in a process of its own, connected."""
    environment = {
        "PATH": os.environ["PATH"],
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'milepost.db'}",
        "PORT": "0",
        "MILEPOST_HOST": "127.0.0.1",
    }
    program = "import sys; from bot.cli import main; sys.argv = ['milepost', 'run']; main()"
    log = folder / "log"
    with log.open("ab") as errors:
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, env=environment, cwd=folder, stderr=errors
        )
    try:
        await connected(sandbox, running)
        assert running.returncode is None, log.read_text()
        yield Process(running)
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()


async def connected(sandbox: Sandbox, running: asyncio.subprocess.Process) -> None:
    """Wait until the process has a socket, or has ended."""
    async with SandboxClient(sandbox.control_url) as slack:
        connecting = asyncio.create_task(slack.until(lambda seen: seen.sockets > 0, timeout=30))
        ending = asyncio.create_task(running.wait())
        await asyncio.wait({connecting, ending}, return_when=asyncio.FIRST_COMPLETED)
        for task in (connecting, ending):
            task.cancel()
        await asyncio.gather(connecting, ending, return_exceptions=True)


def put_back(file: Path) -> bool:
    """Whether the refused post is back in the outbox; killed before, it would wait for its lease to end."""
    with closing(sqlite3.connect(file)) as connection:
        query = "SELECT count(*) FROM message WHERE delivered = 0 AND lease_token IS NULL"
        return bool(connection.execute(query).fetchone()[0])


async def test_a_real_process_stops_on_sigterm_and_survives_sigkill(tmp_path: Path) -> None:
    async with Sandbox() as sandbox, SandboxClient(sandbox.control_url) as slack:
        nia = slack.person(NIA)
        async with started(sandbox, tmp_path) as process:
            await nia.command(TEAM_CHANNEL, "/milepost start")
            await slack.until(lambda seen: (modal := seen.modal(NIA)) and modal.callback_id == "start")
            # Wanted and recorded, and not posted yet when the process is killed.
            await slack.fault("rate_limited", "chat.postMessage", seconds=2)
            outcome = await nia.submit({})
            assert outcome.acknowledged
            await slack.until(lambda seen: seen.calls("chat.postMessage") == 1)
            async with asyncio.timeout(5):
                while not put_back(tmp_path / "milepost.db"):
                    await asyncio.sleep(0.01)
            assert await process.ended(signal.SIGKILL) == -signal.SIGKILL
        async with started(sandbox, tmp_path) as process:
            await slack.until(lambda seen: keyed(seen, TEAM_CHANNEL, "board:"))
            assert await process.ended(signal.SIGTERM) == 0
        await slack.idle()
        assert len(keyed(await slack.seen(), TEAM_CHANNEL, "board:")) == 1
