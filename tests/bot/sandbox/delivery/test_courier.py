"""Whatever goes wrong with the sockets, no event is lost and none changes its id."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.client.client import SandboxClient
from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.reactions import with_reaction, without_reaction
from bot.sandbox.workspace.records import Message
from bot.sandbox.workspace.world import NIA, TEAM_CHANNEL
from tests.bot.sandbox.bare_bot import RawBot

START = datetime(2026, 11, 23, tzinfo=UTC)
STEPS = st.lists(st.sampled_from(["say", "drop", "connect", "lose"]), min_size=1, max_size=12)


async def run(steps: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Play the steps, connect, and return what was said and what came, with event ids."""
    said: list[str] = []
    async with (
        Sandbox(SandboxClock(START, speed=0)) as sandbox,
        SandboxClient(sandbox.control_url) as slack,
        RawBot(sandbox) as bot,
    ):
        for step in steps:
            if step == "say":
                said.append(f"m{len(said)}")
                await slack.person(NIA).say(TEAM_CHANNEL, said[-1])
            elif step == "drop":
                await slack.drop_sockets()
            elif step == "connect":
                await bot.connect()
            else:
                await slack.lose_acks()
        await slack.clear_faults()
        await bot.connect()
        # The longest an event waits for its next try is five minutes.
        for _ in range(3):
            await slack.idle(quiet=0.01)
            await slack.advance(300)
        await slack.idle(quiet=0.01)
        came = [bot.received.get_nowait()["payload"] for _ in range(bot.received.qsize())]
    return said, [(payload["event"]["text"], payload["event_id"]) for payload in came]


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_every_event_arrives_and_keeps_its_id(steps: list[str]) -> None:
    said, came = asyncio.run(run(steps))
    assert {text for text, _ in came} == set(said)
    assert len(set(came)) == len(said)
    assert all(times <= 4 for times in Counter(came).values())


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from("AB"), st.sampled_from(["bulb", "eyes"]))))
def test_reactions_are_the_set_of_who_gave_what(steps: list[tuple[bool, str, str]]) -> None:
    message = Message("C1", "1.000001", "U1", "x")
    expected: set[tuple[str, str]] = set()
    for add, user, name in steps:
        message = (with_reaction if add else without_reaction)(message, user, name)
        (expected.add if add else expected.discard)((user, name))
    there = [(user, reaction.name) for reaction in message.reactions for user in reaction.users]
    assert sorted(there) == sorted(expected)
    assert all(reaction.users for reaction in message.reactions)
