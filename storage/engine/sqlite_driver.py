"""The SQLite connection: `aiosqlite`, with one way to its thread and back for a statement instead of four."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite


class OneTripCursor:
    """A cursor that brings the rows of a statement along with its outcome.

    Made, asked, read and closed separately, as `aiosqlite` does, a cursor crosses to the thread of its
    connection four times; that takes longer than most of our statements.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        """Take the connection; nothing is asked yet."""
        self._connection = connection
        self._rows: list[Any] = []
        self.arraysize = 1
        self.description: Sequence[Any] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        """Nothing has to be opened."""
        return self

    async def execute(self, statement: str, parameters: Any = ()) -> Self:
        """Run a statement and fetch all that it answers."""
        return await self._ask(sqlite3.Cursor.execute, statement, parameters)

    async def executemany(self, statement: str, parameters: Iterable[Any]) -> Self:
        """Run a statement for each of several sets of values."""
        return await self._ask(sqlite3.Cursor.executemany, statement, parameters)

    async def fetchall(self) -> list[Any]:
        """Every row that was not asked for yet."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is left open."""

    async def _ask(self, how: Callable[..., Any], statement: str, parameters: Any) -> Self:
        await self._connection._execute(self._in_thread, how, statement, parameters)  # type: ignore[no-untyped-call]  # aiosqlite
        return self

    def _in_thread(self, how: Callable[..., Any], statement: str, parameters: Any) -> None:
        cursor = self._connection._conn.cursor()
        try:
            how(cursor, statement, parameters)
            self._rows = cursor.fetchall()
            self.description = cursor.description
            self.rowcount = cursor.rowcount
            self.lastrowid = cursor.lastrowid
        finally:
            cursor.close()


class OneTripConnection(aiosqlite.Connection):
    """A connection with such cursors."""

    def cursor(self) -> OneTripCursor:  # type: ignore[override]  # SQLAlchemy only enters it
        """Make a cursor, without going to the thread."""
        return OneTripCursor(self)


def sqlite_connection(path: str, **options: Any) -> OneTripConnection:
    """A connection that opens when it is awaited, with the options of `sqlite3.connect`."""
    connection = OneTripConnection(lambda: sqlite3.connect(path, **options), iter_chunk_size=64)
    # As SQLAlchemy sets it for a connection of its own making: it holds up no end of the program.
    connection._thread.daemon = True
    return connection
