"""INSERT … ON CONFLICT, which SQLite and PostgreSQL write alike and SQLAlchemy keeps in two dialects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.engine.transaction import Transaction

Row = Mapping[str, Any]
Insert = postgresql.Insert | sqlite.Insert


def insert_into(transaction: Transaction, table: Table, rows: Row | Sequence[Row]) -> Insert:
    """An INSERT of one row or several that can be told what to do about a row that exists."""
    if transaction.on_postgres:
        return postgresql.insert(table).values(rows)
    return sqlite.insert(table).values(rows)


def insert_new(transaction: Transaction, table: Table, rows: Row | Sequence[Row]) -> Insert:
    """An INSERT that leaves a row that exists as it is."""
    return insert_into(transaction, table, rows).on_conflict_do_nothing()
