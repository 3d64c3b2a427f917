"""The list of who is in a channel: how long it is believed, and that one question serves many."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest

from bot.delivery.slack.faults import SlackFault, TokenFault
from bot.delivery.slack.members import ChannelMembers
from bot.delivery.slack.slack import Slack
from bot.sandbox.conditions.clock import SandboxClock

US = "U0BOT"


class Channel:
    """A channel of Slack's that counts how often it is asked who is in it."""

    def __init__(self) -> None:
        self.people = frozenset({US, "U1"})
        self.fault: SlackFault | None = None
        self.asked = 0
        self.clock = SandboxClock(speed=0)
        self.known = ChannelMembers(self.clock, lambda _: cast(Slack, self), lambda _: US)

    async def members(self, channel_id: str) -> frozenset[str]:
        self.asked += 1
        await asyncio.sleep(0)
        if self.fault is not None:
            raise self.fault
        return self.people

    async def inside(self, person: str) -> bool | None:
        return await self.known.surely_inside("T1", "C1", person)


@pytest.fixture
async def channel() -> Channel:
    return Channel()


async def test_a_list_is_believed_for_five_minutes(channel: Channel) -> None:
    assert await channel.inside("U1")
    channel.people -= {"U1"}
    channel.clock.advance(299)
    assert await channel.inside("U1")
    channel.clock.advance(2)
    assert await channel.inside("U1") is False
    assert channel.asked == 2


async def test_for_somebody_who_is_not_on_it_for_five_seconds(channel: Channel) -> None:
    assert await channel.inside("U2") is False
    channel.people |= {"U2"}
    channel.clock.advance(4)
    assert await channel.inside("U2") is False
    channel.clock.advance(2)
    assert await channel.inside("U2")
    assert channel.asked == 2


async def test_an_event_ends_it_at_once(channel: Channel) -> None:
    await channel.inside("U1")
    channel.people -= {"U1"}
    channel.known.forget("T1", "C1")
    assert await channel.inside("U1") is False


async def test_where_slack_does_not_tell_it_is_asked_again_after_half_a_minute(channel: Channel) -> None:
    channel.fault = TokenFault("invalid_auth")
    assert await channel.inside("U1") is None
    channel.fault = None
    channel.clock.advance(29)
    assert await channel.inside("U2") is None
    channel.clock.advance(2)
    assert await channel.inside("U2") is False
    assert channel.asked == 2


async def test_one_question_serves_all_who_wait(channel: Channel) -> None:
    assert await asyncio.gather(*(channel.inside("U1") for _ in range(9))) == [True] * 9
    assert channel.asked == 1
