"""The migrations: up, down, up again with data, at once, and no drift from the tables in the code."""

from __future__ import annotations

import ast
import asyncio
import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import Database
from storage.engine import migrating
from storage.engine.address import normalise_url, sqlite_path
from storage.engine.engines import postgres_engines, sqlite_engine
from storage.engine.errors import DatabaseProblem
from storage.tables import metadata
from tests.storage.material import WORKSPACE, message, stored, want

T = TypeVar("T")
_OPEN = """
import asyncio, sys
from storage.database import Database

async def main():
    print("ready", flush=True)
    sys.stdin.readline()
    database = await Database.open(sys.argv[1])
    await database.close()

asyncio.run(main())
"""
_NEXT = '''
"""A revision of the tests."""
import sqlalchemy as sa
from alembic import op

revision = "9999_test"
down_revision = "{head}"


def upgrade():
    with op.batch_alter_table("assessment") as table:
        table.add_column(sa.Column("note", sa.Text(), nullable=True))
        table.drop_constraint(op.f("ck_assessment_state"), type_="check")
    {more}


def downgrade():
    with op.batch_alter_table("assessment") as table:
        table.drop_column("note")
        table.create_check_constraint(op.f("ck_assessment_state"), "state <> 'lost'")
'''


def _engine(url: str) -> AsyncEngine:
    """An engine as migrations get it."""
    address = normalise_url(url)
    path = sqlite_path(address)
    if path is None:
        return postgres_engines(address).writing
    return sqlite_engine(path, begin="BEGIN IMMEDIATE", foreign_keys=False)


async def _run(url: str, work: Callable[[Connection], T]) -> T:
    engine = _engine(url)
    async with engine.begin() as connection:
        result = await connection.run_sync(work)
    await engine.dispose()
    return result


def _schema(connection: Connection) -> dict[str, Any]:
    """Everything about the tables that a query or a rule depends on."""
    found, numbered = inspect(connection), _numbered(connection)
    return {
        table: {
            "numbered": table in numbered,
            "columns": _told(found.get_columns(table)),
            "key": _told([found.get_pk_constraint(table)]),
            "foreign keys": _told(found.get_foreign_keys(table)),
            "unique": _told(found.get_unique_constraints(table)),
            "checks": _told(found.get_check_constraints(table)),
            "indexes": _told(found.get_indexes(table)),
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def _numbered(connection: Connection) -> set[str]:
    """The tables of SQLite that use no number twice; a table that is rebuilt loses that unless it is said."""
    if connection.dialect.name != "sqlite":
        return set()
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
    return set(connection.execute(text(query)).scalars())


def _told(parts: Sequence[Mapping[str, Any]]) -> list[str]:
    return sorted(json.dumps(part, sort_keys=True, default=str) for part in parts)


@pytest.fixture
def with_next_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Adds a revision after ours to the program."""

    def add(more: str = "pass") -> None:
        scripts = tmp_path / "migrations"
        shutil.copytree(migrating._SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        (scripts / "versions" / "9999_test.py").write_text(_NEXT.format(more=more, head=migrating.head()))
        monkeypatch.setattr(migrating, "_SCRIPTS", scripts)

    return add


async def _filled(url: str) -> None:
    database = await Database.open(url)
    await stored(database, opened=True)
    await want(database, message(assessment="A1"))
    await database.close()


async def _as_filled(url: str) -> bool:
    database = await Database.open(url)
    async with database.reading(WORKSPACE) as work:
        found = await work.assessments.get("A1")
        messages = await work.messages.of_assessment("A1")
        history = await work.assessments.history("A1")
    await database.close()
    return found is not None and (
        len(found.prompts),
        len(found.facilitators),
        len(messages),
        len(history),
    ) == (6, 2, 1, 2)


async def test_the_migrations_make_exactly_the_tables_of_the_code(
    empty_database_url: str, tmp_path: Path
) -> None:
    await (await Database.open(empty_database_url)).close()
    engine = _engine(empty_database_url)
    async with engine.connect() as connection:
        difference = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), metadata)
        )
        migrated = await connection.run_sync(_schema)
    assert difference == []
    async with engine.begin() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        created = await connection.run_sync(_schema)
    await engine.dispose()
    assert migrated == created
    assert sorted(migrated) == sorted(metadata.tables)


def test_no_revision_uses_what_may_change() -> None:
    """What a revision makes stays as it was released, so it knows nothing of the rest of the program."""
    revisions = sorted((migrating._SCRIPTS / "versions").glob("*.py"))
    trees = [ast.parse(path.read_text()) for path in revisions]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    imported = {"." * each.level + (each.module or "") for each in nodes if isinstance(each, ast.ImportFrom)}
    imported |= {name.name for each in nodes if isinstance(each, ast.Import) for name in each.names}
    assert {name.partition(".")[0] for name in imported} <= {
        "alembic",
        "sqlalchemy",
        *sys.stdlib_module_names,
    }
    assert "sqlalchemy" in imported


async def test_down_and_up_again_with_data(empty_database_url: str) -> None:
    await _filled(empty_database_url)
    before = await _run(empty_database_url, _schema)
    await _run(empty_database_url, lambda connection: migrating.move(connection, "base"))
    assert await _run(empty_database_url, _schema) == {}
    await _filled(empty_database_url)
    assert await _run(empty_database_url, _schema) == before
    assert await _as_filled(empty_database_url)


async def test_a_later_revision_keeps_the_data_up_and_down(
    empty_database_url: str, with_next_revision: Callable[[str], None]
) -> None:
    await _filled(empty_database_url)
    head = migrating.head()
    with_next_revision("pass")
    with pytest.raises(DatabaseProblem, match=f"at revision {head}, and this Milepost needs .* 9999_test"):
        await Database.open(empty_database_url, migrate=False)
    # On SQLite this rebuilds the table that every other refers to.
    assert await _as_filled(empty_database_url)
    assert await _run(empty_database_url, migrating.revision_of) == "9999_test"
    await _run(empty_database_url, lambda connection: migrating.move(connection, head))
    assert await _run(empty_database_url, migrating.revision_of) == head
    assert await _as_filled(empty_database_url)


async def test_a_database_of_a_later_program_is_refused(
    empty_database_url: str, with_next_revision: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_next_revision("pass")
    await (await Database.open(empty_database_url)).close()
    monkeypatch.undo()
    with pytest.raises(DatabaseProblem, match="newer than this Milepost"):
        await Database.open(empty_database_url)


async def test_a_revision_that_fails_changes_nothing(
    empty_database_url: str, with_next_revision: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    await _filled(empty_database_url)
    before = await _run(empty_database_url, _schema)
    with_next_revision("raise LookupError")
    with pytest.raises(LookupError):
        await Database.open(empty_database_url)
    monkeypatch.undo()
    assert await _run(empty_database_url, _schema) == before
    assert await _as_filled(empty_database_url)


async def test_a_revision_that_would_leave_loose_ends_is_undone(
    sqlite_url: str, with_next_revision: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    await _filled(sqlite_url)
    with_next_revision('op.execute("DELETE FROM framework")')
    with pytest.raises(DatabaseProblem, match="table assessment has rows that refer to rows which do not"):
        await Database.open(sqlite_url)
    monkeypatch.undo()
    assert await _as_filled(sqlite_url)


async def test_replicas_that_start_together_migrate_once(empty_postgres_url: str) -> None:
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-W",
            "error",
            "-c",
            _OPEN,
            empty_postgres_url,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
    await asyncio.gather(*(process.communicate() for process in processes))
    assert [process.returncode for process in processes] == [0, 0]
    opened = await asyncio.gather(*(Database.open(empty_postgres_url) for _ in range(3)))
    await asyncio.gather(*(database.close() for database in opened))
    assert await _run(empty_postgres_url, migrating.revision_of) == migrating.head()


async def test_many_in_one_process_migrate_an_empty_server_once(empty_postgres_url: str) -> None:
    opened = await asyncio.gather(*(Database.open(empty_postgres_url) for _ in range(4)))
    await stored(opened[0])
    await asyncio.gather(*(database.close() for database in opened))


async def test_revisions_that_do_not_exist(empty_database_url: str) -> None:
    await (await Database.open(empty_database_url)).close()
    await _run(empty_database_url, lambda connection: connection.execute(text("DELETE FROM alembic_version")))
    with pytest.raises(DatabaseProblem, match="did not make"):
        await Database.open(empty_database_url)
