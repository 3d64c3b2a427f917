"""Opening the database, and what can be asked of it once it is open."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from sqlalchemy.ext.asyncio import AsyncEngine

from storage.assessments.frameworks import FrameworkCache
from storage.engine.address import normalise_url, sqlite_path
from storage.engine.engines import Engines, postgres_engines, sqlite_engine, sqlite_engines
from storage.engine.errors import StorageUnavailable
from storage.engine.faults import DRIVER_FAULTS
from storage.engine.lock_file import LockFile
from storage.engine.migrating import check_revision, mark_as_ours
from storage.engine.migrating import migrate as migrate_engine
from storage.engine.opening_faults import make_private, postgres_problem, prepare_sqlite_file, sqlite_problem
from storage.engine.transaction import Transaction, connections_given_back
from storage.messages.outbox import Outbox
from storage.unit_of_work import UnitOfWork

__all__ = ["Database", "normalise_url"]


class Database:
    """An open database. `dialect` is `sqlite` or `postgresql`."""

    def __init__(self, engines: Engines, lock: LockFile | None) -> None:
        """Take what `open` made; use that."""
        self._engines = engines
        self._lock = lock
        self._frameworks = FrameworkCache()
        self._closed = False
        self.dialect = engines.writing.dialect.name

    @classmethod
    async def open(cls, url: str, *, migrate: bool = True) -> Self:
        """Open a database, alone if it is a SQLite file, and bring it to the program's revision.

        Args:
            url: An address as `normalise_url` takes it. The folder of a SQLite file is made when missing.
            migrate: Whether to upgrade an older database; otherwise it is refused.

        Raises:
            DatabaseProblem: It cannot be used; the sentence says why and what to do.
        """
        address = normalise_url(url)
        path = sqlite_path(address)
        if path is None:
            return await cls._open_postgres(address, migrate=migrate)
        return await cls._open_sqlite(path, migrate=migrate)

    @classmethod
    async def _open_postgres(cls, address: str, *, migrate: bool) -> Self:
        engines = postgres_engines(address)
        try:
            await _bring_up_to_date(engines.writing, migrate=migrate)
        except BaseException as error:
            await engines.dispose()
            if isinstance(error, DRIVER_FAULTS):
                raise postgres_problem(error, address) from None
            raise
        return cls(engines, None)

    @classmethod
    async def _open_sqlite(cls, path: Path, *, migrate: bool) -> Self:
        prepare_sqlite_file(path)
        lock = LockFile(path)
        lock.take()
        try:
            make_private(path)
            # With foreign keys off, since a migration that rebuilds a table would delete what refers to it.
            rebuilding = sqlite_engine(
                path, begin="BEGIN IMMEDIATE", pragmas=("journal_mode=WAL",), foreign_keys=False
            )
            try:
                await _bring_up_to_date(rebuilding, migrate=migrate)
                await mark_as_ours(rebuilding)
            finally:
                await rebuilding.dispose()
        except BaseException as error:
            lock.release()
            if isinstance(error, DRIVER_FAULTS):
                raise sqlite_problem(error, path) from None
            raise
        opened = cls(sqlite_engines(path), lock)
        # The lock file is ours, so whoever claimed a message before is gone; nobody waits for their leases.
        try:
            await opened.outbox.free_leases()
        except BaseException:
            await opened.close()
            raise
        return opened

    async def close(self) -> None:
        """Close every connection and let go of the lock; may be called twice."""
        self._closed = True
        await connections_given_back()
        await self._engines.dispose()
        if self._lock is not None:
            self._lock.release()

    def unit_of_work(self, workspace_id: str) -> UnitOfWork:
        """A unit of work that may change what belongs to one workspace."""
        return UnitOfWork(self._transaction(read_only=False), workspace_id, self._frameworks)

    def reading(self, workspace_id: str) -> UnitOfWork:
        """A unit of work that sees one moment of one workspace and changes nothing."""
        return UnitOfWork(self._transaction(read_only=True), workspace_id, self._frameworks)

    @property
    def outbox(self) -> Outbox:
        """The dispatcher's view of the messages, over all workspaces."""
        return Outbox(self._transaction)

    def _transaction(self, *, read_only: bool) -> Transaction:
        if self._closed:
            raise StorageUnavailable("The database is closed.")
        engine = self._engines.reading if read_only else self._engines.writing
        return Transaction(engine, read_only=read_only)


async def _bring_up_to_date(engine: AsyncEngine, *, migrate: bool) -> None:
    await (migrate_engine if migrate else check_revision)(engine)
