"""Looking at a database from outside, while the bot may be running: revision, damage and counts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.engine.address import normalise_url, sqlite_path
from storage.engine.engines import postgres_engines, sqlite_engine
from storage.engine.errors import DatabaseProblem
from storage.engine.faults import DRIVER_FAULTS
from storage.engine.migrating import head, revision_of
from storage.engine.opening_faults import postgres_problem, prepare_sqlite_file, sqlite_problem
from storage.engine.transaction import Transaction
from storage.tables import installation, message, metadata
from storage.upkeep.records import RecordRepository, Records

# More than anyone reads; a badly damaged file has thousands.
_MOST_FAULTS = 20


@dataclass(frozen=True)
class Health:
    """What an inspection found.

    Attributes:
        revision: The revision of the database; None when it is empty.
        head: The revision that this program works with.
        faults: One sentence a fault.
        rows: Table to number of rows, in alphabetical order; empty unless the revisions agree.
        pending: Messages that are out of date and not blocked.
        blocked: Messages that are out of date and blocked.
    """

    dialect: str
    revision: str | None
    head: str
    faults: tuple[str, ...]
    rows: dict[str, int]
    pending: int
    blocked: int


async def revision_at(url: str) -> str | None:
    """The revision of a database; None when it is empty.

    Raises:
        DatabaseProblem: It cannot be read.
    """
    async with _looking_at(url) as connection:
        return await connection.run_sync(revision_of)


async def inspect_database(url: str) -> Health:
    """Look for damage and count what is there; changes nothing and takes no lock.

    Raises:
        DatabaseProblem: It cannot be read at all.
    """
    async with _looking_at(url) as connection:
        revision = await connection.run_sync(revision_of)
        faults = _revision_faults(revision)
        if connection.dialect.name == "sqlite":
            faults += await _sqlite_faults(connection)
        rows: dict[str, int] = {}
        pending = blocked = 0
        if revision == head():
            for name in sorted(metadata.tables):
                query = select(func.count()).select_from(metadata.tables[name])
                rows[name] = (await connection.execute(query)).scalar_one()
            out_of_date = select(func.count()).where(message.c.wanted > message.c.delivered)
            total = (await connection.execute(out_of_date)).scalar_one()
            blocked = (
                await connection.execute(out_of_date.where(message.c.blocked.is_not(None)))
            ).scalar_one()
            pending = total - blocked
        return Health(connection.dialect.name, revision, head(), tuple(faults), rows, pending, blocked)


def existing_sqlite_file(url: str) -> None:
    """Make sure that a SQLite file is there, since opening one would make it.

    Raises:
        DatabaseProblem: It is not, or is something else.
    """
    path = sqlite_path(url)
    if path is None:
        return
    if not path.exists():
        raise DatabaseProblem(f"There is no database at {path} yet. To make one, run: milepost db upgrade")
    prepare_sqlite_file(path)


async def read_records(
    url: str, *, workspace_id: str | None = None, person: str | None = None
) -> dict[str, Records]:
    """Everything that is kept, by workspace; changes nothing and takes no lock.

    Args:
        url: The address of the database.
        workspace_id: Only this workspace.
        person: Only the rows that name this person.

    Raises:
        DatabaseProblem: It cannot be read, or is of another revision.
    """
    async with _engine_at(url) as engine:
        async with engine.connect() as connection:
            faults = _revision_faults(await connection.run_sync(revision_of))
        if faults:
            raise DatabaseProblem(faults[0])
        async with Transaction(engine, read_only=True) as transaction:
            known = (await transaction.execute(select(installation.c.workspace_id))).scalars().all()
            chosen = [each for each in sorted(known) if workspace_id in (None, each)]
            found = {each: RecordRepository(transaction, each) for each in chosen}
            return {
                each: await (records.everything() if person is None else records.about(person))
                for each, records in found.items()
            }


@asynccontextmanager
async def _looking_at(url: str) -> AsyncIterator[AsyncConnection]:
    async with _engine_at(url) as engine, engine.connect() as connection:
        yield connection


@asynccontextmanager
async def _engine_at(url: str) -> AsyncIterator[AsyncEngine]:
    """An engine that only reads, with the faults of its driver in our words."""
    address = normalise_url(url)
    path = sqlite_path(address)
    existing_sqlite_file(address)
    if path is None:
        engine = postgres_engines(address).reading
    else:
        engine = sqlite_engine(path, begin="BEGIN", pragmas=("query_only=ON",))
    try:
        yield engine
    except DRIVER_FAULTS as error:
        found = postgres_problem(error, address) if path is None else sqlite_problem(error, path)
        raise found from None
    finally:
        await engine.dispose()


def _revision_faults(revision: str | None) -> list[str]:
    if revision == head():
        return []
    if revision is None:
        return ["The database is empty. Run: milepost db upgrade"]
    return [
        f"The database is at revision {revision} and this Milepost needs {head()}. "
        "If the database is older, run: milepost db upgrade. If it is newer, install the newer Milepost."
    ]


async def _sqlite_faults(connection: AsyncConnection) -> list[str]:
    faults: list[str] = []
    found = (await connection.execute(text(f"PRAGMA integrity_check({_MOST_FAULTS})"))).scalars().all()
    if found != ["ok"]:
        faults.append(f"The file is damaged in {len(found)} or more places. Restore a backup.")
    tables = (await connection.execute(text("PRAGMA foreign_key_check"))).scalars().all()
    faults += [
        f"The table {table} has rows that refer to rows which do not exist, {tables.count(table)} in all."
        for table in sorted(set(tables))
    ]
    return faults
