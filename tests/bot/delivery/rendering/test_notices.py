"""A notice about a channel that refuses us is true when it is sent, hours after it was wanted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import cast

import pytest

from bot.delivery.rendering.notices import render_notice
from bot.delivery.rendering.rendering import Rendering
from bot.delivery.slack.slack import Slack
from bot.services.messages.channel_notices import ChannelNotice, tell_facilitators
from storage.database import Database
from tests.bot.delivery.rendering.sources import sources
from tests.bot.desks import desk_of
from tests.storage.material import NOW, WORKSPACE, message, stored, want

LEASE = timedelta(seconds=90)


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(sqlite_url)
    yield opened
    await opened.close()


async def test_a_channel_that_takes_messages_again_is_not_told_of(database: Database) -> None:
    await stored(database)
    for channel in ("C1", "C2"):
        await want(database, message(f"board:{channel}", channel=channel))
    for claim in await database.outbox.claim(owner="x", now=NOW, lease=LEASE, limit=9):
        await database.outbox.block(claim, reason="is_archived")
    await tell_facilitators(database, WORKSPACE, "A1", ChannelNotice("C1", "is_archived"), NOW)
    [claim] = [
        each
        for each in await database.outbox.claim(owner="x", now=NOW, lease=LEASE, limit=9)
        if each.channel_id == "U1"
    ]
    this = Rendering(claim, cast(Slack, None), sources(desk_of(database)))
    rendered = await render_notice(this)
    assert rendered is not None and "I cannot post in <#C1>: it is archived" in rendered["text"]
    assert await database.outbox.unblock(workspace_id=WORKSPACE, channel_id="C1", now=NOW) == 1
    assert await render_notice(this) is None, "only another channel refuses us still"
