"""Database addresses: what a person may write, and what the engine needs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.engine.errors import DatabaseProblem

SQLITE_DRIVER = "sqlite+aiosqlite"
POSTGRES_DRIVER = "postgresql+asyncpg"

_SQLITE_NAMES = frozenset({"sqlite", SQLITE_DRIVER})
_POSTGRES_NAMES = frozenset({"postgres", "postgresql", POSTGRES_DRIVER})

# Options of libpq about security or the route, by the names that hosts put into their addresses.
KEPT_OPTIONS = frozenset(
    {
        "application_name",
        "connect_timeout",
        "host",
        "port",
        "ssl",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslrootcert",
        "target_session_attrs",
    }
)
# Options that asyncpg has no use for, and that change nothing about who is connected to.
_DROPPED_OPTIONS = frozenset(
    {
        "channel_binding",
        "client_encoding",
        "gssencmode",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "sslcompression",
        "sslsni",
    }
)
_TLS_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_EXAMPLES = "sqlite:///milepost.db or postgresql://name:password@server/database"


def normalise_url(url: str) -> str:
    """Turn an address as people and hosts write it into one with the drivers we use.

    A plain `postgresql://` means psycopg to SQLAlchemy 2.1, so the driver is always written out. asyncpg
    calls libpq's `sslmode` `ssl`; the values are the same.

    Raises:
        DatabaseProblem: The address is malformed, or is of a database or has an option that we cannot use.
            The sentence never repeats the address, which may hold a password.
    """
    try:
        parsed = make_url(url.strip())
    except (ArgumentError, ValueError):
        raise DatabaseProblem(
            f"DATABASE_URL is not the address of a database. Write it like {_EXAMPLES}."
        ) from None
    if parsed.drivername in _SQLITE_NAMES:
        return _sqlite(parsed, url).render_as_string(hide_password=False)
    if parsed.drivername in _POSTGRES_NAMES:
        return _postgres(parsed).render_as_string(hide_password=False)
    raise DatabaseProblem(
        f"Milepost keeps its data in SQLite or PostgreSQL, not in {parsed.drivername}. "
        f"Write DATABASE_URL like {_EXAMPLES}."
    )


def _sqlite(url: URL, written: str) -> URL:
    if url.host or url.username or url.port:
        raise DatabaseProblem(
            "A SQLite address has three slashes before a relative path and four before an absolute one: "
            "sqlite:///milepost.db or sqlite:////var/lib/milepost/milepost.db."
        )
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise DatabaseProblem(
            "Milepost needs a SQLite file that lasts. Name one in DATABASE_URL, such as sqlite:///milepost.db."
        )
    if "\x00" in url.database:
        raise DatabaseProblem("The path of the SQLite file in DATABASE_URL holds a null character.")
    if url.query or "?" in written:
        raise DatabaseProblem(
            "A SQLite address takes no options. Leave out the question mark and all after it in DATABASE_URL."
        )
    return url.set(drivername=SQLITE_DRIVER)


def _postgres(url: URL) -> URL:
    query = {name: value for name, value in url.query.items() if name not in _DROPPED_OPTIONS}
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    unknown = sorted(set(query) - KEPT_OPTIONS)
    if unknown:
        raise DatabaseProblem(
            f"DATABASE_URL has the option {unknown[0]!r}, which Milepost does not know. Leave it out."
        )
    if query.get("ssl", "prefer") not in _TLS_MODES:
        raise DatabaseProblem(f"The option sslmode in DATABASE_URL must be one of {', '.join(_TLS_MODES)}.")
    if not url.database:
        raise DatabaseProblem(
            "DATABASE_URL does not name a database. Put its name after the server: "
            "postgresql://name:password@server/database."
        )
    return url.set(drivername=POSTGRES_DRIVER, query=query)


def sqlite_path(url: str) -> Path | None:
    """The absolute path of the SQLite file in a normalised address; None for PostgreSQL.

    Raises:
        DatabaseProblem: The path begins with the home of an account that does not exist.
    """
    parsed = make_url(url)
    if parsed.drivername != SQLITE_DRIVER or parsed.database is None:
        return None
    try:
        return Path(parsed.database).expanduser().absolute()
    except RuntimeError:
        raise DatabaseProblem(
            "The folder after ~ in DATABASE_URL is of an account that does not exist."
        ) from None
