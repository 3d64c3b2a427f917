"""A team with levels and targets, and a library to suggest from, for tests."""

from __future__ import annotations

from typing import Any

from bot.sandbox.client.client import Message, PersonHandle
from bot.services.asking import Asked
from bot.services.plan.stepping import find_plan, take_plan_step
from bot.views.block_kit.reference import Reference
from model.plan.plan import Plan
from model.plan.steps import PlanStep, SetTargets, WantedTarget
from tests.bot.stage import Stage, key_of, keyed, read

LOW = {"time": "low", "money": "low", "skills": "low"}
HIGH = {"time": "high", "money": "high", "skills": "high"}


def an_action(action_id: str, dimension: str, begin: int, *prompts: str, **changes: Any) -> dict[str, Any]:
    """An action of the small framework."""
    return {
        "id": action_id,
        "title": f"Do {action_id.replace('-', ' ')}",
        "summary": f"What {action_id} is.",
        "why": f"Why {action_id} helps.",
        "benefits": ["efficiency"],
        "dimension": dimension,
        "from_level": begin,
        "to_level": begin + 1,
        "prompts": list(prompts),
        "effort": dict(LOW),
        "weeks": 6,
        "steps": ["Begin.", "Go on.", "Stop."],
        "milestones": [{"name": "Half way", "week": 3}, {"name": "All the way", "week": 6}],
        "success": f"One can see {action_id}.",
        "evidence": ["A note"],
        **changes,
    }


ACTIONS = (
    an_action("data-owners", "data", 2, "data-1"),
    an_action("data-check", "data", 2, effort=dict(HIGH)),
    an_action("data-share", "data", 2, prerequisites=["data-owners"]),
    an_action("culture-learn", "culture", 1, "culture-1"),
    an_action("culture-try", "culture", 2, "culture-1"),
    an_action("leadership-visit", "leadership", 2, "leadership-1", "leadership-2"),
    an_action("leadership-scrutiny", "leadership", 3),
)
"""With "data-register", from 1 to 2, that the small framework always has."""


async def assessed(stage: Stage) -> None:
    """Data is at 2, held back by its first question at 1; culture is at 1 and leadership at 3."""
    await stage.start(title="How are we doing?")
    await stage.open("data", "culture", "leadership")
    await stage.press_level("data-1", 1)
    await stage.press_level("data-2", 3)
    await stage.card("level", "data")
    await stage.answer("culture", 1)
    await stage.answer("leadership", 3)


async def plan_step(stage: Stage, step: PlanStep, person: PersonHandle | None = None) -> None:
    """Take a step in the plan without its form."""
    bot = stage.runtime.bot
    who = (person or stage.nia).id
    asked = Asked(stage.runtime.identity.workspace_id, who, bot.clock.now(), f"test:{step}")
    assessment = await stage.assessment()
    await take_plan_step(bot.desk, asked, assessment.id, step)
    bot.dispatcher.wake()


async def targeted(stage: Stage, **levels: int) -> None:
    """Set targets."""
    await plan_step(stage, SetTargets(tuple(WantedTarget(each, level) for each, level in levels.items())))


async def plan_now(stage: Stage) -> Plan:
    """The plan as it is stored."""
    assessment = await stage.assessment()
    found = await find_plan(stage.runtime.bot.database, stage.runtime.identity.workspace_id, assessment.id)
    return found.plan


async def cards(stage: Stage, number: int) -> dict[str, Message]:
    """Wait until so many suggestions are posted; by the action's id, in the order in which they came."""
    seen = await stage.slack.until(lambda seen: len(keyed(seen, stage.channel, "suggestion:")) >= number)
    found = keyed(seen, stage.channel, "suggestion:")
    assert len(found) == number, [read(each) for each in found]
    return {key_of(each).rsplit(":", 1)[-1]: each for each in found}


async def suggest(stage: Stage, number: int = 3) -> dict[str, Message]:
    """Ask for suggestions and wait for the cards."""
    await stage.omar.command(stage.channel, "/milepost suggest")
    return await cards(stage, number)


async def about_action(stage: Stage, action_id: str, **more: Any) -> str:
    """The value of a button about an action."""
    return Reference(assessment=(await stage.assessment()).id, action=action_id, **more).encode()
