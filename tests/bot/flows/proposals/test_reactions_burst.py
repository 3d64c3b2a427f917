"""Twelve people who react at once: one card, twelve supporters, few redraws; also with two replicas."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.runtime import running_bot
from bot.sandbox.workspace.world import NIA, TEAM_CHANNEL, Channel, Person, World
from tests.bot.flows.proposals.what_people_do import card_keys, new_card, the_proposal
from tests.bot.flows.small import framework_folder
from tests.bot.stage import QUICK_SOCKET, Stage, staged

PEOPLE = tuple(f"U0PERSON{number:02}" for number in range(12))
REDRAWS = 3


def _twelve() -> World:
    people = (Person(NIA, "nia.pryce", "Nia Pryce"), *(Person(each, each.lower(), each) for each in PEOPLE))
    members = frozenset({each.id for each in people} | {World().bot_user_id})
    return World(people=people, channels=(Channel(TEAM_CHANNEL, "digital-team", members, creator=NIA),))


async def _react(stage: Stage) -> str:
    """Nia writes, and everybody reacts at once."""
    await stage.start("culture")
    await stage.still()
    ts = await stage.nia.say(stage.channel, "Put bin days online")
    await asyncio.gather(*(stage.slack.person(each).react(stage.channel, ts, "bulb") for each in PEOPLE))
    return ts


async def test_twelve_reactions_are_one_card_and_few_redraws(database_url: str, tmp_path: Path) -> None:
    folder = str(framework_folder(tmp_path))
    async with staged(database_url, _twelve(), speed=1.0, milepost_framework=folder) as stage:
        ts = await _react(stage)
        card = await new_card(stage, set())
        await stage.until_reads(card.ts, "12 supporters")
        await stage.still()
        assert set((await the_proposal(stage, card)).supporters) == set(PEOPLE)
        assert len(await card_keys(stage)) == 1
        asked = await stage.slack.calls("conversations.replies")
        assert len([call for call in asked if call.arguments["ts"] == ts]) == 1
        edits = await stage.slack.calls("chat.update")
        assert len([call for call in edits if call.arguments["ts"] == card.ts]) <= REDRAWS


async def test_two_replicas_make_one_card(postgres_url: str, tmp_path: Path) -> None:
    folder = str(framework_folder(tmp_path))
    async with (
        staged(postgres_url, _twelve(), milepost_framework=folder) as stage,
        running_bot(stage.settings, stage.sandbox.clock, QUICK_SOCKET) as second,
    ):
        await stage.slack.until(lambda seen: seen.sockets == 2)
        await _react(stage)
        card = await new_card(stage, set())
        await stage.until_reads(card.ts, "12 supporters")
        await stage.still()
        assert second.identity.workspace_id == stage.runtime.identity.workspace_id
        assert len(await card_keys(stage)) == 1
        assert set((await the_proposal(stage, card)).supporters) == set(PEOPLE)
