"""A stage on which the days pass, with a plan whose milestones come due."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.rounds.each_minute import rounds
from bot.sandbox.client.client import Message, PersonHandle, Seen
from bot.services.asking import Asked
from bot.services.plan.stepping import PlanStepTaken, take_plan_step
from model.plan.plan import Plan
from model.plan.steps import AddItem, PlanStep, WantedMilestone
from tests.bot.flows.small import framework_folder
from tests.bot.stage import Stage, key_of, read, staged
from tests.model.days import LONDON

CALM = datetime(2027, 6, 7, 8, tzinfo=LONDON)
"""A Monday morning, with four working weeks around it."""


@asynccontextmanager
async def on(start: datetime, database_url: str, folder: Path, **settings: Any) -> AsyncIterator[Stage]:
    """A running bot at this moment, with an assessment of the small framework under way."""
    settings = {"milepost_framework": str(framework_folder(folder)), **settings}
    async with staged(database_url, start=start, **settings) as stage:
        await stage.start(title="How are we doing?")
        yield stage


def milestone(
    due: str, *owners: PersonHandle, item: str = "", name: str = "First list", **more: Any
) -> AddItem:
    """A step that adds an item with one milestone."""
    item_id = item or uuid4().hex[:16]
    people = tuple(each.id for each in owners)
    wanted = (WantedMilestone(name, date.fromisoformat(due)),)
    return AddItem(item_id, f"Do what {name} is for", "data", 1, 2, people, milestones=wanted, **more)


async def take(
    stage: Stage, *steps: PlanStep, by: PersonHandle | None = None, channel: str | None = None
) -> PlanStepTaken:
    """Take steps in the plan of the latest assessment, as a facilitator unless told."""
    bot, person = stage.runtime.bot, by or stage.nia
    assessment = await stage.assessment(channel)
    taken = None
    for step in steps:
        asked = Asked(stage.runtime.identity.workspace_id, person.id, bot.clock.now(), uuid4().hex)
        taken = await take_plan_step(bot.desk, asked, assessment.id, step)
    assert taken is not None
    bot.dispatcher.wake()
    return taken


async def pass_to(stage: Stage, moment: str, zone: ZoneInfo = LONDON) -> None:
    """Let the time pass until the clocks of a zone show this, and do what the clockwork does by then."""
    target = datetime.fromisoformat(moment).replace(tzinfo=zone)
    left = (target - stage.sandbox.clock.now()).total_seconds()
    assert left >= 0, f"it is {stage.sandbox.clock.now().astimezone(zone)} already"
    await stage.slack.advance(left)
    await tick(stage)


async def tick(stage: Stage) -> int:
    """One round of the reminders, and whatever is to be delivered after it."""
    runtime = stage.runtime
    wanted = await remind_owners(stage)
    runtime.bot.dispatcher.wake()
    await stage.still()
    return wanted


async def remind_owners(stage: Stage) -> int:
    """What the clockwork does for reminders each minute."""
    runtime = stage.runtime
    every = rounds(runtime.bot)
    return await every["reminders"](runtime.identity.workspace_id, runtime.bot.clock.now())


async def told(stage: Stage, person: PersonHandle, kind: str = "reminder:") -> list[Message]:
    """The reminders that somebody has, in order."""
    world = await stage.slack.world()
    seen = await stage.slack.seen()
    return [
        message
        for channel in world.channels
        if channel.kind == "im" and person.id in channel.members
        for message in seen.messages(channel.id)
        if key_of(message).startswith(kind)
    ]


async def words(stage: Stage, person: PersonHandle, kind: str = "reminder:") -> list[str]:
    """The same, as they are read."""
    return [read(message) for message in await told(stage, person, kind)]


async def until_reminder_reads(stage: Stage, message: Message, phrase: str) -> str:
    """Wait until a reminder says something, and return all of it."""

    def saying(seen: Seen) -> list[str]:
        found = [each for each in seen.messages(message.channel) if each.ts == message.ts]
        return [read(each) for each in found if phrase in read(each)]

    return saying(await stage.slack.until(saying))[-1]


async def plan_of(stage: Stage) -> Plan:
    """The plan as it is now."""
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        plan = await work.plans.get((await stage.assessment()).id)
    assert plan is not None
    return plan
