"""Databases for every test that wants one, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import gc
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import URL, Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.database import Database
from storage.engine import engines
from tests.postgres import PostgresForTests


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay to the end: nothing that collects garbage looks at them each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    """Compile a statement once in a test process, not for each of its thousands of engines anew.

    Every engine takes the dialect and the compiled statements of the first of its kind that has connected.
    """
    firsts: dict[str, Engine] = {}

    def make(url: URL, **options: Any) -> AsyncEngine:
        made = create_async_engine(url, **options)
        engine = made.sync_engine
        first = firsts.setdefault(engine.dialect.name, engine)
        if getattr(first.dialect, "server_version_info", None) is None:
            firsts[engine.dialect.name] = engine
        else:
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "create_async_engine", make)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresForTests]:
    """The PostgreSQL server of this test process."""
    server = PostgresForTests()
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres: PostgresForTests) -> Iterator[str]:
    """The address of a new PostgreSQL database that has the tables."""
    url = postgres.migrated()
    yield url
    postgres.drop(url)


@pytest.fixture
def empty_postgres_url(postgres: PostgresForTests) -> Iterator[str]:
    """The address of a new PostgreSQL database that has nothing."""
    url = postgres.empty()
    yield url
    postgres.drop(url)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that has the tables; to make it anew for each test would take longer than most tests."""

    async def make(path: Path) -> None:
        await (await Database.open(f"sqlite:///{path}")).close()

    path = tmp_path_factory.mktemp("migrated") / "milepost.db"
    asyncio.run(make(path))
    return path


@pytest.fixture
def sqlite_url(empty_sqlite_url: str, tmp_path: Path, migrated_file: Path) -> str:
    """The address of a new SQLite file that has the tables."""
    shutil.copyfile(migrated_file, tmp_path / "milepost.db")
    return empty_sqlite_url


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'milepost.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a new database, on either engine."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """The address of a new database without tables, on either engine."""
    name = "empty_sqlite_url" if request.param == "sqlite" else "empty_postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A new open database, on either engine."""
    opened = await Database.open(database_url)
    yield opened
    await opened.close()
