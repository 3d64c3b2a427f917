"""`milepost records`: hand out what is kept, and take a person out of it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Annotated

import typer

from bot.console.db import DatabaseUrl, address_or_stop, run_or_stop
from bot.console.faults import stop

_SLACK_ID = re.compile(r"[UW][A-Z0-9]+")
Workspace = Annotated[
    str | None, typer.Option(help="The workspace's id, such as T0123; without it, every workspace.")
]


def register(app: typer.Typer) -> None:
    """Add `milepost records`."""
    commands = typer.Typer(name="records", help="Export what is kept; erase a person.", no_args_is_help=True)
    commands.command("export")(export)
    commands.command("erase")(erase)
    app.add_typer(commands)


def export(
    file: Annotated[Path, typer.Argument(help="The JSON file to make; it must not exist.")],
    person: Annotated[
        str | None, typer.Option(help="Only what names this person, by their Slack id, such as U0123.")
    ] = None,
    workspace: Workspace = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Write everything that is kept to a file; the bot may be running."""
    from storage.upkeep.inspection import read_records

    found = run_or_stop(read_records(address_or_stop(database_url), workspace_id=workspace, person=person))
    if not found:
        stop(["Nothing was exported: there is no such workspace in this database."])
    try:
        # Opinions by name are in it, so that only its owner may read it.
        with open(
            file, "x", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)
        ) as target:
            json.dump(found, target, indent=2, ensure_ascii=False)
    except FileExistsError:
        stop([f"{file} exists, and an export overwrites nothing. Name another file."])
    except OSError as error:
        stop([f"{file} cannot be written: {error.strerror}."])
    rows = sum(len(rows) for tables in found.values() for rows in tables.values())
    typer.echo(f"{rows:,} rows were written to {file}.")


def erase(
    person: Annotated[str, typer.Argument(help="Their Slack id, such as U0123.")],
    workspace: Workspace = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Take a person's name out of all records: their votes stay as counts, their words without a name."""
    from bot.clock import SystemClock
    from bot.services.records.records import Erased, erase_person
    from storage.database import Database
    from storage.upkeep.inspection import read_records

    if not _SLACK_ID.fullmatch(person):
        stop([f"{person} is no Slack id. It is under More, Copy member ID, in the person's profile."])
    address = address_or_stop(database_url)
    found = run_or_stop(read_records(address, workspace_id=workspace, person=person))
    named = {each: tables for each, tables in found.items() if tables}
    if not named:
        stop([f"Nothing here names {person}."])
    rows = sum(len(rows) for tables in named.values() for rows in tables.values())
    if not yes:
        typer.confirm(f"{rows:,} rows name {person}. This cannot be undone. Go on?", abort=True)

    async def erased() -> list[Erased | None]:
        database = await Database.open(address)
        try:
            now = SystemClock().now()
            return [await erase_person(database, each, person, now) for each in named]
        finally:
            await database.close()

    done = [each for each in run_or_stop(erased()) if each is not None]
    assessments = sum(each.assessments for each in done)
    typer.echo(
        f"{person} was taken out of {rows:,} rows, in {assessments} assessments. "
        "Messages that show the name are drawn anew when the bot runs."
    )
