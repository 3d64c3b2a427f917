"""Many at once: nothing is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

from model.assessment.steps import AddEvidence, RecordLevel
from storage.database import Database
from storage.engine.errors import AlreadyUnderWay
from tests.storage.material import (
    FIRST_PROMPT,
    LEASE,
    NOW,
    SECOND,
    WORKSPACE,
    message,
    started,
    stepped,
    stored,
    want,
)


async def test_twenty_votes_at_once_are_all_kept(database: Database) -> None:
    await stored(database, opened=True)

    async def press(person: str, level: int) -> None:
        async with database.unit_of_work(WORKSPACE) as work:
            before = await work.assessments.lock("A1")
            assert before is not None
            taken = stepped(before, RecordLevel(FIRST_PROMPT, level), by=person)
            offered = stepped(
                taken.assessment, AddEvidence(FIRST_PROMPT, f"E-{person}", "Seen", ""), by=person
            )
            await work.assessments.save(before, offered.assessment, (*taken.entries, *offered.entries))
            await work.messages.want(message("board", assessment="A1"), NOW, redraw_after=SECOND)
            await work.commit()

    await asyncio.gather(*(press(f"U{number}", 1 + number % 5) for number in range(20)))
    async with database.reading(WORKSPACE) as work:
        found = await work.assessments.get("A1")
        assert found is not None
        prompt = found.prompt(FIRST_PROMPT)
        assert {vote.person: vote.level for vote in prompt.votes} == {
            f"U{number}": 1 + number % 5 for number in range(20)
        }
        assert len(prompt.evidence) == 20
        history = await work.assessments.history("A1")
        # Two for the start and the opening, then two for each of the twenty.
        assert len(history) == 42
        board = await work.messages.get("board")
        assert board is not None
        assert board.wanted == 20


async def test_of_many_starts_in_a_channel_one_wins(database: Database) -> None:
    async def begin(number: int) -> str | None:
        assessment, entries = started(f"A{number}")
        async with database.unit_of_work(WORKSPACE) as work:
            try:
                await work.assessments.add(assessment, entries)
            except AlreadyUnderWay:
                return None
            await work.commit()
        return assessment.id

    winners = [id_ for id_ in await asyncio.gather(*map(begin, range(8))) if id_ is not None]
    async with database.reading(WORKSPACE) as work:
        assert [each.id for each in await work.assessments.running()] == winners
    assert len(winners) == 1


async def test_of_many_deliveries_of_one_event_one_is_first(database: Database) -> None:
    async def handle() -> bool:
        async with database.unit_of_work(WORKSPACE) as work:
            first = await work.deliveries_seen.first_time("event", NOW)
            await work.commit()
        return first

    assert sorted(await asyncio.gather(*(handle() for _ in range(10)))) == [False] * 9 + [True]


async def test_a_delivery_whose_handling_failed_may_come_again(database: Database) -> None:
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.deliveries_seen.first_time("event", NOW)
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.deliveries_seen.first_time("event", NOW)
        await work.commit()
    async with database.unit_of_work(WORKSPACE) as work:
        assert not await work.deliveries_seen.first_time("event", NOW)
        assert await work.deliveries_seen.first_time("another", NOW)
        await work.commit()
    assert await database.outbox.forget_seen_before(NOW) == 0
    assert await database.outbox.forget_seen_before(NOW + SECOND) == 2
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.deliveries_seen.first_time("event", NOW)


async def test_a_new_message_wanted_by_many_at_once_is_one(database: Database) -> None:
    await asyncio.gather(*(want(database, message("board")) for _ in range(10)))
    async with database.reading(WORKSPACE) as work:
        board = await work.messages.get("board")
    assert board is not None
    assert (board.wanted, board.delivered) == (10, 0)


async def test_eight_workers_claim_each_of_two_hundred_once(database: Database) -> None:
    keys = [f"m{number}" for number in range(200)]
    await want(database, *(message(key, channel=f"C{key}") for key in keys))
    claimed: Counter[str] = Counter()

    async def worker(name: str) -> None:
        while claims := await database.outbox.claim(owner=name, now=NOW, lease=LEASE, limit=7):
            assert len(claims) <= 7
            claimed.update(claim.key for claim in claims)

    await asyncio.gather(*(worker(f"w{number}") for number in range(8)))
    # A worker may find every free row held for a moment by the others and stop; what is left is still there.
    await worker("last")
    assert claimed == Counter(keys)


async def test_of_many_holds_at_once_the_longest_counts(database: Database) -> None:
    await want(database, message())
    holds = [NOW + timedelta(seconds=seconds) for seconds in range(10)]
    await asyncio.gather(
        *(
            database.outbox.hold_channel(workspace_id=WORKSPACE, channel_id="C1", until=until)
            for until in (*holds, *reversed(holds))
        )
    )
    assert await database.outbox.next_due(now=NOW) == max(holds)
