"""What people do with a plan, for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.sandbox.client.client import Message, PersonHandle
from bot.views.block_kit.reference import Reference
from model.plan.plan import Plan, PlanItem
from tests.bot.flows.small import form, press
from tests.bot.stage import Stage, read


def today(stage: Stage) -> date:
    return stage.runtime.bot.today()


def in_days(stage: Stage, number: int) -> date:
    return today(stage) + timedelta(days=number)


async def plan_of(stage: Stage, channel: str | None = None) -> Plan:
    """The plan of the latest assessment, from the database."""
    assessment = await stage.assessment(channel)
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        found = await work.plans.get(assessment.id)
    assert found is not None
    return found


async def item_called(stage: Stage, title: str, channel: str | None = None) -> PlanItem:
    plan = await plan_of(stage, channel)
    return next(item for item in plan.items if item.title == title)


async def plan_message(stage: Stage, channel: str | None = None) -> Message:
    return await stage.find("plan:", channel)


async def about_item(stage: Stage, title: str, **fields: Any) -> str:
    """The value of a button about an item."""
    assessment = await stage.assessment()
    item = await item_called(stage, title)
    return Reference(assessment=assessment.id, item=item.id, **fields).encode()


async def set_targets(stage: Stage, person: PersonHandle, **levels: int) -> None:
    """Set targets by the command and its form; the first ones make the plan appear."""
    await person.command(stage.channel, "/milepost targets")
    await form(stage, person, "targets")
    for dimension, level in levels.items():
        await choose_target(stage, person, dimension, level)
    outcome = await person.submit({})
    assert outcome.acknowledged and outcome.response_action is None, outcome


async def choose_target(stage: Stage, person: PersonHandle, dimension: str, level: int) -> None:
    """Choose a level in the form, and wait until it asks for the reason."""
    await person.modal_press("target_level", str(level), block_id=f"target_level:{dimension}")

    def asks(values: dict[str, Any] | None) -> bool:
        return values is not None and f"target_reason:{dimension}" in values

    await stage.slack.until(lambda seen: (view := seen.modal(person.id)) is not None and asks(view.values))


async def add_item(
    stage: Stage, person: PersonHandle, title: str, by: Message | None = None, **values: Any
) -> None:
    """Add an item by the button under the plan, or under another message."""
    await press(stage, person, by or await plan_message(stage), "plan.add_item")
    await form(stage, person, "add_item")
    filled = {"item_title": title, "dimension": "data", "from_level": "2", "to_level": "3", **values}
    outcome = await person.submit(filled)
    assert outcome.acknowledged and outcome.response_action is None, outcome


async def open_item(stage: Stage, person: PersonHandle, title: str) -> None:
    """Open an item from what `/milepost plan` answers."""
    answer = await answered(stage, person, "plan", title)
    await person.press_ephemeral(answer.ts, "plan.open_item", value=await about_item(stage, title))
    await form(stage, person, "item")


async def private(stage: Stage, person: PersonHandle, words: str) -> Message:
    """The latest private message to a person that says these words."""

    def saying(messages: list[Message]) -> list[Message]:
        return [message for message in messages if words in read(message)]

    seen = await stage.slack.until(lambda seen: saying(seen.ephemerals(person.id)))
    return saying(seen.ephemerals(person.id))[-1]


async def command(stage: Stage, person: PersonHandle, line: str, words: str) -> str:
    """Type a command and return the private answer that says these words."""
    return read(await answered(stage, person, line, words))


async def answered(stage: Stage, person: PersonHandle, line: str, words: str) -> Message:
    """Type a command and wait for the private answer that says these words."""
    before = len((await stage.slack.seen()).ephemerals(person.id))
    outcome = await person.command(stage.channel, f"/milepost {line}")
    assert outcome.acknowledged, outcome

    def saying(messages: list[Message]) -> list[Message]:
        return [message for message in messages[before:] if words in read(message)]

    seen = await stage.slack.until(lambda seen: saying(seen.ephemerals(person.id)))
    return saying(seen.ephemerals(person.id))[-1]
