"""`milepost library export` and `import`: the council's own actions as YAML files."""

import json
from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console.db import DatabaseUrl, address_or_stop, run_or_stop
from bot.console.faults import framework_at, library_at, placed, stop
from bot.console.table import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.framework.framework import Framework
    from model.library.importing import Arrival
    from model.library.library import Action, Library

_FILES = (".yaml", ".yml")
FrameworkOption = Annotated[
    Path | None,
    typer.Option(
        "--framework",
        envvar="MILEPOST_FRAMEWORK",
        show_default="the bundled framework",
        help="A framework: a folder, which may hold a library of its own, or a single YAML file.",
    ),
]
Workspace = Annotated[
    str | None, typer.Option(help="The workspace's id, such as T0123; needed where there are several.")
]


def register(commands: typer.Typer) -> None:
    """Add the two to `milepost library`."""
    commands.command("export")(export)
    commands.command("import")(import_)


def export(
    target: Annotated[
        Path,
        typer.Argument(metavar="FILE|DIR", help="A .yaml file to make, or a folder."),
    ],
    own: Annotated[bool, typer.Option("--own", help="Only the council's own actions.")] = False,
    author: Annotated[
        str | None, typer.Option(help="Who wrote the council's own actions, such as the council's name.")
    ] = None,
    licence: Annotated[
        str | None, typer.Option(help='How others may use the council\'s own actions, such as "CC BY 4.0".')
    ] = None,
    workspace: Workspace = None,
    framework: FrameworkOption = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Write actions as YAML in the format of the bundled files; the bot may be running."""
    against = framework_at(framework)
    whole, ids = with_councils_own(library_at(against, framework), against, workspace, database_url)
    mine = [_signed(each, author, licence) if each.id in ids else each for each in whole.actions]
    chosen = [each for each in mine if not own or each.id in ids]
    if not chosen:
        stop(["Nothing was exported: the council has no actions of its own yet."])
    texts = _texts(chosen, target, against)
    _check_readable(texts, against, [each for each in whole.actions if each not in chosen], chosen)
    _write(texts)
    typer.echo(f"{_actions(len(chosen))} written to {target}.")
    unsigned = sum(each.author is None or each.licence is None for each in chosen)
    if unsigned:
        typer.echo(
            f"{_actions(unsigned)} of these without author or licence. Before you pass them on, "
            "export with --author and --licence, so that others know whose they are and may use them."
        )


def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE|DIR", help="A library file, or a folder of them.")],
    replace: Annotated[bool, typer.Option("--replace", help="Take other words for own actions.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")
    ] = False,
    workspace: Workspace = None,
    framework: FrameworkOption = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Take actions from YAML files into the council's own library; those it has already are skipped."""
    from bot.clock import SystemClock
    from bot.content_files.framework_folder import load_actions_beside
    from bot.services.library.importing import Import, import_actions
    from model.library.source import LibraryFaults
    from storage.database import Database
    from storage.upkeep.inspection import read_records

    against = framework_at(framework)
    shipped = library_at(against, framework)
    address = address_or_stop(database_url)
    chosen = _workspace(list(run_or_stop(read_records(address))), workspace)

    async def imported() -> "tuple[Arrival, ...]":
        database = await Database.open(address)
        try:
            what = Import(lambda beside: load_actions_beside(against, path, beside), shipped, replace)
            return await import_actions(database, chosen, what, dry_run=dry_run, at=SystemClock().now())
        finally:
            await database.close()

    try:
        found = run_or_stop(imported())
    except LibraryFaults as error:
        stop(placed(path, error))
    _report(found, dry_run=dry_run)


def with_councils_own(
    shipped: "Library", framework: "Framework", workspace: str | None, database_url: str | None
) -> "tuple[Library, frozenset[str]]":
    """A library with the council's own actions from the database beside it, and the ids of these."""
    from model.library.council_library import with_own
    from model.library.library import Action
    from storage.upkeep.inspection import read_records

    records = run_or_stop(read_records(address_or_stop(database_url)))
    kept = records[_workspace(list(records), workspace)].get("library_action", [])
    mine = tuple(Action.model_validate_json(row["document"]) for row in kept)
    whole = with_own(shipped, mine, framework)
    return whole, frozenset(each.id for each in whole.actions) - {each.id for each in shipped.actions}


def _signed(action: "Action", author: str | None, licence: str | None) -> "Action":
    """The action with whose it is, where that is not recorded."""
    return action.model_copy(update={"author": action.author or author, "licence": action.licence or licence})


def _workspace(known: list[str], asked: str | None) -> str:
    if asked is not None and asked in known:
        return asked
    if asked is None and len(known) == 1:
        return known[0]
    if not known:
        stop(["There is no workspace in this database yet. Start Milepost once with milepost run."])
    if asked is not None:
        stop([f"There is no workspace {json.dumps(asked)} in this database: {', '.join(known)}."])
    stop([f"There are several workspaces here. Name one with --workspace: {', '.join(known)}."])


def _texts(actions: "Sequence[Action]", target: Path, framework: "Framework") -> dict[Path, str]:
    """What to write where: everything in one file, or a file for each dimension in a folder."""
    from model.library.writing import library_yaml

    if target.suffix in _FILES and not isdir(target):
        return {target: library_yaml(actions)}
    places = {each.id: number for number, each in enumerate(framework.dimensions, 1)}
    return {
        target / f"{number:02}-{dimension}.yaml": library_yaml(of_dimension)
        for dimension, number in places.items()
        if (of_dimension := [each for each in actions if each.dimension == dimension])
    }


def _check_readable(
    texts: dict[Path, str], framework: "Framework", others: "Sequence[Action]", written: "Sequence[Action]"
) -> None:
    """Read it back before anything is written: what is exported can be imported.

    Raises:
        RuntimeError: It says something else, which would be a fault of ours.
    """
    from model.library.library import ActionStatus
    from model.library.source import parse_actions

    named = {str(path): text for path, text in texts.items()}
    read = parse_actions(named, framework, others)
    local = {"status": ActionStatus.LOCAL}
    if list(read) != [each.model_copy(update=local) for each in written]:
        raise RuntimeError("The exported library reads back otherwise.")


def _write(texts: dict[Path, str]) -> None:
    there = [path for path in texts if path.exists()]
    if there:
        stop([f"{there[0]} exists, and an export overwrites nothing. Name another file or folder."])
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            stop([f"{path} cannot be written: {error.strerror}."])


def _report(found: "Sequence[Arrival]", *, dry_run: bool) -> None:
    from model.library.importing import TAKEN_IN, Coming

    words = {
        Coming.NEW: "added",
        Coming.REPLACED: "replaced",
        Coming.SAME: "there already, skipped",
        Coming.CHANGED: "there in other words, skipped; --replace takes these",
        Coming.SHIPPED: "skipped: an action that came with Milepost has this id",
        Coming.TITLE_TAKEN: "skipped: another action has this title",
    }
    rows = [("Id", "Title", "What became of it")]
    for each in found:
        like = f" ({each.like})" if each.coming is Coming.TITLE_TAKEN else ""
        rows.append((each.action.id, each.action.title, words[each.coming] + like))
    typer.echo(table(rows))
    taken = sum(each.coming in TAKEN_IN for each in found)
    skipped = f"{len(found) - taken} skipped"
    if dry_run:
        typer.echo(f"{_actions(taken)} would be taken in, {skipped}. Nothing was changed.")
    else:
        typer.echo(f"{_actions(taken)} taken in, {skipped}.")


def _actions(number: int) -> str:
    return "1 action" if number == 1 else f"{number} actions"
