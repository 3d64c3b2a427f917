"""Nothing lasts without a commit, and nothing is written by a reader."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.database import Database
from storage.engine import transaction
from storage.engine.errors import StorageUnavailable
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


async def test_one_cancelled_while_it_connects_gives_the_connection_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A driver that connects in a thread would otherwise leave it open for ever."""
    go_on, opened, whole = asyncio.Event(), list[AsyncConnection](), transaction._opened

    async def slowly(engine: AsyncEngine) -> AsyncConnection:
        await go_on.wait()
        opened.append(await whole(engine))
        return opened[-1]

    monkeypatch.setattr(transaction, "_opened", slowly)
    using = asyncio.create_task(_read(database))
    await asyncio.sleep(0)
    using.cancel()
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(using, return_exceptions=True)
    assert using.cancelled()
    assert [connection.closed for connection in opened] == [True]


async def test_a_close_waits_for_what_a_cancelled_task_gives_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection given back to an engine that was disposed of is never closed."""
    go_on, whole = asyncio.Event(), transaction._give_back

    async def slowly(connection: AsyncConnection) -> None:
        await go_on.wait()
        await whole(connection)

    monkeypatch.setattr(transaction, "_give_back", slowly)
    using = asyncio.create_task(_read(database))
    async with asyncio.timeout(5):
        while not transaction._closing:
            await asyncio.sleep(0)
    using.cancel()
    await asyncio.gather(using, return_exceptions=True)
    closing = asyncio.create_task(database.close())
    for _ in range(10):
        await asyncio.sleep(0)
    assert not closing.done()
    go_on.set()
    await closing


async def _read(database: Database) -> None:
    async with database.reading(WORKSPACE) as work:
        await work.settings.get("scope", "name")
