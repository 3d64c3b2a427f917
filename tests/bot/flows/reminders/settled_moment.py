"""A stage at a settled moment, and what the clockwork does there, for tests of nudges."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.sandbox.client.client import Message, PersonHandle
from bot.services.reminders.closing_round import remind_of_closing
from bot.services.reminders.nudge_round import nudge_the_missing
from storage.database import Database
from tests.bot.flows.small import framework_folder
from tests.bot.stage import Stage, key_of, staged
from tests.model.days import at

MONDAY = "2027-06-07 09:00"
"""No bank holiday is near."""


@asynccontextmanager
async def on_monday(
    database_url: str, folder: Path, moment: str = MONDAY, **settings: Any
) -> AsyncIterator[Stage]:
    """A stage whose clock shows this moment in London."""
    framework = str(framework_folder(folder))
    async with staged(database_url, start=at(moment), milepost_framework=framework, **settings) as stage:
        yield stage


async def move_to(stage: Stage, moment: str) -> None:
    """Move the clock forward to a moment in London."""
    await stage.slack.advance((at(moment) - stage.sandbox.clock.now()).total_seconds())


async def look(stage: Stage, database: Database | None = None) -> int:
    """Let the clockwork look for nudges, in this database or the bot's own."""
    bot = stage.runtime.bot
    desk = bot.desk if database is None else replace(bot.desk, database=database)
    return await nudge_the_missing(desk, stage.runtime.identity.workspace_id, bot.clock.now())


async def go_round(stage: Stage) -> int:
    """Let the clockwork look for nudges, and wait until they are in Slack."""
    return await _delivered(stage, await look(stage))


async def go_round_for_closing(stage: Stage) -> int:
    """The same for what facilitators are told about the closing date."""
    bot, workspace_id = stage.runtime.bot, stage.runtime.identity.workspace_id
    return await _delivered(stage, await remind_of_closing(bot.desk, workspace_id, bot.clock.now()))


async def _delivered(stage: Stage, found: int) -> int:
    if found:
        stage.runtime.bot.dispatcher.wake()
        await stage.still()
    return found


async def letters(stage: Stage, person: PersonHandle, kind: str = "nudge") -> list[Message]:
    """The direct messages of a kind that somebody has got."""
    channel = stage.sandbox.workspace.dm_with(person.id).id
    messages = (await stage.slack.seen()).messages(channel)
    return [each for each in messages if key_of(each).startswith(f"{kind}:")]
