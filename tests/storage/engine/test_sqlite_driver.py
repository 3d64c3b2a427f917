"""The SQLite connection that goes to its thread once for a statement."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.engine.engines import sqlite_engine
from storage.engine.sqlite_driver import OneTripConnection


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    made = sqlite_engine(tmp_path / "any.db", begin="BEGIN IMMEDIATE")
    async with made.begin() as connection:
        await connection.execute(text("CREATE TABLE word (number INTEGER PRIMARY KEY, word TEXT UNIQUE)"))
    yield made
    await made.dispose()


async def words(connection: AsyncConnection) -> list[str]:
    return list((await connection.execute(text("SELECT word FROM word ORDER BY number"))).scalars())


async def test_rows_counts_and_what_a_change_returns(engine: AsyncEngine) -> None:
    add = text("INSERT INTO word (word) VALUES (:word)")
    async with engine.begin() as connection:
        first = await connection.execute(add, {"word": "one"})
        assert (first.lastrowid, first.rowcount) == (1, 1)
        await connection.execute(add, [{"word": "two"}, {"word": "three"}])
        longer = text("UPDATE word SET word = word || '!' WHERE number > 1 RETURNING word")
        assert sorted((await connection.execute(longer)).scalars()) == ["three!", "two!"]
        assert (await connection.execute(text("DELETE FROM word WHERE number = 9"))).rowcount == 0
        found = (await connection.execute(text("SELECT number, word FROM word"))).mappings().all()
        assert [dict(row) for row in found][0] == {"number": 1, "word": "one"}
        assert (await connection.execute(text("SELECT word FROM word WHERE number = 9"))).all() == []
    async with engine.connect() as connection:
        assert await words(connection) == ["one", "two!", "three!"]


async def test_after_a_fault_the_connection_goes_on(engine: AsyncEngine) -> None:
    add = text("INSERT INTO word (word) VALUES ('one')")
    async with engine.begin() as connection:
        await connection.execute(add)
        with pytest.raises(IntegrityError, match="UNIQUE"):
            await connection.execute(add)
        with pytest.raises(OperationalError, match="no such table"):
            await connection.execute(text("SELECT * FROM sentence"))
        assert await words(connection) == ["one"]


async def test_a_connection_that_was_closed_is_a_fault_of_the_database(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        assert isinstance(driver, OneTripConnection)
        await driver.close()
        with pytest.raises(OperationalError, match="Connection closed"):
            await words(connection)


async def test_a_statement_is_one_way_to_the_thread(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    trips = 0
    go = OneTripConnection._execute

    async def counted(self: OneTripConnection, *args: Any) -> Any:
        nonlocal trips
        trips += 1
        return await go(self, *args)  # type: ignore[no-untyped-call]  # aiosqlite has no types here

    async with engine.connect() as connection:
        monkeypatch.setattr(OneTripConnection, "_execute", counted)
        assert await words(connection) == []
        assert trips == 2, "one for BEGIN and one for the query"
