"""Faults of the drivers, told apart once and turned into our own errors.

Nothing of a driver's own text is passed on: PostgreSQL repeats whole rows in the details of its errors.
"""

from __future__ import annotations

import re
import sqlite3
from functools import cache

import asyncpg  # type: ignore[import-untyped]  # asyncpg ships no types
from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.engine.errors import ConstraintBroken, StorageError, StorageUnavailable
from storage.tables import metadata

# Primary result codes, https://www.sqlite.org/rescode.html
_SQLITE_CONSTRAINT = 19
_SQLITE_PASSING = {
    5: "the file is locked by another program",
    6: "the file is locked by another program",
    8: "the file or its folder is read-only",
    10: "the disk reported an error",
    13: "the disk is full",
    14: "the file cannot be opened",
}
_SQLITE_DAMAGED = {11: "the file is damaged", 26: "the file is not a database"}

# Classes and codes of https://www.postgresql.org/docs/18/errcodes-appendix.html
_POSTGRES_CONSTRAINT = "23"
_POSTGRES_PASSING_CLASSES = {
    "08": "the connection broke",
    "53": "the server is short of space, memory or connections",
    "57": "the server stopped the query or is shutting down",
    "58": "the server reported a system error",
}
_POSTGRES_PASSING = {
    "25006": "the server accepts no writes at present",
    "25P03": "the transaction was idle too long",
    "25P04": "the transaction took too long",
    "40001": "two changes came at the same moment",
    "40P01": "two changes waited for each other",
    "55P03": "another change took too long",
}

DRIVER_FAULTS = (
    SQLAlchemyError,
    OSError,
    TimeoutError,
    sqlite3.Error,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
)
"""What SQLAlchemy, the drivers and the network raise; asyncpg's own come bare while connecting."""


def storage_error(error: BaseException) -> Exception:
    """Turn a fault of a driver into one of our errors, to be raised `from None`.

    A value that a column type of ours refused, such as a naive datetime, stays the ValueError it was.
    """
    if isinstance(error, StatementError) and isinstance(error.orig, ValueError | TypeError):
        return error.orig
    if isinstance(error, PoolTimeout):
        return StorageUnavailable("The database is busy: no connection became free in time.")
    if isinstance(error, OSError | TimeoutError):
        return StorageUnavailable("The database cannot be reached.")
    cause = error.orig if isinstance(error, DBAPIError) else error
    found = _from_sqlite(cause) if isinstance(cause, sqlite3.Error) else _from_postgres(cause)
    if found is not None:
        return found
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return StorageUnavailable("The connection to the database broke.")
        return StorageError(f"The database refused a statement ({type(cause).__name__}): {error.statement}")
    return StorageError(f"The storage failed with {type(error).__name__}.")


def _from_sqlite(cause: sqlite3.Error) -> StorageError | None:
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code == _SQLITE_CONSTRAINT:
        return ConstraintBroken(_sqlite_constraint(str(cause)))
    if code in _SQLITE_PASSING:
        return StorageUnavailable(f"The database cannot be used at present: {_SQLITE_PASSING[code]}.")
    if code in _SQLITE_DAMAGED:
        return StorageError(f"The database cannot be used: {_SQLITE_DAMAGED[code]}.")
    return None


def _sqlite_constraint(message: str) -> str:
    """The name of the constraint; for unique ones SQLite tells only the columns."""
    kind, _, what = message.partition(" constraint failed: ")
    if kind == "CHECK":
        return what
    if kind == "UNIQUE":
        return _unique_by_columns().get(frozenset(re.split(r",\s*", what)), what)
    return ""


@cache
def _unique_by_columns() -> dict[frozenset[str], str]:
    found: dict[frozenset[str], str] = {}
    for table in metadata.sorted_tables:
        found[_columns(table, table.primary_key.columns.keys())] = str(table.primary_key.name)
        for constraint in table.constraints:
            if isinstance(constraint, UniqueConstraint):
                found[_columns(table, constraint.columns.keys())] = str(constraint.name)
        for index in table.indexes:
            if index.unique:
                found[_columns(table, index.columns.keys())] = str(index.name)
    return found


def _columns(table: Table, names: list[str]) -> frozenset[str]:
    return frozenset(f"{table.name}.{name}" for name in names)


def _from_postgres(cause: BaseException | None) -> StorageError | None:
    code = getattr(cause, "sqlstate", None) or ""
    if code.startswith(_POSTGRES_CONSTRAINT):
        return ConstraintBroken(getattr(getattr(cause, "__cause__", None), "constraint_name", None) or "")
    why = _POSTGRES_PASSING.get(code) or _POSTGRES_PASSING_CLASSES.get(code[:2])
    return None if why is None else StorageUnavailable(f"The database cannot be used at present: {why}.")
