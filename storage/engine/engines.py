"""The engines: how we connect to SQLite and PostgreSQL, for writing and for reading."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.engine.address import SQLITE_DRIVER
from storage.engine.errors import DatabaseProblem
from storage.engine.sqlite_driver import sqlite_connection

BUSY_SECONDS = 15
POOL_SECONDS = 30
CONNECT_SECONDS = 10
# A query of ours takes milliseconds. These end what hangs before a person has given up.
_POSTGRES_LIMITS = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}
_TLS_FILES = ("sslcert", "sslcrl", "sslkey", "sslrootcert")


@dataclass(frozen=True)
class Engines:
    """One engine for writing and one for reading; on PostgreSQL they share a pool."""

    writing: AsyncEngine
    reading: AsyncEngine

    async def dispose(self) -> None:
        """Close every connection."""
        await self.reading.dispose()
        await self.writing.dispose()


def sqlite_engines(path: Path) -> Engines:
    """Engines for one SQLite file.

    Writers share one connection and queue for it in turn: SQLite lets one write at a time anyway, and its own
    way of waiting is a lottery.
    """
    writing = sqlite_engine(path, begin="BEGIN IMMEDIATE", pragmas=("journal_mode=WAL",), pool_size=1)
    reading = sqlite_engine(path, begin="BEGIN", pragmas=("query_only=ON",), pool_size=5)
    return Engines(writing, reading)


def sqlite_engine(
    path: Path,
    *,
    begin: str,
    pragmas: tuple[str, ...] = (),
    pool_size: int = 1,
    foreign_keys: bool = True,
) -> AsyncEngine:
    """An engine that begins every transaction itself, as `begin` says, before the first statement.

    `sqlite3` by itself begins none before a SELECT, and a plain BEGIN that reads first cannot become a writer
    while another writes. With synchronous=FULL what was committed outlives a power cut too
    (https://www.sqlite.org/pragma.html#pragma_synchronous): nobody's words hang on a few milliseconds.
    """
    engine = create_async_engine(
        URL.create(SQLITE_DRIVER, database=str(path)),
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        connect_args={
            "isolation_level": None,
            "timeout": BUSY_SECONDS,
            "async_creator_fn": sqlite_connection,
        },
    )
    settings = (f"foreign_keys={'ON' if foreign_keys else 'OFF'}", "synchronous=FULL", *pragmas)

    def prepare(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for setting in settings:
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", start)
    return engine


def postgres_engines(url: str) -> Engines:
    """Engines for a normalised PostgreSQL address.

    Readers see one moment throughout (REPEATABLE READ), as on SQLite.

    Raises:
        DatabaseProblem: An option of the address has a value that cannot be used.
    """
    address, arguments = _postgres_arguments(url)
    try:
        engine = create_async_engine(
            address,
            hide_parameters=True,
            pool_size=10,
            max_overflow=10,
            pool_timeout=POOL_SECONDS,
            pool_pre_ping=True,
            pool_recycle=1800,
            connect_args=arguments,
        )
    except ArgumentError:
        raise DatabaseProblem(
            "The hosts and ports in DATABASE_URL do not fit together: give every host its port, as a number."
        ) from None
    event.listen(engine.sync_engine, "connect", _limit_waiting)
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(engine, reading)


def _limit_waiting(connection: DBAPIConnection, _record: object) -> None:
    # Not as start-up parameters, which PgBouncer turns away.
    cursor = connection.cursor()
    limits = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in _POSTGRES_LIMITS.items())
    cursor.execute(f"SELECT {limits}")
    cursor.close()
    connection.commit()


def _postgres_arguments(url: str) -> tuple[URL, dict[str, Any]]:
    """Split off the options that SQLAlchemy would not hand to asyncpg in the right form."""
    address = make_url(url)
    query = dict(address.query)
    arguments: dict[str, Any] = {
        "timeout": _seconds(query.pop("connect_timeout", str(CONNECT_SECONDS))),
        "server_settings": {"application_name": str(query.pop("application_name", "milepost"))},
        # Unique names, so that PgBouncer may hand the same server connection to several of ours.
        "prepared_statement_name_func": lambda: f"milepost_{uuid4().hex}",
    }
    options = {name: str(query.pop(name)) for name in _TLS_FILES if name in query}
    for name, file in options.items():
        if not os.access(file, os.R_OK):
            raise DatabaseProblem(
                f"The file that the option {name} in DATABASE_URL names cannot be read: {file}."
            )
    if "target_session_attrs" in query:
        options["target_session_attrs"] = str(query.pop("target_session_attrs"))
    if options:
        if "ssl" in query:
            options["sslmode"] = str(query.pop("ssl"))
        # asyncpg reads these from an address only; host, name and password given beside it win.
        arguments["dsn"] = f"postgresql:///?{urlencode(options)}"
    return address.set(query=query), arguments


def _seconds(text: object) -> float:
    try:
        seconds = float(str(text))
    except ValueError:
        seconds = 0
    if not 0 < seconds <= 600:
        raise DatabaseProblem("The option connect_timeout in DATABASE_URL must be from 1 to 600 seconds.")
    return seconds
