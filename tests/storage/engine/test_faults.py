"""Faults of the database while it is in use."""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # asyncpg ships no types
import pytest
from sqlalchemy import insert, text

from model.assessment.assessment import Evidence
from storage.database import Database
from storage.engine.errors import ConstraintBroken, StorageError, StorageUnavailable
from storage.engine.opening_faults import sqlite_problem
from storage.tables import setting
from storage.unit_of_work import UnitOfWork
from tests.storage.material import NOW, WORKSPACE, stored

SECRET = "what somebody wrote"


def _told(error: BaseException) -> str:
    """Everything that a log of the error would show."""
    return "".join(traceback.format_exception(error))


async def _too_big(work: UnitOfWork) -> None:
    before = await work.assessments.lock("A1")
    assert before is not None
    prompt = replace(before.prompts[0], reason=SECRET, level=10**30)
    await work.assessments.save(before, before.with_prompt(prompt), ())


async def _against_a_rule(work: UnitOfWork) -> None:
    before = await work.assessments.lock("A1")
    assert before is not None
    prompt = replace(before.prompts[0], reason=SECRET, level=7)
    await work.assessments.save(before, before.with_prompt(prompt), ())


async def _with_a_gap(work: UnitOfWork) -> None:
    statement = insert(setting).values(workspace_id="T1", scope=SECRET, name=SECRET)
    await work._transaction.execute(statement)


async def _twice(work: UnitOfWork) -> None:
    before = await work.assessments.lock("A1")
    assert before is not None
    evidence = Evidence("E1", "U1", SECRET, "", NOW)
    prompt = replace(before.prompts[0], evidence=(evidence, evidence))
    await work.assessments.save(before, before.with_prompt(prompt), ())


async def _not_sql(work: UnitOfWork) -> None:
    await work._transaction.execute(text("SELECT :words FROM nowhere"), {"words": SECRET})


@pytest.mark.parametrize("work", [_too_big, _against_a_rule, _with_a_gap, _twice, _not_sql])
async def test_no_error_repeats_what_people_wrote(
    database: Database, work: Callable[[UnitOfWork], Awaitable[None]]
) -> None:
    await stored(database)
    async with database.unit_of_work(WORKSPACE) as unit:
        with pytest.raises((StorageError, OverflowError)) as caught:
            await work(unit)
    assert SECRET not in _told(caught.value)
    # The fault stays where it was.
    async with database.unit_of_work(WORKSPACE) as unit:
        assert await unit.assessments.lock("A1") is not None


async def test_a_null_is_a_broken_rule(database: Database) -> None:
    async with database.unit_of_work(WORKSPACE) as work:
        with pytest.raises(ConstraintBroken):
            await _with_a_gap(work)


async def test_a_connection_that_breaks_may_be_tried_again(postgres_url: str) -> None:
    database = await Database.open(postgres_url)
    admin = await asyncpg.connect(postgres_url)
    cut = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    try:
        await stored(database)
        async with database.unit_of_work(WORKSPACE) as work:
            await work.settings.put("channel:C1", "start", 1)
            assert await admin.fetchval(cut) > 0
            with pytest.raises(StorageUnavailable):
                await work.settings.put("channel:C1", "start", 2)
        async with database.unit_of_work(WORKSPACE) as work:
            await work.settings.put("channel:C1", "start", 3)
            assert await admin.fetchval(cut) > 0
            with pytest.raises(StorageUnavailable):
                await work.commit()
        # The pool notices that its connections are gone.
        async with database.unit_of_work(WORKSPACE) as work:
            assert await work.settings.get("channel:C1", "start") is None
            await work.settings.put("channel:C1", "start", 4)
            await work.commit()
    finally:
        await admin.close()
        await database.close()


async def test_a_row_that_stays_locked_is_given_up(postgres_url: str) -> None:
    database = await Database.open(postgres_url)
    await stored(database)
    async with database.unit_of_work(WORKSPACE) as first, database.unit_of_work(WORKSPACE) as second:
        assert await first.assessments.lock("A1") is not None
        await second._transaction.execute(text("SET LOCAL lock_timeout = '20ms'"))
        with pytest.raises(StorageUnavailable, match="took too long"):
            await second.assessments.lock("A1")
    await database.close()


async def test_the_limits_are_set_on_every_connection(postgres_url: str) -> None:
    database = await Database.open(postgres_url)
    async with database.unit_of_work(WORKSPACE) as work:
        names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        found = [
            (await work._transaction.execute(text(f"SELECT current_setting('{name}')"))).scalar_one()
            for name in names
        ]
    await database.close()
    assert found == ["30s", "10s", "1min"]


async def test_a_full_disk_undoes_the_work_and_says_so(sqlite_url: str) -> None:
    database = await Database.open(sqlite_url)
    await stored(database)
    async with database.unit_of_work(WORKSPACE) as work:
        pages = (await work._transaction.execute(text("PRAGMA page_count"))).scalar_one()
        await work._transaction.execute(text(f"PRAGMA max_page_count = {pages}"))
    async with database.unit_of_work(WORKSPACE) as work:
        with pytest.raises(StorageUnavailable, match="the disk is full"):
            await work.settings.put("channel:C1", "start", "x" * 1_000_000)
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.settings.get("channel:C1", "start") is None
        await work.settings.put("channel:C1", "start", "x")
        await work.commit()
    await database.close()


async def test_a_file_that_another_program_locks_is_given_up(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.engines.BUSY_SECONDS", 0.02)
    database = await Database.open(sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable, match="locked by another program"):
        async with database.unit_of_work(WORKSPACE):
            pass
    other.execute("ROLLBACK")
    other.close()
    await stored(database)
    await database.close()


def test_a_full_disk_while_opening_is_named() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("CREATE TABLE a (b)")
        connection.execute("CREATE TABLE c (d)")
    connection.close()
    assert str(sqlite_problem(caught.value, Path("m.db"))) == "Milepost cannot use m.db: the disk is full."
