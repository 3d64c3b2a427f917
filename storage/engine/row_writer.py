"""Writing the rows of one thing, and of two states of it only what differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, insert, update

from storage.engine.transaction import Transaction
from storage.mapping import Row


class RowWriter:
    """Writes rows that belong to one assessment, plan or proposal: all of them have its columns."""

    def __init__(self, transaction: Transaction, **owner: str) -> None:
        """Bind to a transaction and to the columns that say whose the rows are."""
        self._transaction = transaction
        self._owner = owner

    async def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows, in this order."""
        if rows:
            await self._transaction.execute(insert(table), [{**self._owner, **row} for row in rows])

    async def update(self, table: Table, before: Row, after: Row, **which: str) -> None:
        """Write what differs between two states of a row."""
        changed = {name: value for name, value in after.items() if value != before[name]}
        if changed:
            statement = update(table).where(*self.those(table, **which))
            await self._transaction.execute(statement.values(**changed))

    async def delete(self, table: Table, **which: Any) -> None:
        """Delete rows."""
        await self._transaction.execute(delete(table).where(*self.those(table, **which)))

    async def rewrite(self, table: Table, before: Sequence[Row], after: Sequence[Row], **which: str) -> None:
        """Put a short list in place of its earlier self."""
        if before != after:
            await self.delete(table, **which)
            await self.insert(table, after)

    def those(self, table: Table, **which: Any) -> list[ColumnElement[bool]]:
        """The rows of the owner with these values."""
        return [table.c[name] == value for name, value in {**self._owner, **which}.items()]
