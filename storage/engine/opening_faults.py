"""Why a database could not be opened, as one sentence for the operator."""

from __future__ import annotations

import os
import sqlite3
import ssl
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from storage.engine.errors import DatabaseProblem

_SQLITE_MAGIC = b"SQLite format 3\x00"

# Primary result codes, https://www.sqlite.org/rescode.html
_SQLITE_REASONS = {
    3: "this account may not use it",
    5: "another program has it locked; stop that program first",
    6: "another program has it locked; stop that program first",
    8: "the file or its folder is read-only for this account",
    10: "the disk reported an error",
    11: "the file is damaged; restore a backup",
    13: "the disk is full",
    14: "the file cannot be opened; check that it and its folder may be written to",
    26: "the file is not a SQLite database; set DATABASE_URL to another file",
}

# https://www.postgresql.org/docs/18/errcodes-appendix.html
_POSTGRES_REASONS = {
    "28P01": "the password was not accepted. Check the name and the password in DATABASE_URL",
    "28000": "the server does not let this name in. Check DATABASE_URL and the server's pg_hba.conf",
    "3D000": "there is no such database. Create it, or correct the name in DATABASE_URL",
    "42501": "this name may not create tables. Give it the right to, or use another name in DATABASE_URL",
    "53300": "the server has no connection left. Raise its max_connections or stop what holds them",
    "53100": "the server's disk is full",
    "57P03": "the server is starting up. Try again in a minute",
    "25006": "the server accepts no writes. Set DATABASE_URL to the primary server",
}


def prepare_sqlite_file(path: Path) -> None:
    """Make the folder where it is missing, and look whether the file may be a database.

    Raises:
        DatabaseProblem: It cannot be one.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise DatabaseProblem(
            f"The folder {path.parent} does not exist and cannot be made. "
            "Make it, or set DATABASE_URL to another."
        ) from None
    if path.is_dir():
        raise DatabaseProblem(f"{path} is a folder. Set DATABASE_URL to a file in it.")
    try:
        with path.open("rb") as file:
            start = file.read(len(_SQLITE_MAGIC))
    except FileNotFoundError:
        return
    except OSError:
        raise DatabaseProblem(f"{path} cannot be read. Check who owns it and its permissions.") from None
    if start and start != _SQLITE_MAGIC:
        raise DatabaseProblem(f"{path} is not a SQLite database. Set DATABASE_URL to another file.")


def make_private(path: Path) -> None:
    """Make the file, where it is missing, so that only its owner may read it; SQLite goes by the umask.

    Raises:
        DatabaseProblem: It cannot be made.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    except OSError:
        raise DatabaseProblem(f"{path} cannot be made. Check that this account may write there.") from None


def sqlite_problem(error: BaseException, path: Path) -> DatabaseProblem:
    """Word why a SQLite file could not be opened."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF if isinstance(cause, sqlite3.Error) else 0
    reason = _SQLITE_REASONS.get(code, f"it failed with {type(cause).__name__}")
    return DatabaseProblem(f"Milepost cannot use {path}: {reason}.")


def postgres_problem(error: BaseException, address: str) -> DatabaseProblem:
    """Word why PostgreSQL could not be used; never repeats the password."""
    url = make_url(address)
    place = f"the database {url.database!r} on {url.host or url.query.get('host') or 'this computer'}"
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlstate", None) or ""
    if code in _POSTGRES_REASONS:
        reason = _POSTGRES_REASONS[code]
    elif isinstance(cause, ssl.SSLError) or "SSL" in str(cause):
        reason = "no secure connection came about. Check sslmode and sslrootcert in DATABASE_URL"
    elif isinstance(cause, OSError | TimeoutError):
        reason = "the server does not answer. Check its name, its port and that it is running"
    else:
        reason = f"it failed with {type(cause).__name__} {code}".rstrip()
    return DatabaseProblem(f"Milepost cannot use {place}: {reason}.")
