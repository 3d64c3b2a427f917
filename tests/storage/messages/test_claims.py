"""In which order posts are claimed, and when a channel must rest."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.messages.outbox import Claim
from tests.storage.material import LEASE, NOW, SECOND, WORKSPACE, message, want

LATER = NOW + LEASE


async def _claim(database: Database, at: datetime = NOW, owner: str = "a") -> list[Claim]:
    return await database.outbox.claim(owner=owner, now=at, lease=LEASE, limit=9)


async def _post(database: Database, claim: Claim, at: datetime = NOW) -> None:
    assert await database.outbox.delivered(
        claim, ts=f"{claim.id}.0", channel_id=claim.channel_id, generation=1, now=at, redraw_after=SECOND
    )


async def test_posts_to_one_channel_are_claimed_one_at_a_time(database: Database) -> None:
    await want(database, message("one"), message("two"), message("away", channel="C2"))
    one, away = await _claim(database)
    assert (one.key, away.key) == ("one", "away")
    assert await _claim(database, owner="b") == []
    await _post(database, one)
    [two] = await _claim(database, owner="b")
    assert two.key == "two"


async def test_what_was_wanted_first_is_posted_first_whatever_failed(database: Database) -> None:
    await want(database, message("one"), message("two"))
    [one] = await _claim(database)
    until = NOW + 5 * SECOND
    await database.outbox.hold_channel(workspace_id=WORKSPACE, channel_id="C1", until=until)
    await database.outbox.put_back(one, due_at=until, error="http_500", certainly_not_posted=False)
    assert await _claim(database, until - SECOND) == []
    assert await database.outbox.next_due(now=NOW) == until
    [again] = await _claim(database, until)
    assert again.key == "one"


async def test_edits_are_claimed_beside_a_post_and_while_the_channel_rests(database: Database) -> None:
    await want(database, message("board"))
    await _post(database, (await _claim(database))[0])
    await want(database, message("post"))
    assert [claim.key for claim in await _claim(database)] == ["post"]
    await want(database, message("board"), at=LATER)
    await database.outbox.hold_channel(workspace_id=WORKSPACE, channel_id="C1", until=LATER + LEASE)
    assert [claim.key for claim in await _claim(database, LATER)] == ["board"]


async def test_a_post_behind_one_whose_lease_ran_out_waits_for_that_one(database: Database) -> None:
    await want(database, message("one"), message("two"))
    await _claim(database)
    assert await database.outbox.next_due(now=NOW) == LATER
    assert [claim.key for claim in await _claim(database, LATER, "b")] == ["one"]


async def test_a_flood_in_one_channel_leaves_room_for_the_others(database: Database) -> None:
    await want(database, *(message(f"flood{n}") for n in range(50)), message("away", channel="C2"))
    assert [claim.key for claim in await _claim(database)] == ["flood0", "away"]


async def test_many_dispatchers_post_in_order(database: Database) -> None:
    keys = [f"m{number:02}" for number in range(20)]
    await want(database, *(message(key) for key in keys))
    posted: list[str] = []

    async def dispatcher(name: str) -> None:
        while await database.outbox.pending():
            for claim in await _claim(database, owner=name):
                posted.append(claim.key)
                await _post(database, claim)

    await asyncio.gather(*(dispatcher(f"d{number}") for number in range(4)))
    assert posted == keys


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(faults=st.lists(st.integers(min_value=0, max_value=2), max_size=12))
def test_the_order_outlasts_any_faults(faults: list[int], sqlite_url: str) -> None:
    """How attempts end: 0 posted, 1 held back and tried again, 2 the dispatcher died."""
    asyncio.run(_order_outlasts(faults, sqlite_url))


async def _order_outlasts(faults: list[int], url: str) -> None:
    database = await Database.open(url)
    try:
        channel = f"C{uuid4().hex}"
        keys = [f"{channel}-{number}" for number in range(4)]
        await want(database, *(message(key, channel=channel) for key in keys))
        posted: list[str] = []
        now, ends = NOW, list(faults)
        while len(posted) < len(keys):
            moment = await database.outbox.next_due(now=now)
            assert moment is not None, "something is still to come"
            now = moment
            [claim] = await _claim(database, now)
            end = ends.pop() if ends else 0
            if end == 0:
                posted.append(claim.key)
                await _post(database, claim, now)
            elif end == 1:
                until = now + timedelta(seconds=2)
                await database.outbox.hold_channel(workspace_id=WORKSPACE, channel_id=channel, until=until)
                await database.outbox.put_back(
                    claim, due_at=until, error="http_500", certainly_not_posted=True
                )
        assert posted == keys
    finally:
        await database.close()


async def test_a_sqlite_file_opened_anew_waits_for_no_dead_process(sqlite_url: str) -> None:
    """The lock file proves that whoever held a lease is gone; that a post had begun is still known."""
    before = await Database.open(sqlite_url)
    await want(before, message("board"))
    [held] = await _claim(before)
    assert await before.outbox.begin(held, now=NOW, lease=LEASE) is not None
    await before.close()
    after = await Database.open(sqlite_url)
    try:
        [again] = await _claim(after, NOW + SECOND, owner="b")
        assert again.post_began_at == NOW
        assert not await after.outbox.delivered(
            held, ts="1.0", channel_id="C1", generation=1, now=NOW, redraw_after=SECOND
        )
    finally:
        await after.close()
