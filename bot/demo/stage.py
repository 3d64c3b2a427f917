"""The stage of the demo: the sandbox, the bot in it, and waiting for what should happen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from bot.demo.sandbox_settings import settings_given_by
from bot.runtime import Runtime, running_bot
from bot.sandbox.client.client import Message, Outcome, PersonHandle, SandboxClient, Seen
from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.conditions.rules import Rules
from bot.sandbox.reports.readable_text import readable
from bot.sandbox.reports.reports import WorldReport
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from model.assessment.assessment import Assessment

DATABASE_NAME = "milepost.db"
# A Monday, six weeks before a bank holiday: what the play shows is the same whenever it is played.
_BEGINNING = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
# The play looks after the clock itself, whenever it has moved it.
_ROUND_SECONDS = 86_400.0
# Real seconds for one thing to happen; generous, for a busy machine.
_PATIENCE = 20.0
# Slack's three seconds are proved by tests. Here they would punish the machine for what else it is doing.
_RULES = Rules(ack_seconds=_PATIENCE, trigger_seconds=_PATIENCE)


class StepMissing(Exception):
    """Something in the play did not happen; the text says what."""


class _DemoSettings(Settings):
    """What the demo gives and nothing else: the play knows the bundled framework and `/milepost`."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Leave out the environment and `.env`."""
        return (init_settings,)


class DemoStage:
    """Everything the play needs. The bot can be stopped and started again in the middle."""

    def __init__(self, sandbox: Sandbox, slack: SandboxClient, world: WorldReport, database_url: str) -> None:
        self.slack = slack
        self.world = world
        self.channel = world.channel("digital-team").id
        self._sandbox = sandbox
        self._database_url = database_url
        self._bot = AsyncExitStack()
        self._runtime: Runtime | None = None

    @property
    def runtime(self) -> Runtime:
        """The bot that runs at present."""
        if self._runtime is None:
            raise StepMissing("the bot is not running")
        return self._runtime

    async def start_bot(self) -> None:
        """Start the bot and wait until it is connected."""
        settings = _DemoSettings(**settings_given_by([self._sandbox], self._database_url))
        running = running_bot(settings, self._sandbox.clock, round_seconds=_ROUND_SECONDS)
        self._runtime = await self._bot.enter_async_context(running)
        await self.until("the bot to connect", lambda seen: seen.sockets > 0)

    async def stop_bot(self) -> None:
        """Stop the bot as SIGTERM would."""
        self._runtime = None
        await self._bot.aclose()
        self._bot = AsyncExitStack()

    def person(self, name: str) -> PersonHandle:
        """Somebody to act as, by the beginning of their name."""
        found = next(person for person in self.world.people if person.real_name.startswith(name))
        return self.slack.person(found.id)

    def names(self) -> dict[str, str]:
        """Everybody's whole name, by id."""
        return {person.id: person.real_name for person in self.world.people}

    def full_name(self, person: PersonHandle) -> str:
        """Their whole name."""
        return self.world.person(person.id).real_name

    async def until(self, what: str, predicate: Callable[[Seen], Any]) -> Seen:
        """Wait for something to be so in the sandbox.

        Raises:
            StepMissing: it did not come about.
        """
        try:
            return await self.slack.until(predicate, timeout=_PATIENCE)
        except TimeoutError as error:
            raise StepMissing(f"waited in vain for {what}. {error}") from None

    async def message(self, key_start: str, words: str = "") -> Message:
        """Wait for one of our messages, by the beginning of its key and something it says."""

        def there(seen: Seen) -> list[Message]:
            messages = seen.messages(self.channel)
            return [m for m in messages if key_of(m).startswith(key_start) and words in read(m)]

        return there(await self.until(f"a message {key_start} that says “{words}”", there))[-1]

    async def assessment(self) -> Assessment:
        """The assessment as the bot has stored it."""
        async with self.runtime.bot.database.reading(self.runtime.identity.workspace_id) as work:
            found = await work.assessments.latest_in(self.channel)
        if found is None:
            raise StepMissing("the assessment is not in the database")
        return found

    def now(self) -> datetime:
        """The moment that the clock of the play shows."""
        return self._sandbox.clock.now()

    async def direct_with(self, person: PersonHandle) -> str:
        """The conversation of the bot with one person."""
        return self._sandbox.workspace.dm_with(person.id).id

    async def rounds_gone(self) -> None:
        """Look after everything that happens by the clock, now that it was moved."""
        if self.runtime.jobs is not None:
            await self.runtime.jobs.go_rounds()

    async def settled(self) -> Seen:
        """Wait until nothing is left to deliver.

        Raises:
            StepMissing: it did not come to that.
        """
        try:
            async with asyncio.timeout(_PATIENCE):
                while await self.runtime.bot.database.outbox.pending():
                    await self.slack.idle()
                return await self.slack.idle()
        except TimeoutError:
            raise StepMissing("waited in vain for the last messages to be delivered.") from None

    def keep_pictures(self, folder: Path) -> None:
        """Write every picture the bot shared to a folder."""
        for file in self._sandbox.workspace.files.everything():
            if file.content is not None:
                (folder / file.name).write_bytes(file.content)


def read(message: Message) -> str:
    """What a person reads in a message."""
    return readable(message.text, message.blocks)


def key_of(message: Message) -> str:
    """The key a message carries; empty when it carries none."""
    payload = (message.metadata or {}).get("event_payload") or {}
    return str(payload.get("key", ""))


def acknowledged(outcome: Outcome, what: str) -> Outcome:
    """Insist that the bot took something.

    Raises:
        StepMissing: it did not.
    """
    if not outcome.acknowledged or outcome.error:
        raise StepMissing(f"the bot did not take: {what} ({outcome.error})")
    return outcome


@asynccontextmanager
async def demo_stage(folder: Path, *, speed: float) -> AsyncIterator[DemoStage]:
    """A sandbox with a connected bot, whose database is in the folder."""
    async with (
        Sandbox(clock=SandboxClock(start=_BEGINNING, speed=speed), rules=_RULES) as sandbox,
        SandboxClient(sandbox.control_url) as slack,
    ):
        url = f"sqlite+aiosqlite:///{folder / DATABASE_NAME}"
        stage = DemoStage(sandbox, slack, await slack.world(), url)
        try:
            await stage.start_bot()
            yield stage
        finally:
            await stage.stop_bot()
