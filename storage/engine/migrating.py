"""Bringing a database to the revision of the program, by Alembic, without a configuration file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine.errors import DatabaseProblem
from storage.tables import metadata

_SCRIPTS = Path(__file__).parent.parent / "migrations"
# Any number will do, as long as every Milepost uses the same one.
_POSTGRES_LOCK = 6_453_787_031
# "Mile" as four bytes; `file` and other programs tell by it whose file it is.
_SQLITE_MARK = 0x4D696C65


def head() -> str:
    """The revision that this program works with."""
    revisions = _revisions(_SCRIPTS)
    if not revisions:
        raise RuntimeError("The program was packaged without its migrations.")
    return revisions[0]


def revision_of(connection: Connection) -> str | None:
    """The revision of a database; None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


async def migrate(engine: AsyncEngine) -> None:
    """Bring a database to the program's revision, in one transaction.

    For SQLite the engine must have been made with foreign keys off: rebuilding a table would otherwise delete
    the rows that refer to it.

    Raises:
        DatabaseProblem: The database is newer than the program, or holds something else.
    """
    async with engine.begin() as connection:
        await connection.run_sync(_migrate)


async def check_revision(engine: AsyncEngine) -> None:
    """Make sure that a database has the program's revision.

    Raises:
        DatabaseProblem: It is older, newer, empty or holds something else.
    """
    async with engine.connect() as connection:
        current = await connection.run_sync(_known_revision)
    if current != head():
        raise DatabaseProblem(
            f"The database is {'empty' if current is None else f'at revision {current}'}, and this "
            f"Milepost needs revision {head()}. Run: milepost db upgrade"
        )


async def mark_as_ours(engine: AsyncEngine) -> None:
    """Write the program's mark into a SQLite file, which also shows that the file can be written to.

    A read-only file in WAL mode lets a write transaction begin, so nothing less than a write would tell.
    """
    async with engine.begin() as connection:
        await connection.exec_driver_sql(f"PRAGMA application_id = {_SQLITE_MARK}")


def move(connection: Connection, revision: str) -> None:
    """Go up or down to a revision on an open connection; `base` removes every table.

    Raises:
        DatabaseProblem: Rows that refer to nothing would be left behind.
    """
    config = _config(_SCRIPTS)
    config.attributes["connection"] = connection
    known = _revisions(_SCRIPTS)
    current = revision_of(connection)
    going_down = revision == "base" or (
        current in known and revision in known and known.index(revision) > known.index(current)
    )
    (command.downgrade if going_down else command.upgrade)(config, revision)
    _check_references(connection)


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Held to the end of the transaction, so replicas that start together migrate one after the other.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_LOCK})
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    if _known_revision(connection) != head():
        move(connection, head())


def _known_revision(connection: Connection) -> str | None:
    revisions = MigrationContext.configure(connection).get_current_heads()
    unknown = sorted(set(revisions) - set(_revisions(_SCRIPTS)))
    if unknown:
        raise DatabaseProblem(
            f"The database is newer than this Milepost: it is at revision {unknown[0]}, and this program "
            f"knows none after {head()}. Install the newer Milepost, "
            "or restore the backup made before its upgrade."
        )
    if not revisions:
        _refuse_foreign(connection)
        return None
    return revisions[0]


def _refuse_foreign(connection: Connection) -> None:
    tables = set(inspect(connection).get_table_names()) & set(metadata.tables)
    if tables:
        raise DatabaseProblem(
            f"The database holds a table named {min(tables)} that Milepost did not make. "
            "Set DATABASE_URL to a database of its own."
        )


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise DatabaseProblem(
            f"The upgrade was undone: the table {broken[0]} has rows that refer to rows which do not exist. "
            "Run: milepost db check"
        )


# The scripts cannot change while the program runs, and to read them takes longer than all else at a start.
@cache
def _revisions(scripts: Path) -> tuple[str, ...]:
    """Every revision that this program knows, the newest first."""
    directory = ScriptDirectory.from_config(_config(scripts))
    return tuple(script.revision for script in directory.walk_revisions())


def _config(scripts: Path) -> Config:
    config = Config()
    # Alembic reads % as the start of a placeholder.
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
