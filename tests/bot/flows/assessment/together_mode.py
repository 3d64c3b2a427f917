"""What people do in together mode, for tests."""

from __future__ import annotations

from bot.sandbox.client.client import Message, PersonHandle
from bot.services.asking import Asked
from bot.services.assessment.stepping import take_step
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import Role
from model.assessment.steps import AddPeople, Step
from tests.bot.flows.small import press
from tests.bot.stage import Stage


async def together(stage: Stage, *assessors: PersonHandle, dimension: str = "data") -> Message:
    """Start an assessment with these assessors and open a dimension; answer with its first card."""
    await stage.start(mode="together", title="Together")
    if assessors:
        await put_on_roster(stage, Role.ASSESSOR, *assessors)
    await stage.open(dimension)
    return await stage.card("prompt", f"{dimension}-1")


async def put_on_roster(stage: Stage, role: Role, *people: PersonHandle) -> None:
    """Add people as a facilitator does, without the form."""
    assessment = await stage.assessment()
    bot = stage.runtime.bot
    step = AddPeople(tuple(person.id for person in people), role)
    key = f"test:{role}:{step.people}:{len(assessment.participants)}"
    asked = Asked(stage.runtime.identity.workspace_id, stage.nia.id, bot.clock.now(), key)
    await take_step(bot.desk, asked, assessment.id, step)
    bot.dispatcher.wake()


async def value(stage: Stage, prompt: str, level: int | None = None) -> str:
    """The value of a button of a prompt."""
    return Reference(assessment=(await stage.assessment()).id, prompt=prompt, level=level).encode()


async def do(stage: Stage, person: PersonHandle, prompt: str, action: str) -> None:
    """Press a button on a prompt card that carries no level."""
    card = await stage.card("prompt", prompt)
    await press(stage, person, card, action)


async def taken_by(stage: Stage, person: PersonHandle, step: Step) -> None:
    """Take a step as somebody, without the button or form that it has."""
    assessment = await stage.assessment()
    bot = stage.runtime.bot
    asked = Asked(
        stage.runtime.identity.workspace_id, person.id, bot.clock.now(), f"test:{step}:{assessment.id}"
    )
    assert await take_step(bot.desk, asked, assessment.id, step) is not None
    bot.dispatcher.wake()
