"""A stage for tests of the whole bot: the strict sandbox, the real bot on a real WebSocket, and people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.runtime import Runtime, SocketTimes, running_bot
from bot.sandbox.client.client import Message, Outcome, PersonHandle, SandboxClient, Seen
from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.reports.readable_text import readable
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import ANA, GRACE, NIA, OMAR, TEAM_CHANNEL, World
from bot.settings import Settings
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import Assessment

# One-second pacing costs a hundredth; what measures the bot itself (acks, triggers) stays in real time.
SPEED = 100.0
IN_HOURS = datetime(2026, 11, 24, 10, tzinfo=UTC)
"""A Tuesday morning: everybody of the sandbox's council works, and may be written to."""
# Longer than the dispatcher waits after any fault.
_A_WHILE = timedelta(minutes=10)
# For tests of the socket itself. Half a second of silence is easily the machine's own, so that on a busy one
# the connection is made anew in the middle of things, and Slack drops what was under way.
QUICK_SOCKET = SocketTimes(check_every=0.05, dead_after=0.5, ping_every=0.1)
STEADY_SOCKET = SocketTimes(check_every=0.05, dead_after=10.0, ping_every=0.5)


def settings_for(sandbox: Sandbox, database_url: str, **more: Any) -> Settings:
    """Settings of a bot that talks to this sandbox."""
    given: dict[str, Any] = {
        "slack_bot_token": sandbox.bot_token,
        "slack_app_token": sandbox.app_token,
        "slack_api_url": sandbox.api_url,
        "database_url": database_url,
        "port": 0,
        "milepost_host": "127.0.0.1",
        "milepost_strict_payloads": True,
    }
    return Settings(_env_file=None, **{**given, **more})


@dataclass
class Stage:
    """What a test plays on. `runtime` is the bot that runs at present."""

    sandbox: Sandbox
    slack: SandboxClient
    settings: Settings
    runtime: Runtime
    channel: str = TEAM_CHANNEL
    times: SocketTimes = STEADY_SOCKET
    bot_stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def restart(self) -> None:
        """Stop the bot as SIGTERM would, start it again on the same database, and wait for its socket."""
        await self.bot_stack.aclose()
        self.runtime = await self.bot_stack.enter_async_context(
            running_bot(self.settings, self.sandbox.clock, self.times)
        )
        await self.slack.until(lambda seen: seen.sockets > 0)

    @property
    def nia(self) -> PersonHandle:
        """The facilitator of the assessments below."""
        return self.slack.person(NIA)

    @property
    def omar(self) -> PersonHandle:
        """A colleague."""
        return self.slack.person(OMAR)

    @property
    def grace(self) -> PersonHandle:
        """Another colleague."""
        return self.slack.person(GRACE)

    @property
    def ana(self) -> PersonHandle:
        """A colleague in another time zone."""
        return self.slack.person(ANA)

    async def open_start_form(self, channel: str | None = None, person: PersonHandle | None = None) -> None:
        """Type the command and wait for the form."""
        person = person or self.nia
        outcome = await person.command(channel or self.channel, "/milepost start")
        assert outcome.acknowledged, outcome
        await self.modal(person, "start")

    async def modal(self, person: PersonHandle, callback_id: str) -> Seen:
        """Wait until a person has this modal in front of them."""

        def there(seen: Seen) -> bool:
            view = seen.modal(person.id)
            return view is not None and view.callback_id == callback_id

        return await self.slack.until(there)

    async def start(self, *dimensions: str, channel: str | None = None, **values: Any) -> Assessment:
        """Start an assessment of these dimensions (all by default) and wait for its board."""
        await self.open_start_form(channel)
        filled = {"mode": "quick", **values}
        if dimensions:
            filled["scope"] = list(dimensions)
        outcome = await self.nia.submit(filled)
        assert outcome.acknowledged and outcome.response_action is None, outcome
        await self.board(channel)
        return await self.assessment(channel)

    async def assessment(self, channel: str | None = None) -> Assessment:
        """The latest assessment of the channel, from the database."""
        async with self.runtime.bot.database.reading(self.sandbox.team_id) as work:
            found = await work.assessments.latest_in(channel or self.channel)
        assert found is not None
        return found

    async def find(self, key_start: str, channel: str | None = None) -> Message:
        """Wait for the message whose key begins so, and return it."""
        where = channel or self.channel
        seen = await self.slack.until(lambda seen: keyed(seen, where, key_start))
        return keyed(seen, where, key_start)[-1]

    async def board(self, channel: str | None = None) -> Message:
        """The board."""
        return await self.find("board:", channel)

    async def card(self, kind: str, subject: str) -> Message:
        """A card by its kind (dimension, prompt, level) and what it is about."""
        assessment = await self.assessment()
        return await self.find(f"{kind}:{assessment.id}:{subject}")

    async def until_reads(self, ts: str, words: str, channel: str | None = None) -> Message:
        """Wait until a message says these words."""
        where = channel or self.channel

        def saying(seen: Seen) -> list[Message]:
            return [m for m in seen.messages(where) if m.ts == ts and words in read(m)]

        return saying(await self.slack.until(saying))[0]

    async def open(self, *dimensions: str, by: PersonHandle | None = None) -> None:
        """Press Open on the board for each, and wait for the prompts."""
        board = await self.board()
        assessment = await self.assessment()
        for dimension in dimensions:
            value = Reference(assessment=assessment.id, dimension=dimension).encode()
            await (by or self.nia).press(self.channel, board.ts, "dimension.open", value=value)
        for dimension in dimensions:
            first = assessment.framework.dimension(dimension).prompts[0].id
            await self.card("prompt", first)

    async def press_level(self, prompt_id: str, level: int, by: PersonHandle | None = None) -> Outcome:
        """Press a level on a prompt card."""
        card = await self.card("prompt", prompt_id)
        assessment = await self.assessment()
        value = Reference(assessment=assessment.id, prompt=prompt_id, level=level).encode()
        return await (by or self.nia).press(self.channel, card.ts, "prompt.level", value=value)

    async def answer(self, dimension: str, level: int, by: PersonHandle | None = None) -> None:
        """Answer every prompt of an opened dimension with one level, and wait for its level card."""
        assessment = await self.assessment()
        for prompt in assessment.framework.dimension(dimension).prompts:
            await self.press_level(prompt.id, level, by)
        await self.card("level", dimension)

    async def confirm(self, dimension: str, by: PersonHandle | None = None) -> None:
        """Press Confirm under a dimension's level, and wait until it says so."""
        card = await self.card("level", dimension)
        await (by or self.nia).press(self.channel, card.ts, "level.confirm")
        await self.until_reads(card.ts, "confirmed by")

    async def whisper(self, person: PersonHandle, words: str) -> str:
        """Wait until a person is told something privately, and return all of it."""
        seen = await self.slack.until(lambda seen: told(seen, person, words))
        return told(seen, person, words)[-1]

    async def ask(self, person: PersonHandle, words: str) -> Message:
        """Wait until a person is asked something privately, and return the message to answer in."""

        def asking(seen: Seen) -> list[Message]:
            return [m for m in seen.ephemerals(person.id) if words in read(m)]

        return asking(await self.slack.until(asking))[-1]

    async def still(self) -> Seen:
        """Wait until the sandbox, the outbox and the listeners have come to rest.

        What waits for somebody's working hours is not waited for.
        """
        bot = self.runtime.bot
        async with asyncio.timeout(30):
            while bot.work.under_way or await self._due_soon():
                await self.slack.idle(quiet=0.05)
        return await self.slack.idle(quiet=0.05)

    async def _due_soon(self) -> bool:
        """Whether a message is due by now, or has to wait only for its pace or a fault."""
        now = self.sandbox.clock.now()
        due = await self.runtime.bot.database.outbox.next_due(now=now)
        return due is not None and due - now <= _A_WHILE


def read(message: Message) -> str:
    """What a person reads in a message."""
    return readable(message.text, message.blocks)


def told(seen: Seen, person: PersonHandle, words: str) -> list[str]:
    """The private messages to a person that hold these words."""
    return [read(m) for m in seen.ephemerals(person.id) if words in read(m)]


def keyed(seen: Seen, channel: str, key_start: str) -> list[Message]:
    """The messages of a channel that carry a key of ours beginning so."""
    return [m for m in seen.messages(channel) if key_of(m).startswith(key_start)]


def key_of(message: Message) -> str:
    """The key a message carries; empty when it carries none."""
    payload = (message.metadata or {}).get("event_payload") or {}
    return str(payload.get("key", ""))


@asynccontextmanager
async def staged(
    database_url: str,
    world: World | None = None,
    *,
    speed: float = SPEED,
    start: datetime = IN_HOURS,
    times: SocketTimes = STEADY_SOCKET,
    **settings: Any,
) -> AsyncIterator[Stage]:
    """A sandbox with a running, connected bot; its clock starts in working hours unless told otherwise."""
    clock = SandboxClock(start, speed=speed)
    async with (
        Sandbox(clock=clock, world=world) as sandbox,
        SandboxClient(sandbox.control_url) as slack,
    ):
        chosen = settings_for(sandbox, database_url, **settings)
        async with AsyncExitStack() as bot_stack:
            runtime = await bot_stack.enter_async_context(running_bot(chosen, clock, times))
            await slack.until(lambda seen: seen.sockets > 0)
            yield Stage(sandbox, slack, chosen, runtime, times=times, bot_stack=bot_stack)
