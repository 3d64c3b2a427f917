"""What a change makes out of date is posted in the order it is said in, and a mere redraw posts nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.services.messages.kinds import MessageKind
from bot.services.messages.wanting import Redraw, bring_into_line, in_channel, to_person, wanted_before
from storage.database import Database
from tests.storage.material import NOW, WORKSPACE, stored


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(sqlite_url)
    yield opened
    await opened.close()


async def test_new_messages_in_order_and_no_redraw_of_what_is_not_there(database: Database) -> None:
    assessment = await stored(database)
    plan, board = (in_channel(assessment, each) for each in (MessageKind.PLAN, MessageKind.BOARD))
    note = to_person("U1", MessageKind.OWNER_NOTE, assessment.id, "I1/1/U1/got")
    async with database.unit_of_work(WORKSPACE) as work:
        assert await wanted_before(work, [plan, note]) == []
        await bring_into_line(work, [plan, Redraw("digest:C1"), note, Redraw(plan.key), board], NOW)
        rows = await work.messages.of_assessment(assessment.id)
        assert [row.key for row in rows] == [plan.key, note.key, board.key]
        assert [row.wanted for row in rows] == [2, 1, 1]
        assert await work.messages.get("digest:C1") is None
        assert await wanted_before(work, [board, note]) == [board, note]
        assert [row.again for row in rows] == [plan, note, board]
