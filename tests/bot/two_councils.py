"""Two councils with one bot: each has its own workspace, and an app of its own in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.runtime import Runtime, running_bot
from bot.sandbox.client.client import SandboxClient
from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.neighbours import Neighbours
from bot.web import SLACK_PATH
from tests.bot.stage import IN_HOURS, SPEED, STEADY_SOCKET, Stage, settings_for


@dataclass
class TwoCouncils:
    """The first has the people of most tests; a person and a channel of the second have ids of the first."""

    first: Stage
    second: Stage
    bot_stack: AsyncExitStack

    @property
    def runtime(self) -> Runtime:
        """The bot that runs at present."""
        return self.first.runtime

    async def stop(self) -> None:
        """Stop the bot as SIGTERM would."""
        await self.bot_stack.aclose()

    async def begin(self, *connected: Stage, **changed: Any) -> None:
        """Start the bot, with these settings changed, and wait for its sockets, in both or in these."""
        settings = settings_of(self.first, self.second, self.first.settings.database_url, **changed)
        running = running_bot(settings, self.first.sandbox.clock, STEADY_SOCKET)
        self.first.runtime = self.second.runtime = await self.bot_stack.enter_async_context(running)
        if settings.socket_mode:
            for stage in connected or (self.first, self.second):
                await stage.slack.until(lambda seen: seen.sockets > 0)
            return
        for stage in (self.first, self.second):
            assert self.runtime.web is not None
            await stage.slack.deliver_to(f"http://127.0.0.1:{self.runtime.web.port}{SLACK_PATH}")


def settings_of(first: Stage, second: Stage, database_url: str, **changed: Any) -> Any:
    """Settings with the secrets of both, in the same order."""
    both = (first.sandbox, second.sandbox)
    given: dict[str, Any] = {
        "slack_bot_token": ",".join(each.bot_token for each in both),
        "slack_app_token": ",".join(each.app_token for each in both),
        "slack_signing_secret": ",".join(each.signing_secret for each in both),
        "milepost_framework": first.settings.framework,
    }
    return settings_for(first.sandbox, database_url, **{**given, **changed})


@asynccontextmanager
async def two_councils(
    database_url: str, framework: str, *, begin: bool = True, **changed: Any
) -> AsyncIterator[TwoCouncils]:
    """A sandbox of two workspaces with one running, connected bot."""
    clock = SandboxClock(IN_HOURS, speed=SPEED)
    async with AsyncExitStack() as stack:
        neighbours = await stack.enter_async_context(Neighbours(clock))
        stages = []
        for sandbox in neighbours.sandboxes:
            slack = await stack.enter_async_context(SandboxClient(sandbox.control_url))
            settings = settings_for(sandbox, database_url, milepost_framework=framework)
            # The runtime is there once the bot runs.
            stages.append(Stage(sandbox, slack, settings, runtime=None))  # type: ignore[arg-type]
        bot_stack = await stack.enter_async_context(AsyncExitStack())
        first, second = stages
        councils = TwoCouncils(first, second, bot_stack)
        if begin:
            await councils.begin(**changed)
        yield councils
