"""Claims, leases and what a dispatcher records."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest

from storage.database import Database
from storage.messages.messages import MessageRow
from storage.messages.outbox import Claim, Outbox
from tests.storage.material import LEASE, NOW, SECOND, WORKSPACE, message, want

LATER = NOW + LEASE


async def _claim(database: Database, at: datetime = NOW, owner: str = "a") -> list[Claim]:
    return await database.outbox.claim(owner=owner, now=at, lease=LEASE, limit=9)


async def _delivered(database: Database, claim: Claim, generation: int = 1, at: datetime = NOW) -> bool:
    return await database.outbox.delivered(
        claim, ts="1.1", channel_id=claim.channel_id, generation=generation, now=at, redraw_after=SECOND
    )


async def _row(database: Database, key: str = "board") -> MessageRow:
    async with database.reading(WORKSPACE) as work:
        row = await work.messages.get(key)
    assert row is not None
    return row


async def test_a_claim_tells_what_to_deliver(database: Database) -> None:
    await want(database, message())
    [claim] = await _claim(database)
    assert (claim.workspace_id, claim.key, claim.kind, claim.channel_id) == (
        WORKSPACE,
        "board",
        "board",
        "C1",
    )
    assert (claim.ts, claim.update, claim.attempts, claim.generation) == (None, False, 0, 1)
    assert await _delivered(database, claim)
    await want(database, message(), at=LATER)
    [again] = await _claim(database, LATER)
    assert (again.ts, again.update, again.generation) == ("1.1", True, 2)
    assert again.lease_token != claim.lease_token


async def test_claims_come_in_the_order_of_their_time(database: Database) -> None:
    await want(database, message("second", channel="C1"), message("third", channel="C2"))
    await want(database, message("first", channel="C3", due_at=NOW - SECOND))
    await want(database, message("later", channel="C4", due_at=NOW + SECOND))
    first, second = await database.outbox.claim(owner="a", now=NOW, lease=LEASE, limit=2)
    assert [first.key, second.key] == ["first", "second"]
    assert [claim.key for claim in await _claim(database)] == ["third"]
    assert [claim.key for claim in await _claim(database, NOW + SECOND)] == ["later"]


async def test_a_message_waits_for_the_one_that_begins_its_thread(database: Database) -> None:
    await want(database, message("reply", parent="card"), message("card", due_at=NOW + SECOND))
    assert await _claim(database) == []
    assert await database.outbox.next_due(now=NOW) == NOW + SECOND
    [card] = await _claim(database, NOW + SECOND)
    assert await _delivered(database, card)
    [reply] = await _claim(database, NOW + SECOND)
    assert (reply.key, reply.parent_ts) == ("reply", "1.1")


async def test_a_lease_that_ran_out_is_taken_over_and_the_old_one_records_nothing(
    database: Database,
) -> None:
    outbox = database.outbox
    await want(database, message())
    [old] = await _claim(database)
    begun = await outbox.begin(old, now=NOW, lease=LEASE)
    assert begun is not None
    assert begun.post_began_at is None
    assert await _claim(database, LATER - SECOND, "b") == []
    [new] = await _claim(database, LATER, "b")
    assert new.post_began_at == NOW
    before = await _row(database)
    assert not await _delivered(database, old, at=LATER)
    assert await outbox.begin(old, now=LATER, lease=LEASE) is None
    for record in _records(outbox, old):
        await record
    assert await _row(database) == before
    assert await _delivered(database, new, at=LATER)


def _records(outbox: Outbox, claim: Claim) -> list[Awaitable[None]]:
    return [
        outbox.put_back(claim, due_at=LATER, error="x", certainly_not_posted=True),
        outbox.defer(claim, due_at=LATER),
        outbox.block(claim, reason="x"),
        outbox.forget_posted(claim),
        outbox.forget_thread(claim, now=LATER),
        outbox.drop(claim),
    ]


async def test_a_begun_delivery_holds_its_lease_anew(database: Database) -> None:
    await want(database, message())
    [claim] = await _claim(database)
    assert await database.outbox.begin(claim, now=LATER - SECOND, lease=LEASE) is not None
    assert await _claim(database, LATER, "b") == []
    assert await database.outbox.next_due(now=NOW) == LATER - SECOND + LEASE


async def test_the_first_unknown_post_is_remembered_until_its_outcome_is_known(database: Database) -> None:
    outbox = database.outbox
    await want(database, message())
    [first] = await _claim(database)
    assert await outbox.begin(first, now=NOW, lease=LEASE) is not None
    [second] = await _claim(database, LATER)
    # This one dies before it has looked for the message: the third must look from the first moment on.
    begun = await outbox.begin(second, now=LATER, lease=LEASE)
    assert begun is not None
    assert begun.post_began_at == NOW
    [third] = await _claim(database, LATER + LEASE)
    assert third.post_began_at == NOW
    assert await _delivered(database, third)
    assert (await _row(database)).post_began_at is None


@pytest.mark.parametrize(
    ("record", "known"),
    [
        (lambda box, claim: box.put_back(claim, due_at=NOW, error="x", certainly_not_posted=True), True),
        (lambda box, claim: box.put_back(claim, due_at=NOW, error="x", certainly_not_posted=False), False),
        (lambda box, claim: box.defer(claim, due_at=NOW), True),
        (lambda box, claim: box.drop(claim), True),
    ],
    ids=["refused", "unanswered", "deferred", "dropped"],
)
async def test_whether_a_post_may_be_in_slack(
    database: Database, record: Callable[[Outbox, Claim], Awaitable[None]], known: bool
) -> None:
    outbox = database.outbox
    await want(database, message())
    [claim] = await _claim(database)
    assert await outbox.begin(claim, now=NOW, lease=LEASE) is not None
    await record(outbox, claim)
    assert (await _row(database)).post_began_at == (None if known else NOW)
    # What was unknown before this attempt stays so, however this attempt ends.
    await want(database, message("other", channel="C2"), at=NOW)
    crashed = next(each for each in await _claim(database) if each.key == "other")
    assert await outbox.begin(crashed, now=NOW, lease=LEASE) is not None
    again = next(each for each in await _claim(database, LATER) if each.key == "other")
    assert await outbox.begin(again, now=LATER, lease=LEASE) is not None
    await record(outbox, again)
    assert (await _row(database, "other")).post_began_at == NOW


async def test_an_update_is_no_post(database: Database) -> None:
    await want(database, message())
    [claim] = await _claim(database)
    assert await _delivered(database, claim)
    await want(database, message(), at=LATER)
    [claim] = await _claim(database, LATER)
    begun = await database.outbox.begin(claim, now=LATER, lease=LEASE)
    assert begun is not None
    assert (begun.ts, begun.generation) == ("1.1", 2)
    assert (await _row(database)).post_began_at is None


async def test_what_is_wanted_during_a_delivery_stays_pending(database: Database) -> None:
    await want(database, message())
    [claim] = await _claim(database)
    begun = await database.outbox.begin(claim, now=NOW, lease=LEASE)
    assert begun is not None
    await want(database, message())
    assert await _delivered(database, claim, begun.generation, NOW + SECOND)
    row = await _row(database)
    assert (row.wanted, row.delivered, row.due_at) == (2, 1, NOW + 2 * SECOND)
    assert await database.outbox.pending() == 1
    [claim] = await _claim(database, NOW + 2 * SECOND)
    begun = await database.outbox.begin(claim, now=NOW + 2 * SECOND, lease=LEASE)
    assert begun is not None
    assert begun.generation == 2
    assert await _delivered(database, claim, 2)
    assert await database.outbox.pending() == 0
    assert await database.outbox.next_due(now=NOW) is None


async def test_what_is_wanted_between_claim_and_drop_stays_pending(database: Database) -> None:
    await want(database, message())
    [claim] = await _claim(database)
    await want(database, message())
    await database.outbox.drop(claim)
    assert await database.outbox.pending() == 1
    [claim] = await _claim(database)
    await database.outbox.drop(claim)
    assert await database.outbox.pending() == 0
    row = await _row(database)
    assert (row.ts, row.delivered_at) == (None, None)


async def test_a_failed_delivery_counts_and_waits(database: Database) -> None:
    await want(database, message())
    for attempt in range(3):
        [claim] = await _claim(database, NOW + attempt * LEASE)
        assert claim.attempts == attempt
        await database.outbox.put_back(
            claim, due_at=NOW + (attempt + 1) * LEASE, error="internal_error", certainly_not_posted=True
        )
    assert await _claim(database, NOW + 3 * LEASE - SECOND) == []
    [claim] = await _claim(database, NOW + 3 * LEASE)
    assert await _delivered(database, claim)
    assert (await _row(database)).attempts == 0


async def test_waiting_for_a_turn_is_no_failure(database: Database) -> None:
    await want(database, message())
    [claim] = await _claim(database)
    await database.outbox.defer(claim, due_at=LATER)
    assert await _claim(database) == []
    [claim] = await _claim(database, LATER)
    assert claim.attempts == 0


async def test_a_blocked_message_waits_until_its_channel_is_free(database: Database) -> None:
    outbox = database.outbox
    await want(database, message("board"), message("elsewhere", channel="C2"))
    for claim in await _claim(database):
        await outbox.put_back(claim, due_at=NOW, error="x", certainly_not_posted=True)
    for claim in await _claim(database):
        await outbox.block(claim, reason="is_archived")
    assert (await outbox.pending(), await outbox.blocked()) == (0, 2)
    assert await outbox.next_due(now=NOW) is None
    await want(database, message())
    assert await _claim(database, LATER) == []
    assert (await _row(database)).blocked == "is_archived"
    assert await outbox.unblock(workspace_id=WORKSPACE, channel_id="C1", now=LATER) == 1
    [claim] = await _claim(database, LATER)
    assert (claim.key, claim.attempts) == ("board", 0)
    assert (await outbox.pending(), await outbox.blocked()) == (1, 1)
    assert await outbox.unblock_all(now=LATER) == 1
    assert await outbox.blocked() == 0


async def test_a_message_that_is_gone_is_posted_anew(database: Database) -> None:
    await want(database, message())
    [claim] = await _claim(database)
    assert await _delivered(database, claim)
    await want(database, message(), at=LATER)
    [claim] = await _claim(database, LATER)
    await database.outbox.forget_posted(claim)
    [claim] = await _claim(database, LATER)
    assert (claim.ts, claim.update, claim.post_began_at) == (None, False, None)


async def test_a_thread_that_is_gone_is_begun_anew_once(database: Database) -> None:
    outbox = database.outbox
    await want(database, message("card"))
    [card] = await _claim(database)
    assert await _delivered(database, card)
    await want(database, message("one", parent="card"), at=LATER)
    await want(database, message("two", channel="C2", parent="card"), at=LATER)
    one, two = await _claim(database, LATER)
    await outbox.forget_thread(one, now=LATER)
    [card] = await _claim(database, LATER)
    assert (card.key, card.ts) == ("card", None)
    assert await outbox.delivered(
        card, ts="2.2", channel_id="C1", generation=card.generation, now=LATER, redraw_after=SECOND
    )
    # The second found out about the old thread only now: the new one stays.
    await outbox.forget_thread(two, now=LATER)
    assert (await _row(database, "card")).ts == "2.2"
    assert {(claim.key, claim.parent_ts) for claim in await _claim(database, LATER)} == {
        ("one", "2.2"),
        ("two", "2.2"),
    }


async def test_the_next_moment_is_the_earliest_of_times_and_leases(database: Database) -> None:
    outbox = database.outbox
    assert await outbox.next_due(now=NOW) is None
    await want(database, message("later", due_at=NOW + 2 * LEASE))
    assert await outbox.next_due(now=NOW) == NOW + 2 * LEASE
    await want(database, message("now"))
    assert await outbox.next_due(now=NOW) == NOW
    assert await outbox.next_due(now=LATER) == LATER
    await _claim(database)
    assert await outbox.next_due(now=NOW) == NOW + LEASE


async def test_a_hold_on_a_channel_is_never_brought_forward(database: Database) -> None:
    outbox = database.outbox
    await want(database, message())
    for until in (NOW + SECOND, LATER, NOW + 2 * SECOND):
        await outbox.hold_channel(workspace_id=WORKSPACE, channel_id="C1", until=until)
    assert await outbox.next_due(now=NOW) == LATER
    assert await _claim(database, LATER - SECOND) == []
    assert len(await _claim(database, LATER)) == 1
