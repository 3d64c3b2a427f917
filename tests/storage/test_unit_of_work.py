"""Nothing lasts without a commit, and nothing is written by a reader."""

from __future__ import annotations

import asyncio

import pytest

from storage.database import Database
from storage.errors import StorageUnavailable
from tests.storage.material import NOW, SECOND, WORKSPACE, message, started, stored


async def test_what_is_not_committed_is_undone(database: Database) -> None:
    assessment, entries = started()
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(assessment, entries)
        await work.messages.want(message(), NOW, redraw_after=SECOND)
        await work.settings.put("channel:C1", "start", {"mode": "quick"})
        assert await work.deliveries_seen.first_time("event", NOW)
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.get("A1") is None
        assert await work.messages.get("board") is None
        assert await work.settings.get("channel:C1", "start") is None
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.deliveries_seen.first_time("event", NOW)


async def test_an_error_inside_undoes_everything(database: Database) -> None:
    with pytest.raises(LookupError):
        async with database.unit_of_work(WORKSPACE) as work:
            await work.settings.put("channel:C1", "start", 1)
            raise LookupError
    async with database.reading(WORKSPACE) as work:
        assert await work.settings.get("channel:C1", "start") is None


async def test_after_the_commit_nothing_more_can_be_done(database: Database) -> None:
    async with database.unit_of_work(WORKSPACE) as work:
        await work.settings.put("channel:C1", "start", 1)
        await work.commit()
        with pytest.raises(RuntimeError, match="not open"):
            await work.settings.put("channel:C1", "start", 2)
    async with database.reading(WORKSPACE) as work:
        assert await work.settings.get("channel:C1", "start") == 1


async def test_a_reader_can_change_nothing(database: Database) -> None:
    before = await stored(database)
    other, entries = started("A2", channel="C2")
    async with database.reading(WORKSPACE) as work:
        with pytest.raises(RuntimeError):
            await work.commit()
        for change in (
            work.assessments.add(other, entries),
            work.assessments.lock("A1"),
            work.assessments.save(before, before, entries),
            work.messages.want(message(), NOW, redraw_after=SECOND),
            work.deliveries_seen.first_time("event", NOW),
            work.settings.put("channel:C1", "start", 1),
        ):
            with pytest.raises(RuntimeError):
                await change


async def test_a_reader_sees_one_moment_throughout(database: Database) -> None:
    async with database.reading(WORKSPACE) as reader:
        assert await reader.settings.get("channel:C1", "start") is None
        async with database.unit_of_work(WORKSPACE) as work:
            await work.settings.put("channel:C1", "start", 1)
            await work.commit()
        assert await reader.settings.get("channel:C1", "start") is None
    async with database.reading(WORKSPACE) as reader:
        assert await reader.settings.get("channel:C1", "start") == 1


async def test_a_cancelled_task_leaves_no_lock_behind(database: Database) -> None:
    holding = asyncio.Event()

    async def hold() -> None:
        async with database.unit_of_work(WORKSPACE) as work:
            await work.settings.put("channel:C1", "start", 1)
            holding.set()
            while True:
                await work.settings.put("channel:C1", "start", 2)

    for _ in range(10):
        task = asyncio.create_task(hold())
        await holding.wait()
        holding.clear()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with asyncio.timeout(10):
        async with database.unit_of_work(WORKSPACE) as work:
            assert await work.settings.get("channel:C1", "start") is None
            await work.settings.put("channel:C1", "start", 3)
            await work.commit()


async def test_a_closed_database_says_so(database: Database) -> None:
    outbox = database.outbox
    await database.close()
    with pytest.raises(StorageUnavailable, match="closed"):
        database.unit_of_work(WORKSPACE)
    with pytest.raises(StorageUnavailable, match="closed"):
        await outbox.pending()


async def test_a_unit_of_work_needs_a_workspace(database: Database) -> None:
    with pytest.raises(ValueError, match="workspace"):
        database.unit_of_work("")
