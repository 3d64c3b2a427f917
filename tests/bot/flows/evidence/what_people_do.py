"""What people do with evidence, for tests."""

from __future__ import annotations

from bot.sandbox.client.client import Message, PersonHandle
from bot.views.block_kit.reference import Reference
from model.assessment.evidence import Evidence
from tests.bot.stage import Stage

CLIP = "paperclip"
WHICH = "For which question is this message evidence?"


def question(prompt: str) -> str:
    """The value of a question in a menu of them."""
    return Reference(prompt=prompt).encode()


async def thread_of(stage: Stage, dimension: str) -> str:
    """The thread of a dimension."""
    return (await stage.card("dimension", dimension)).ts


async def choose(stage: Stage, person: PersonHandle, asked: Message, prompt: str) -> None:
    """Choose a question in the menu of a private message."""
    outcome = await person.press_ephemeral(asked.ts, "evidence.log_for", option=question(prompt))
    assert outcome.acknowledged, outcome


async def evidence_of(stage: Stage, prompt: str) -> list[Evidence]:
    """What stands as evidence for a prompt."""
    return list((await stage.assessment()).prompt(prompt).evidence)


async def log(stage: Stage, person: PersonHandle, dimension: str, text: str) -> Message:
    """Say something in the thread of a dimension and log it there by a reaction; answer with its note."""
    said = await person.say(stage.channel, text, thread_ts=await thread_of(stage, dimension))
    await person.react(stage.channel, said, CLIP)
    return await stage.find("evidence:")
