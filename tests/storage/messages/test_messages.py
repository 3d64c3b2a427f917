"""When a message that is out of date is due."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage.database import Database
from storage.engine.errors import ConstraintBroken
from storage.messages.messages import MessageRow
from tests.storage.material import LEASE, NOW, SECOND, WORKSPACE, message, stored, want


async def _row(database: Database, key: str = "board") -> MessageRow:
    async with database.reading(WORKSPACE) as work:
        row = await work.messages.get(key)
    assert row is not None
    return row


async def _deliver(database: Database, at: datetime, ts: str = "1.1") -> None:
    [claim] = await database.outbox.claim(owner="a", now=at, lease=LEASE, limit=9)
    begun = await database.outbox.begin(claim, now=at, lease=LEASE)
    assert begun is not None
    assert await database.outbox.delivered(
        claim, ts=ts, channel_id="C1", generation=begun.generation, now=at, redraw_after=SECOND
    )


async def test_a_new_message_is_due_at_once(database: Database) -> None:
    await stored(database)
    await want(database, message(assessment="A1", parent="other"))
    assert await _row(database) == MessageRow(
        key="board",
        kind="board",
        channel_id="C1",
        assessment_id="A1",
        subject=None,
        parent_key="other",
        ts=None,
        wanted=1,
        delivered=0,
        due_at=NOW,
        attempts=0,
        blocked=None,
        post_began_at=None,
        delivered_at=None,
        unwanted_at=None,
    )


async def test_a_message_may_be_wanted_for_later_and_then_sooner(database: Database) -> None:
    await want(database, message(due_at=NOW + LEASE))
    assert (await _row(database)).due_at == NOW + LEASE
    await want(database, message())
    assert (await _row(database)).due_at == NOW
    await want(database, message(due_at=NOW + LEASE))
    assert (await _row(database)).due_at == NOW


async def test_a_burst_after_a_delivery_is_one_redraw_a_little_later(database: Database) -> None:
    await want(database, message())
    await _deliver(database, NOW)
    for milliseconds in (100, 200, 300):
        await want(database, message(), at=NOW + timedelta(milliseconds=milliseconds))
    row = await _row(database)
    assert (row.due_at, row.wanted, row.delivered) == (NOW + SECOND, 4, 1)
    await _deliver(database, NOW + SECOND)
    row = await _row(database)
    assert (row.delivered, row.delivered_at, row.ts) == (4, NOW + SECOND, "1.1")


async def test_a_change_long_after_a_delivery_is_due_at_once(database: Database) -> None:
    await want(database, message())
    await _deliver(database, NOW)
    await want(database, message(), at=NOW + LEASE)
    assert (await _row(database)).due_at == NOW + LEASE


async def test_a_message_that_waits_after_a_fault_keeps_its_time(database: Database) -> None:
    await want(database, message())
    [claim] = await database.outbox.claim(owner="a", now=NOW, lease=LEASE, limit=9)
    await database.outbox.put_back(
        claim, due_at=NOW + LEASE, error="internal_error", certainly_not_posted=True
    )
    await want(database, message(), at=NOW + SECOND)
    row = await _row(database)
    assert (row.due_at, row.attempts, row.wanted) == (NOW + LEASE, 1, 2)


async def test_where_a_message_goes_is_settled_by_the_first_call(database: Database) -> None:
    await want(database, message(channel="U1"))
    [claim] = await database.outbox.claim(owner="a", now=NOW, lease=LEASE, limit=9)
    assert await database.outbox.delivered(
        claim, ts="1.1", channel_id="D1", generation=1, now=NOW, redraw_after=SECOND
    )
    await want(database, message(channel="U1"))
    assert (await _row(database)).channel_id == "D1"


async def test_messages_are_found_by_assessment_and_by_place(database: Database) -> None:
    await stored(database)
    await stored(database, "A2", channel="C2")
    for key, assessment in (("b", "A1"), ("a", "A1"), ("c", "A2")):
        await want(database, message(key, channel=f"C{key}", assessment=assessment))
    await want(database, message("b", assessment="A1"))
    claims = await database.outbox.claim(owner="a", now=NOW, lease=LEASE, limit=9)
    for place, claim in enumerate(claims):
        await database.outbox.delivered(
            claim, ts=f"{place}.0", channel_id="C1", generation=1, now=NOW, redraw_after=SECOND
        )
    async with database.reading(WORKSPACE) as work:
        assert [row.key for row in await work.messages.of_assessment("A1")] == ["b", "a"]
        assert await work.messages.of_assessment("A9") == []
        found = await work.messages.at("C1", "1.0")
        assert found is not None
        assert found.key == claims[1].key
        assert await work.messages.at("C2", "1.0") is None


async def test_many_are_wanted_at_once_in_their_order(database: Database) -> None:
    await want(database, message("third", channel="C9"))
    second = message("second", channel="C8", due_at=NOW + LEASE)
    many = [message("first"), second, message("third"), message("first")]
    async with database.unit_of_work(WORKSPACE) as work:
        await work.messages.want_all(many, NOW + SECOND, redraw_after=SECOND)
        await work.messages.want_all([], NOW, redraw_after=SECOND)
        await work.commit()
    rows = [await _row(database, key) for key in ("first", "second", "third")]
    assert [row.wanted for row in rows] == [1, 1, 2]
    assert [row.due_at for row in rows] == [NOW + SECOND, NOW + LEASE, NOW]
    claims = await database.outbox.claim(owner="a", now=NOW + LEASE, lease=LEASE, limit=9)
    assert [claim.key for claim in claims] == ["third", "first", "second"]


async def test_a_message_of_an_assessment_that_is_not_stored_is_refused(database: Database) -> None:
    with pytest.raises(ConstraintBroken):
        await want(database, message(assessment="A1"))
