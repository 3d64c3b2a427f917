"""Copying a database to a file while the bot runs."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from storage.engine.address import normalise_url, sqlite_path
from storage.engine.errors import DatabaseProblem
from storage.engine.opening_faults import sqlite_problem
from storage.upkeep.inspection import existing_sqlite_file

_BUSY_SECONDS = 15


async def back_up(url: str, target: Path) -> None:
    """Copy a database to a new file, which only its owner may read, and check the copy.

    SQLite is copied by its online backup, so the copy is of one moment and the bot can go on writing;
    PostgreSQL by pg_dump, in its custom format.

    Raises:
        DatabaseProblem: The file exists, or the copy failed; then nothing is left behind.
    """
    address = normalise_url(url)
    source = sqlite_path(address)
    existing_sqlite_file(address)
    copy = target.with_name(f"{target.name}.part")
    _reserve(target)
    try:
        _reserve(copy)
        try:
            if source is None:
                await _dump_postgres(make_url(address), copy)
            else:
                await asyncio.to_thread(_copy_sqlite, source, copy)
            # The target is the empty file made above, so this overwrites nothing of anybody's.
            os.replace(copy, target)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _reserve(path: Path) -> None:
    """Make an empty file, unless there is one."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise DatabaseProblem(
            f"{path} exists, and a backup overwrites nothing. Name another file, or remove that one first."
        ) from None
    except OSError:
        raise DatabaseProblem(
            f"{path} cannot be written. Check that its folder exists and that this account may write there."
        ) from None


def _copy_sqlite(source: Path, copy: Path) -> None:
    try:
        with closing(_connect(source)) as original, closing(_connect(copy)) as backup:
            original.execute("PRAGMA query_only=ON")
            original.backup(backup)
            # The copy is to be one file, which can be moved about.
            backup.execute("PRAGMA journal_mode=DELETE")
            found = backup.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise sqlite_problem(error, source) from None
    if found != ("ok",):
        raise DatabaseProblem("The copy is damaged, so it was removed. Run: milepost db check")


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)


async def _dump_postgres(url: URL, copy: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise DatabaseProblem(
            "pg_dump is not installed here. Install PostgreSQL's client programs, or run where they are: "
            f"pg_dump --format=custom --file={copy.with_suffix('')} {url.database}"
        )
    process = await asyncio.create_subprocess_exec(
        program,
        "--format=custom",
        "--no-password",
        f"--file={copy}",
        env={**os.environ, **_connection_environment(url)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode == 0:
        return
    if b"server version mismatch" in said:
        raise DatabaseProblem(
            "pg_dump here is older than the server, so it refused. Install PostgreSQL's client programs "
            "of the server's version."
        )
    # What pg_dump says may hold a host, a name and a statement, but no password and no row.
    last = said.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
    raise DatabaseProblem(f"pg_dump could not copy the database: {last[0]}")


def _connection_environment(url: URL) -> dict[str, str]:
    """The address for pg_dump; not on its command line, which everybody on the machine can read."""
    query = url.query
    values = {
        "PGHOST": query.get("host") or url.host,
        "PGPORT": query.get("port") or url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": query.get("ssl"),
        "PGSSLROOTCERT": query.get("sslrootcert"),
        "PGSSLCERT": query.get("sslcert"),
        "PGSSLKEY": query.get("sslkey"),
        "PGSSLCRL": query.get("sslcrl"),
        "PGTARGETSESSIONATTRS": query.get("target_session_attrs"),
    }
    return {name: str(value) for name, value in values.items() if value}
