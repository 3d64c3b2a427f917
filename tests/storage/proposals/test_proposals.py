"""Proposals in the tables: kept whole, one a message, one after the other, gone with their assessment."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from model.assessment.steps import Cancel
from model.library.library import Amount
from model.proposals.proposal import Accepted, Mark, Proposal, ProposalState, ProposedEffort, Source
from model.proposals.steps import ProposalEntry, ProposalHappened
from storage.database import Database
from storage.engine.errors import ConstraintBroken
from storage.tables import assessment, proposal
from tests.storage.material import LEASE, NOW, SECOND, WORKSPACE, message, stepped, stored, want

MINUTE = timedelta(minutes=1)
SOURCE = Source("C1", "1700000001.000100", "1700000000.000100", "U2", "Other words", True)
PLAIN = Proposal("P1", "A1", "C1", "Bin days", "Bin days online", "U3", NOW, ProposalState.DRAFT, "U3", NOW)
WHOLE = replace(
    PLAIN,
    source=SOURCE,
    shortened=True,
    state=ProposalState.DISMISSED,
    state_reason="We have it.",
    dimension_id="data",
    from_level=2,
    to_level=3,
    effort=ProposedEffort(Amount.LOW, None, Amount.HIGH),
    benefits=("efficiency", "agility"),
    marks=(Mark("U3", "message:bulb", True, NOW), Mark("U1", "card:+1", False, NOW + MINUTE)),
    accepted=Accepted("bin-days", "U1", NOW),
    told_at=NOW,
    revision=4,
)
ENTRY = ProposalEntry(ProposalHappened.PROPOSED, "U3", NOW, "a", "b", "c")


async def add(database: Database, new: Proposal, workspace: str = WORKSPACE) -> bool:
    async with database.unit_of_work(workspace) as work:
        added = await work.proposals.add(new, (ENTRY,))
        await work.commit()
    return added


async def found(database: Database, id_: str = "P1", workspace: str = WORKSPACE) -> Proposal | None:
    async with database.reading(workspace) as work:
        return await work.proposals.get(id_)


@pytest.mark.parametrize("new", [PLAIN, WHOLE])
async def test_a_proposal_is_kept_whole_with_its_history(database: Database, new: Proposal) -> None:
    await stored(database)
    assert await add(database, new)
    assert await found(database) == new
    async with database.reading(WORKSPACE) as work:
        assert await work.proposals.history("P1") == [ENTRY]
        assert await work.proposals.get("P2") is None


async def test_changes_are_written_and_nothing_else(database: Database) -> None:
    await stored(database)
    await add(database, PLAIN)
    for after in (replace(WHOLE, source=SOURCE), PLAIN):
        async with database.unit_of_work(WORKSPACE) as work:
            before = await work.proposals.lock("P1")
            assert before is not None
            await work.proposals.save(before, after, (ENTRY,))
            await work.commit()
        assert await found(database) == after


async def test_what_never_changes(database: Database) -> None:
    await stored(database)
    await add(database, PLAIN)
    async with database.unit_of_work(WORKSPACE) as work:
        with pytest.raises(RuntimeError):
            await work.proposals.save(PLAIN, WHOLE, ())
        assert await work.proposals.lock("P2") is None
        await work.proposals.lock("P1")
        with pytest.raises(ValueError, match="proposed_by"):
            await work.proposals.save(PLAIN, replace(PLAIN, proposed_by="U1"), ())


async def test_there_is_one_a_message_and_assessment(database: Database) -> None:
    await stored(database)
    await stored(database, "A2", channel="C2")
    assert await add(database, WHOLE)
    assert not await add(database, replace(WHOLE, id="P2"))
    assert await found(database, "P2") is None
    # Words of people's own are copies of nothing.
    assert await add(database, replace(PLAIN, id="P3"))
    assert await add(database, replace(PLAIN, id="P4"))
    assert await add(database, replace(WHOLE, id="P5", assessment_id="A2", proposed_at=NOW + MINUTE))
    async with database.reading(WORKSPACE) as work:
        newest = await work.proposals.of_message(SOURCE.channel_id, SOURCE.ts)
        assert newest is not None
        assert newest.id == "P5"
        assert await work.proposals.of_message(SOURCE.channel_id, "1") is None
        assert [each.id for each in await work.proposals.drafts("A1")] == ["P3", "P4"]


async def test_those_of_a_cancelled_assessment_are_not_found_by_their_message(database: Database) -> None:
    started = await stored(database)
    await add(database, WHOLE)
    async with database.unit_of_work(WORKSPACE) as work:
        before = await work.assessments.lock("A1")
        assert before is not None
        taken = stepped(started, Cancel("No."))
        await work.assessments.save(before, taken.assessment, taken.entries)
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        assert await work.proposals.of_message(SOURCE.channel_id, SOURCE.ts) is None
        assert await work.proposals.get("P1") is not None


async def test_they_belong_to_their_workspace_and_go_with_their_assessment(database: Database) -> None:
    await stored(database)
    with pytest.raises(ConstraintBroken):
        await add(database, PLAIN, "T2")
    await stored(database, workspace="T2")
    assert await add(database, PLAIN)
    assert await found(database, workspace="T2") is None
    assert await add(database, PLAIN, "T2")
    async with database._transaction(read_only=False) as transaction:
        await transaction.execute(delete(assessment).where(assessment.c.workspace_id == WORKSPACE))
        await transaction.commit()
    assert await found(database) is None
    assert await found(database, workspace="T2") == PLAIN
    async with database._transaction(read_only=True) as transaction:
        rows = (await transaction.execute(proposal.select())).mappings().all()
    assert [row["workspace_id"] for row in rows] == ["T2"]


async def test_of_many_who_add_the_same_at_once_one_does(postgres_url: str) -> None:
    replicas = [await Database.open(postgres_url) for _ in range(2)]
    await stored(replicas[0])

    async def support(number: int) -> bool:
        async with replicas[number % 2].unit_of_work(WORKSPACE) as work:
            new = replace(WHOLE, id=f"P{number}", marks=())
            added = await work.proposals.add(new, ())
            standing = await work.proposals.of_message(SOURCE.channel_id, SOURCE.ts)
            assert standing is not None
            locked = await work.proposals.lock(standing.id)
            assert locked is not None
            mark = Mark(f"U{number}", "message:bulb", True, NOW)
            await work.proposals.save(locked, locked.with_mark(mark), ())
            await work.commit()
        return added

    assert sum(await asyncio.gather(*(support(number) for number in range(12)))) == 1
    async with replicas[0].reading(WORKSPACE) as work:
        standing = await work.proposals.of_message(SOURCE.channel_id, SOURCE.ts)
    assert standing is not None
    assert set(standing.supporters) == {f"U{number}" for number in range(12)}
    for each in replicas:
        await each.close()


async def test_a_message_goes_into_the_thread_of_somebody_elses(database: Database) -> None:
    await want(database, replace(message("card"), thread_ts="1700000000.000100"))
    [claim] = await database.outbox.claim(owner="d", now=NOW, lease=LEASE, limit=10)
    assert (claim.parent_ts, claim.update) == ("1700000000.000100", False)
    await database.outbox.forget_thread(claim, now=NOW + SECOND)
    [again] = await database.outbox.claim(owner="d", now=NOW + SECOND, lease=LEASE, limit=10)
    assert again.parent_ts is None


async def test_an_erased_person_stays_as_a_supporter_without_a_name(database: Database) -> None:
    await stored(database)
    await add(database, WHOLE)
    async with database.unit_of_work(WORKSPACE) as work:
        touched = await work.records.erase("U3", "erased-1", NOW)
        await work.commit()
    after = await found(database)
    assert after is not None
    assert (after.proposed_by, after.supporters) == ("erased-1", ("erased-1",))
    assert touched == {"A1"}
