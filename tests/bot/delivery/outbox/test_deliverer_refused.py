"""Whom facilitators hear of when Slack refuses a message: of channels, and not of people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, cast

import pytest

from bot.delivery.outbox.deliverer import Deliverer
from bot.delivery.rendering.renderers import Renderer
from bot.delivery.slack.faults import ChannelClosedToUs
from bot.delivery.slack.slack import Slack
from bot.sandbox.conditions.clock import SandboxClock
from bot.services.messages.kinds import MessageKind
from storage.database import Database
from storage.messages.claims import Claim
from storage.messages.messages import WantedMessage
from tests.storage.material import NOW, WORKSPACE, stored, want

TO_ONE_PERSON = [
    MessageKind.NOTICE,
    MessageKind.NUDGE,
    MessageKind.CLOSING,
    MessageKind.REMINDER,
    MessageKind.PASSED_ON,
    MessageKind.OWNER_NOTE,
    MessageKind.OWNER_GONE,
    MessageKind.TO_DECIDE,
    MessageKind.PROPOSAL_NOTICE,
]


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(sqlite_url)
    yield opened
    await opened.close()


class Refused:
    """Slack refuses whatever is to be said."""

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any]:
        """As the call that would follow."""
        raise ChannelClosedToUs("channel_not_found")


async def told_of(database: Database, kind: MessageKind, channel: str) -> list[str]:
    """Which facilitators are told when a message is refused."""
    await stored(database)
    await want(database, WantedMessage("it", kind, channel, "A1", None, None))
    clock = SandboxClock(NOW, speed=0)
    deliverer = Deliverer(database, clock, cast(Renderer, Refused()), lambda _: cast(Slack, None))
    [claim] = await database.outbox.claim(owner="x", now=NOW, lease=timedelta(seconds=90), limit=1)
    await deliverer.deliver(claim)
    async with database.reading(WORKSPACE) as work:
        rows = await work.messages.of_assessment("A1")
    assert [each.blocked for each in rows if each.key == "it"] == ["channel_not_found"]
    return [each.channel_id for each in rows if each.key != "it"]


@pytest.mark.parametrize("kind", TO_ONE_PERSON)
async def test_a_person_who_cannot_be_written_to_is_no_channel(database: Database, kind: MessageKind) -> None:
    assert await told_of(database, kind, "U9") == []


async def test_a_channel_that_refuses_us_is_told_of(database: Database) -> None:
    assert await told_of(database, MessageKind.BOARD, "C1") == ["U1", "U2"]
