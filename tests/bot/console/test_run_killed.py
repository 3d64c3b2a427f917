"""The crash rule: the process is really killed, and there is exactly one copy of each reminder in Slack."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.client.client import Message
from tests.bot.console.conftest import environment
from tests.bot.console.forking import Fork, forked
from tests.bot.console.mortal import POINTS, ROUND_SECONDS, main
from tests.bot.flows.reminders.passing_days import CALM, milestone, on, take, told
from tests.bot.stage import Stage, read
from tests.model.days import at

DUE = at("2027-06-18 09:35")


@dataclass
class Scene:
    """A plan with two milestones of Omar's and one of Grace's that are due, and no bot at work."""

    stage: Stage
    folder: Path

    @property
    def ahead(self) -> Path:
        return self.folder / "ahead"

    @property
    def token(self) -> Path:
        return self.folder / "token"

    async def forward(self, seconds: float) -> None:
        """Move the clock of Slack and of every process."""
        await self.stage.slack.advance(seconds)
        await self.set_clock()

    async def set_clock(self) -> None:
        ahead = (self.stage.sandbox.clock.now() - datetime.now(UTC)).total_seconds()
        new = self.folder / "ahead.new"
        new.write_text(str(ahead))
        new.replace(self.ahead)

    @asynccontextmanager
    async def process(self, name: str, dies: str = "") -> AsyncIterator[Fork]:
        """`milepost run`, which dies at a point if the token is there."""
        folder = self.folder / name
        folder.mkdir()
        settings = {
            **environment(self.stage.sandbox, folder),
            "DATABASE_URL": self.stage.settings.database_url,
            "MILEPOST_FRAMEWORK": str(self.stage.settings.framework),
            "PORT": "0",
            "TEST_AHEAD": str(self.ahead),
            "TEST_TOKEN": str(self.token),
            "TEST_DIES": dies,
        }
        async with forked(main, folder, settings) as process:
            yield process

    async def reminders(self) -> list[Message]:
        omar, grace = self.stage.omar, self.stage.grace
        return [*await told(self.stage, omar), *await told(self.stage, grace)]

    async def until_both(self) -> None:
        """Wait until both have been reminded, and nothing more comes.

        Not in the rounds after it either, nor when what failed once would be tried again.
        """
        async with asyncio.timeout(60):
            while len(await self.reminders()) < 2:
                await asyncio.sleep(0.05)
        await self.forward(5)
        await self.stage.slack.idle(quiet=3 * ROUND_SECONDS, timeout=30)


@asynccontextmanager
async def ready(database_url: str, folder: Path) -> AsyncIterator[Scene]:
    async with on(CALM, database_url, folder) as stage:
        await take(
            stage,
            milestone("2027-06-18", stage.omar, name="One"),
            milestone("2027-06-18", stage.omar, name="Two"),
            milestone("2027-06-18", stage.grace, name="Three"),
        )
        await stage.still()
        await stage.bot_stack.aclose()
        # From here on it goes with the clocks of the processes.
        stage.sandbox.clock.run_at(1.0)
        scene = Scene(stage, folder)
        scene.token.touch()
        await scene.forward((DUE - stage.sandbox.clock.now()).total_seconds())
        yield scene


async def one_copy_each(scene: Scene) -> None:
    await scene.until_both()
    omar, grace = await scene.reminders()
    assert "2 milestones of yours" in read(omar) and "*One*" in read(omar) and "*Two*" in read(omar)
    assert "1 milestone of yours" in read(grace) and "*Three*" in read(grace)


@pytest.mark.parametrize("point", POINTS)
async def test_killed_and_started_again(sqlite_url: str, tmp_path: Path, point: str) -> None:
    async with ready(sqlite_url, tmp_path) as scene:
        async with scene.process("first", point) as first:
            assert await first.ended() == -signal.SIGKILL
            assert not scene.token.exists()
        async with scene.process("second"):
            await one_copy_each(scene)


@pytest.mark.parametrize("point", POINTS)
async def test_one_of_two_replicas_is_killed(postgres_url: str, tmp_path: Path, point: str) -> None:
    async with ready(postgres_url, tmp_path) as scene, AsyncExitStack() as stack:
        both = [await stack.enter_async_context(scene.process(name, point)) for name in ("a", "b")]
        ended = {asyncio.ensure_future(each.ended()) for each in both}
        done, others = await asyncio.wait(ended, return_when=asyncio.FIRST_COMPLETED)
        assert [each.result() for each in done] == [-signal.SIGKILL]
        for each in others:
            each.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        # The lease of the dead one runs out.
        await scene.forward(91)
        await one_copy_each(scene)


@pytest.mark.parametrize("fault", ["slow", "hang_before"])
async def test_killed_while_slack_has_the_post(sqlite_url: str, tmp_path: Path, fault: str) -> None:
    """Slack has done it and has not answered, or has not done it yet."""
    async with ready(sqlite_url, tmp_path) as scene:
        omar = scene.stage.omar.id
        await scene.stage.slack.fault(fault, "chat.postMessage", channel=omar, seconds=8)
        async with scene.process("first") as first:
            await scene.stage.slack.until(lambda seen: seen.under_way > 0, timeout=60)
            if fault == "slow":
                async with asyncio.timeout(60):
                    while not await told(scene.stage, scene.stage.omar):
                        await asyncio.sleep(0.05)
            else:
                async with asyncio.timeout(60):
                    while not await told(scene.stage, scene.stage.grace):
                        await asyncio.sleep(0.05)
            assert await first.ended(signal.SIGKILL) == -signal.SIGKILL
        async with scene.process("second"):
            await one_copy_each(scene)


async def test_missed_while_down_is_sent_once_on_start_and_says_it_is_late(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with ready(sqlite_url, tmp_path) as scene:
        await scene.forward(3 * 3_600)
        async with scene.process("first"):
            await one_copy_each(scene)
            for message in await scene.reminders():
                assert "This comes late: it was planned for Friday 18 June 2027 at 09:30." in read(message)
        assert scene.token.exists()
