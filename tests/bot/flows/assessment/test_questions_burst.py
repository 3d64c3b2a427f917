"""Twelve people at once: every vote is kept and answered, and the card is not redrawn twelve times."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.runtime import running_bot
from bot.sandbox.workspace.world import NIA, TEAM_CHANNEL, Channel, Person, World
from model.assessment.prompt_progress import PromptState
from tests.bot.flows.assessment.together_mode import together, value
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.small import dispatch, framework_folder
from tests.bot.stage import QUICK_SOCKET, Stage, read, staged, told

ASSESSORS = tuple(f"U0PERSON{number:02}" for number in range(12))
REDRAWS = 3


def _twelve() -> World:
    people = (
        Person(NIA, "nia.pryce", "Nia Pryce"),
        *(Person(each, each.lower(), each) for each in ASSESSORS),
    )
    members = frozenset({each.id for each in people} | {World().bot_user_id})
    return World(people=people, channels=(Channel(TEAM_CHANNEL, "digital-team", members, creator=NIA),))


async def test_twelve_votes_within_two_seconds(database_url: str, tmp_path: Path) -> None:
    folder = str(framework_folder(tmp_path))
    async with staged(database_url, _twelve(), speed=1.0, milepost_framework=folder) as stage:
        people = [stage.slack.person(each) for each in ASSESSORS]
        card = await together(stage, *people, dimension="culture")
        await stage.still()
        before = len(await stage.slack.calls("chat.update"))
        began = stage.sandbox.clock.now()
        await asyncio.gather(
            *(stage.press_level("culture-1", 1 + number % 5, each) for number, each in enumerate(people))
        )
        assert (stage.sandbox.clock.now() - began).total_seconds() < 2
        text = read(await stage.until_reads(card.ts, "Spread"))
        seen = await stage.still()
        prompt = (await stage.assessment()).prompt("culture-1")
        assert {vote.person: vote.level for vote in prompt.votes} == {
            person: 1 + number % 5 for number, person in enumerate(ASSESSORS)
        }
        assert prompt.state is PromptState.REVEALED
        assert all(person in text for person in ASSESSORS)
        assert all(len(told(seen, each, "Recorded: ")) == 1 for each in people)
        updates = (await stage.slack.calls("chat.update"))[before:]
        assert 1 <= len(updates) <= REDRAWS
        assert read(await stage.card("prompt", "culture-1")) == text


async def test_two_replicas_take_presses_in_turn(postgres_url: str, tmp_path: Path) -> None:
    folder = str(framework_folder(tmp_path))
    async with (
        staged(postgres_url, _twelve(), milepost_framework=folder) as stage,
        running_bot(stage.settings, stage.sandbox.clock, QUICK_SOCKET) as second,
    ):
        people = [stage.slack.person(each) for each in ASSESSORS]
        await together(stage, *people, dimension="culture")
        other = Stage(stage.sandbox, stage.slack, stage.settings, second)
        values = [await value(stage, "culture-1", 1 + number % 5) for number in range(len(ASSESSORS))]
        presses = [
            press_payload(stage, person, "prompt.level", chosen)
            for person, chosen in zip(ASSESSORS, values, strict=True)
        ]
        await asyncio.gather(
            *(dispatch((stage, other)[number % 2], press) for number, press in enumerate(presses))
        )
        card = await stage.card("prompt", "culture-1")
        text = read(await stage.until_reads(card.ts, "Spread"))
        prompt = (await stage.assessment()).prompt("culture-1")
        assert len(prompt.votes) == 12 and all(person in text for person in ASSESSORS)
