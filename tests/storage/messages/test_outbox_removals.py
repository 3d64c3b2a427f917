"""Messages that should no longer be in Slack."""

from __future__ import annotations

from datetime import datetime

import pytest

from storage.database import Database
from storage.messages.messages import MessageRow
from storage.messages.outbox import Claim
from tests.storage.material import LEASE, NOW, SECOND, WORKSPACE, message, stored, want

LATER = NOW + LEASE


async def _claim(database: Database, at: datetime = LATER) -> list[Claim]:
    return await database.outbox.claim(owner="a", now=at, lease=LEASE, limit=9)


async def _post(database: Database, *keys: str, parent: str | None = None) -> None:
    """Want messages and deliver them."""
    for key in keys:
        await want(database, message(key, parent=parent))
        [claim] = await _claim(database, NOW)
        assert await database.outbox.delivered(
            claim, ts=f"{key}.0", channel_id="C1", generation=1, now=NOW, redraw_after=SECOND
        )


async def _remove(database: Database, *keys: str, at: datetime = LATER) -> None:
    async with database.unit_of_work(WORKSPACE) as work:
        for key in keys:
            await work.messages.remove(key, at)
        await work.commit()


async def _row(database: Database, key: str = "board") -> MessageRow | None:
    async with database.reading(WORKSPACE) as work:
        return await work.messages.get(key)


async def _begun(database: Database, claim: Claim, at: datetime = LATER) -> int:
    begun = await database.outbox.begin(claim, now=at, lease=LEASE)
    assert begun is not None
    assert begun.removal is claim.removal
    return begun.generation


async def test_a_removal_is_claimed_and_then_forgotten(database: Database) -> None:
    await _post(database, "board")
    await _remove(database, "board", "never heard of")
    [claim] = await _claim(database)
    assert (claim.removal, claim.update, claim.ts) == (True, False, "board.0")
    generation = await _begun(database, claim)
    await database.outbox.removed(claim, generation=generation, now=LATER)
    assert await _row(database) is None
    assert await database.outbox.pending() == 0


async def test_to_remove_twice_is_once(database: Database) -> None:
    await _post(database, "board")
    await _remove(database, "board")
    first = await _row(database)
    await _remove(database, "board", at=LATER + SECOND)
    assert await _row(database) == first


async def test_a_message_that_was_never_posted_is_no_post_any_more(database: Database) -> None:
    """It waits neither for its channel nor for its thread, and no look-up is noted for it."""
    await want(database, message("card"), message("reply", parent="card"))
    await database.outbox.hold_channel(workspace_id=WORKSPACE, channel_id="C1", until=LATER + LEASE)
    await _remove(database, "reply", at=NOW)
    [claim] = await _claim(database, NOW)
    assert (claim.key, claim.removal) == ("reply", True)
    begun = await database.outbox.begin(claim, now=NOW, lease=LEASE)
    assert begun is not None
    assert (begun.ts, begun.post_began_at) == (None, None)
    row = await _row(database, "reply")
    assert row is not None
    assert row.post_began_at is None


async def test_what_stands_in_a_thread_goes_with_it_and_before_it(database: Database) -> None:
    await _post(database, "card")
    await _post(database, "one", "two", parent="card")
    await _remove(database, "card")
    assert await database.outbox.next_due(now=NOW) == LATER
    replies = await _claim(database)
    assert [claim.key for claim in replies] == ["one", "two"]
    for claim in replies:
        await database.outbox.removed(claim, generation=2, now=LATER)
    [card] = await _claim(database)
    assert (card.key, card.removal) == ("card", True)


async def test_one_that_is_wanted_again_in_time_stays(database: Database) -> None:
    await _post(database, "board")
    await _remove(database, "board")
    await want(database, message(), at=LATER)
    [claim] = await _claim(database)
    assert (claim.removal, claim.update) == (False, True)


async def test_one_that_is_wanted_again_during_its_removal_is_posted_anew(database: Database) -> None:
    await _post(database, "board")
    await _remove(database, "board")
    [claim] = await _claim(database)
    generation = await _begun(database, claim)
    await want(database, message(), at=LATER)
    await database.outbox.removed(claim, generation=generation, now=LATER)
    [again] = await _claim(database, LATER + SECOND)
    assert (again.removal, again.update, again.ts) == (False, False, None)


async def test_one_that_is_wanted_again_before_its_removal_began_shows_in_what_begins(
    database: Database,
) -> None:
    await _post(database, "board")
    await _remove(database, "board")
    [claim] = await _claim(database)
    await want(database, message(), at=LATER)
    begun = await database.outbox.begin(claim, now=LATER, lease=LEASE)
    assert begun is not None
    assert (claim.removal, begun.removal) == (True, False)


async def test_a_removal_during_a_post_comes_after_it(database: Database) -> None:
    await want(database, message())
    [claim] = await _claim(database, NOW)
    generation = await _begun(database, claim, NOW)
    await _remove(database, "board", at=NOW)
    assert await _claim(database, NOW) == [], "whoever posts it has it"
    assert await database.outbox.delivered(
        claim, ts="1.1", channel_id="C1", generation=generation, now=NOW, redraw_after=SECOND
    )
    [removal] = await _claim(database, NOW + SECOND)
    assert (removal.removal, removal.ts) == (True, "1.1")


async def test_a_removal_knows_of_a_post_whose_outcome_is_not_known(database: Database) -> None:
    await want(database, message())
    [claim] = await _claim(database, NOW)
    await _begun(database, claim, NOW)
    await _remove(database, "board")
    [removal] = await _claim(database)
    assert (removal.ts, removal.post_began_at) == (None, NOW)


async def test_a_lost_claim_forgets_nothing(database: Database) -> None:
    await _post(database, "board")
    await _remove(database, "board")
    [old] = await _claim(database)
    [new] = await _claim(database, LATER + LEASE)
    await database.outbox.removed(old, generation=2, now=LATER + LEASE)
    row = await _row(database)
    assert row is not None
    assert (row.ts, row.unwanted_at) == ("board.0", LATER)
    await database.outbox.removed(new, generation=2, now=LATER + LEASE)
    assert await _row(database) is None


async def test_messages_outlive_their_assessment_until_they_are_removed(database: Database) -> None:
    await stored(database)
    await stored(database, "A2", channel="C2")
    await want(database, message("card", assessment="A1"), message("other", assessment="A2", channel="C2"))
    async with database.unit_of_work(WORKSPACE) as work:
        await work.messages.remove("card", NOW)
        await work.messages.remove_all_of("A1", LATER)
        await work.commit()
    row = await _row(database, "card")
    assert row is not None
    assert (row.assessment_id, row.unwanted_at, row.wanted) == (None, NOW, 2)
    other = await _row(database, "other")
    assert other is not None
    assert (other.assessment_id, other.unwanted_at) == ("A2", None)


async def test_what_a_deleted_assessment_would_have_redrawn_is_removed_all_the_same(
    database: Database,
) -> None:
    """Somebody looked at it right before it was deleted, and wants its board right after."""
    await stored(database)
    await want(database, message("board", assessment="A1"))
    async with database.unit_of_work(WORKSPACE) as work:
        await work.messages.remove_all_of("A1", LATER)
        await work.commit()
    await want(database, message("board", assessment="A1"))
    row = await _row(database)
    assert row is not None
    assert (row.unwanted_at, row.wanted) == (LATER, 2)


async def test_other_workspaces_keep_theirs(database: Database) -> None:
    await want(database, message(), workspace="T2")
    await _remove(database, "board")
    async with database.reading("T2") as work:
        row = await work.messages.get("board")
    assert row is not None
    assert row.unwanted_at is None


async def test_reading_removes_nothing(database: Database) -> None:
    async with database.reading(WORKSPACE) as work:
        with pytest.raises(RuntimeError):
            await work.messages.remove("board", NOW)
