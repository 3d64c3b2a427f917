"""The dispatcher with a real outbox and the strict sandbox, and messages that say only their key."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.delivery.outbox.dispatcher import Dispatcher
from bot.delivery.rendering.rendered import Rendered
from bot.delivery.rendering.renderers import Renderer
from bot.delivery.slack.outgoing import Outgoing
from bot.delivery.slack.slack import CALL_SECONDS, Slack, new_session, web_client
from bot.sandbox.client.client import Message, SandboxClient
from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import TEAM_CHANNEL
from storage.database import Database
from storage.messages.claims import Claim
from storage.messages.messages import WantedMessage
from tests.bot.delivery.rendering.sources import sources
from tests.bot.stage import SPEED, key_of

WORKSPACE = "T0SALTMRSH"
REDRAW_AFTER = timedelta(seconds=1)


class KeyRenderer(Renderer):
    """Every message says its key and how often it was drawn; `special` replaces or breaks some."""

    def __init__(self) -> None:
        super().__init__(sources())
        self.drawn: Counter[str] = Counter()
        self.special: dict[str, Rendered | Exception] = {}

    async def render(self, claim: Claim, slack: Slack) -> Rendered | None:
        self.drawn[claim.key] += 1
        special = self.special.get(claim.key)
        if isinstance(special, Exception):
            raise special
        return special or shown(claim.key)


def shown(key: str) -> dict[str, Any]:
    """What a message of this key says."""
    return {"text": key, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": key}}]}


@dataclass
class Office:
    """Where messages are wanted and delivered."""

    sandbox: Sandbox
    slack: SandboxClient
    database: Database
    session: aiohttp.ClientSession
    renderer: KeyRenderer
    strict: bool = True
    dispatchers: list[Dispatcher] = field(default_factory=list)

    def our_slack(self) -> Slack:
        """The bot's way to Slack."""
        client = web_client(self.session, self.sandbox.api_url, SecretStr(self.sandbox.bot_token))
        return Slack(client, self.session, Outgoing(strict=self.strict))

    @asynccontextmanager
    async def delivering(self, how_many: int = 1) -> AsyncIterator[None]:
        """So many dispatchers at work; at the end they die at once, as in a crash."""
        slack = self.our_slack()
        self.dispatchers = [
            Dispatcher(self.database, self.sandbox.clock, self.renderer, lambda _: slack, lambda: [WORKSPACE])
            for _ in range(how_many)
        ]
        running = [asyncio.ensure_future(each.run()) for each in self.dispatchers]
        try:
            yield
        finally:
            for task in running:
                task.cancel()
            for task in running:
                with suppress(asyncio.CancelledError):
                    await task

    async def want(
        self, *keys: str, channel: str = TEAM_CHANNEL, parent: str | None = None, kind: str = "board"
    ) -> None:
        """Want messages, and wake every dispatcher."""
        wanted = [WantedMessage(key, kind, channel, None, None, parent) for key in keys]
        async with self.database.unit_of_work(WORKSPACE) as work:
            for each in wanted:
                await work.messages.want(each, self.sandbox.clock.now(), redraw_after=REDRAW_AFTER)
            await work.commit()
        self._wake()

    async def remove(self, *keys: str) -> None:
        """Let messages disappear, and wake every dispatcher."""
        async with self.database.unit_of_work(WORKSPACE) as work:
            for key in keys:
                await work.messages.remove(key, self.sandbox.clock.now())
            await work.commit()
        self._wake()

    def _wake(self) -> None:
        for dispatcher in self.dispatchers:
            dispatcher.wake()

    async def settled(self, *, blocked: int = 0) -> None:
        """Wait until all that is wanted is delivered, but for so many that are blocked."""
        async with asyncio.timeout(20):
            while await self.database.outbox.pending() or await self.database.outbox.blocked() != blocked:
                await self.slack.idle(quiet=0.02)

    async def deliver(
        self, *keys: str, channel: str = TEAM_CHANNEL, parent: str | None = None, kind: str = "board"
    ) -> None:
        """Want messages and wait until they are delivered."""
        await self.want(*keys, channel=channel, parent=parent, kind=kind)
        await self.settled()

    async def messages(self, channel: str = TEAM_CHANNEL) -> list[Message]:
        """Our messages that are in a channel, in order."""
        return [each for each in await self.slack.messages(channel) if each.by_bot and not each.deleted]

    async def keys(self, channel: str = TEAM_CHANNEL) -> list[str]:
        """The keys of our messages in a channel, in order."""
        return [key_of(each) for each in await self.messages(channel)]

    async def claim(self) -> Claim:
        """Claim the one message that is due, as a dispatcher does that then dies."""
        now = self.sandbox.clock.now()
        [claim] = await self.database.outbox.claim(owner="x", now=now, lease=timedelta(seconds=90), limit=9)
        return claim

    async def statuses(self, method: str) -> list[int]:
        """How the calls of a method ended, in order."""
        return [call.status for call in await self.slack.calls(method)]


@asynccontextmanager
async def open_office(
    database_url: str, *, speed: float = SPEED, call_seconds: float = CALL_SECONDS, strict: bool = True
) -> AsyncIterator[Office]:
    """An office whose dispatchers are not at work yet."""
    async with AsyncExitStack() as stack:
        clock = SandboxClock(speed=speed)
        sandbox = await stack.enter_async_context(Sandbox(clock=clock))
        slack = await stack.enter_async_context(SandboxClient(sandbox.control_url))
        database = await Database.open(database_url)
        stack.push_async_callback(database.close)
        session = await stack.enter_async_context(new_session(call_seconds))
        renderer = KeyRenderer()
        yield Office(sandbox, slack, database, session, renderer, strict)
