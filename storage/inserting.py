"""INSERT … ON CONFLICT, which SQLite and PostgreSQL write alike and SQLAlchemy keeps in two dialects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.transaction import Transaction

Insert = postgresql.Insert | sqlite.Insert


def insert_into(transaction: Transaction, table: Table, values: Mapping[str, Any]) -> Insert:
    """An INSERT that can be told what to do about a row that exists."""
    if transaction.on_postgres:
        return postgresql.insert(table).values(**values)
    return sqlite.insert(table).values(**values)


def insert_if_new(transaction: Transaction, table: Table, values: Mapping[str, Any]) -> Insert:
    """An INSERT that leaves a row that exists as it is."""
    return insert_into(transaction, table, values).on_conflict_do_nothing()
