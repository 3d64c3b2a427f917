"""`milepost db`: bring the database up to date, look at it, copy it."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.console.faults import stop
from bot.console.table import table

if TYPE_CHECKING:
    from storage.upkeep.inspection import Health

_T = TypeVar("_T")

DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        envvar="DATABASE_URL",
        show_default="sqlite+aiosqlite:///milepost.db",
        show_envvar=True,
        help="The address of the database; .env is read too.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add `milepost db`."""
    commands = typer.Typer(name="db", help="Upgrade, check and copy the database.", no_args_is_help=True)
    commands.command("upgrade")(upgrade)
    commands.command("current")(current)
    commands.command("check")(check)
    commands.command("backup")(backup)
    app.add_typer(commands)


def upgrade(database_url: DatabaseUrl = None) -> None:
    """Make the tables, or bring them to the revision of this program."""
    from storage.database import Database
    from storage.engine.migrating import head

    async def open_once() -> None:
        database = await Database.open(address_or_stop(database_url))
        await database.close()

    run_or_stop(open_once())
    typer.echo(f"The database is at revision {head()}.")


def current(database_url: DatabaseUrl = None) -> None:
    """Print the revision of the database and the one this program needs."""
    from storage.engine.migrating import head
    from storage.upkeep.inspection import revision_at

    revision = run_or_stop(revision_at(address_or_stop(database_url)))
    typer.echo(f"database  {revision or 'empty'}")
    typer.echo(f"program   {head()}")


def check(database_url: DatabaseUrl = None) -> None:
    """Look for damage and count what is there; the bot may be running."""
    from storage.upkeep.inspection import inspect_database

    health = run_or_stop(inspect_database(address_or_stop(database_url)))
    _print_counts(health)
    if health.faults:
        stop(health.faults)
    typer.echo("No faults found.")


def backup(
    file: Annotated[Path, typer.Argument(help="The file to make; it must not exist.")],
    database_url: DatabaseUrl = None,
) -> None:
    """Copy the database to a new file; the bot may be running."""
    from storage.upkeep.backup import back_up

    run_or_stop(back_up(address_or_stop(database_url), file))
    typer.echo(f"The database was copied to {file}, {file.stat().st_size:,} bytes.")


def _print_counts(health: "Health") -> None:
    typer.echo(f"{health.dialect}, revision {health.revision or 'none'}")
    if health.rows:
        rows = [("table", "rows"), *((name, str(count)) for name, count in health.rows.items())]
        typer.echo(table(rows))
        typer.echo(f"{health.pending} messages wait for delivery, {health.blocked} are blocked.")


def address_or_stop(option: str | None) -> str:
    """The address from the option, the environment, `.env` or the default, in this order."""
    from bot.console.database_address import DatabaseAddress

    if option:
        return option
    try:
        return DatabaseAddress().database_url
    except (OSError, ValueError):
        stop([".env cannot be read. Check its permissions and that it is UTF-8."])


def run_or_stop(work: Coroutine[object, object, _T]) -> _T:
    """Do this with the database; what is wrong is said in its sentence, with exit status 1."""
    from storage.engine.errors import StorageError

    try:
        return asyncio.run(work)
    except StorageError as error:
        stop([str(error)])
