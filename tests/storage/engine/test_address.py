"""Addresses as people and hosts write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.database import normalise_url
from storage.engine.address import sqlite_path
from storage.engine.engines import postgres_engines
from storage.engine.errors import DatabaseProblem


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("sqlite:///milepost.db", "sqlite+aiosqlite:///milepost.db"),
        (" sqlite:////data/m.db\n", "sqlite+aiosqlite:////data/m.db"),
        ("sqlite+aiosqlite:///m.db", "sqlite+aiosqlite:///m.db"),
        ("postgres://a:b@server/db", "postgresql+asyncpg://a:b@server/db"),
        ("postgresql://a:b@server:6432/db", "postgresql+asyncpg://a:b@server:6432/db"),
        ("postgresql+asyncpg://server/db", "postgresql+asyncpg://server/db"),
        ("postgres://a@server/db?sslmode=require", "postgresql+asyncpg://a@server/db?ssl=require"),
        (
            "postgres://a@server/db?sslmode=require&channel_binding=require",
            "postgresql+asyncpg://a@server/db?ssl=require",
        ),
        ("postgresql://postgres@/db?host=/run/pg", "postgresql+asyncpg://postgres@/db?host=%2Frun%2Fpg"),
        ("postgres://a:p%40ss%2Fword@server/db", "postgresql+asyncpg://a:p%40ss%2Fword@server/db"),
    ],
)
def test_an_address_gets_our_drivers(written: str, normal: str) -> None:
    assert normalise_url(written) == normal
    assert normalise_url(normal) == normal


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "is not the address of a database"),
        ("milepost.db", "is not the address of a database"),
        ("postgres://a:secret@server:port/db", "is not the address of a database"),
        ("mysql://a:secret@server/db", "not in mysql"),
        ("postgresql+psycopg2://a:secret@server/db", "not in postgresql+psycopg2"),
        ("sqlite://milepost.db", "three slashes"),
        ("sqlite://", "a SQLite file that lasts"),
        ("sqlite:///:memory:", "a SQLite file that lasts"),
        ("sqlite:///file:m.db?mode=memory&uri=true", "a SQLite file that lasts"),
        ("sqlite:///m.db?mode=ro", "takes no options"),
        ("sqlite:///m.db?ro", "takes no options"),
        ("postgres://a:secret@server", "does not name a database"),
        ("postgres://a:secret@server/db?sslmode=on", "must be one of disable, allow"),
        ("postgres://a:secret@server/db?schema=public", "the option 'schema'"),
    ],
)
def test_an_address_we_cannot_use_is_refused_in_a_sentence(written: str, says: str) -> None:
    with pytest.raises(DatabaseProblem) as caught:
        normalise_url(written)
    assert says in str(caught.value)
    assert "secret" not in str(caught.value)


@given(st.text())
def test_any_text_is_normalised_or_refused(written: str) -> None:
    try:
        normal = normalise_url(written)
    except DatabaseProblem:
        return
    assert normalise_url(normal) == normal


def test_the_path_of_a_sqlite_file_is_absolute() -> None:
    assert sqlite_path("sqlite+aiosqlite:///m.db") == Path.cwd() / "m.db"
    assert sqlite_path("sqlite+aiosqlite:////data/m.db") == Path("/data/m.db")
    assert sqlite_path("sqlite+aiosqlite:///~/m.db") == Path.home() / "m.db"
    assert sqlite_path("postgresql+asyncpg://server/db") is None
    with pytest.raises(DatabaseProblem, match="account that does not exist"):
        sqlite_path("sqlite+aiosqlite:///~nobody-of-that-name/m.db")


@pytest.mark.parametrize("options", ["host=one,two", "host=one&port=many"])
def test_hosts_and_ports_must_fit(options: str) -> None:
    with pytest.raises(DatabaseProblem, match="do not fit together"):
        postgres_engines(normalise_url(f"postgres:///db?{options}"))


def test_the_files_of_a_secure_connection_must_be_there(tmp_path: Path) -> None:
    missing = tmp_path / "ca.pem"
    address = normalise_url(f"postgres://server/db?sslmode=verify-full&sslrootcert={missing}")
    with pytest.raises(DatabaseProblem, match="option sslrootcert .* cannot be read"):
        postgres_engines(address)


@pytest.mark.parametrize("seconds", ["0", "soon", "601", "nan"])
async def test_a_time_limit_must_be_one(seconds: str) -> None:
    with pytest.raises(DatabaseProblem, match="connect_timeout"):
        postgres_engines(normalise_url(f"postgres://server/db?connect_timeout={seconds}"))
