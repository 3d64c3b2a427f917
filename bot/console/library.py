"""`milepost library`: check, list, show and search the actions library."""

import json
from collections.abc import Sequence
from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console import library_files
from bot.console.db import DatabaseUrl
from bot.console.faults import framework_at, library_at, stop, stop_at
from bot.console.library_files import Workspace
from bot.console.table import table

if TYPE_CHECKING:
    from model.framework.framework import Framework
    from model.library.library import Action, Library

FrameworkOption = Annotated[
    Path | None,
    typer.Option(
        "--framework",
        envvar="MILEPOST_FRAMEWORK",
        show_default="the bundled framework",
        help="A framework: a folder, which may hold a library of its own, or a single YAML file.",
    ),
]
Own = Annotated[
    bool, typer.Option("--own", help="The council's own actions, from the database, not those it came with.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the actions as JSON.")]
_STEPS = ("1-2", "2-3", "3-4", "4-5")


def register(app: typer.Typer) -> None:
    """Add `milepost library`."""
    commands = typer.Typer(
        name="library", help="Check and show the actions library; export and import.", no_args_is_help=True
    )
    commands.command("check")(check)
    commands.command("list")(list_actions)
    commands.command("show")(show)
    commands.command("search")(search)
    library_files.register(commands)
    app.add_typer(commands)


def check(
    path: Annotated[
        Path | None,
        typer.Argument(
            show_default="the library in use",
            help="A folder of library files, one such file, or a framework's folder with a library in it.",
        ),
    ] = None,
    framework: FrameworkOption = None,
) -> None:
    """Check a library and name every fault with its file and line."""
    from bot.content_files.framework_folder import LIBRARY_FOLDER

    if path is None:
        against = framework_at(framework)
        library = library_at(against, framework)
    elif isdir(path / LIBRARY_FOLDER):
        against = framework_at(path)
        library = library_at(against, path)
    else:
        against = framework_at(framework)
        library = _files_at(against, path)
    places = {action.dimension for action in library.actions}
    typer.echo(
        f"No faults found: {_counted(len(library.actions), 'action')} "
        f"for {_counted(len(places), 'dimension')} of {against.title}, version {against.version}."
    )
    typer.echo(f"Content hash {library.content_hash}")


def list_actions(
    dimension: Annotated[str | None, typer.Option(help="Only those of this dimension, by its id.")] = None,
    step: Annotated[str | None, typer.Option(help=f"Only those of this step: {', '.join(_STEPS)}.")] = None,
    own: Own = False,
    workspace: Workspace = None,
    framework: FrameworkOption = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """List the actions by dimension and step."""
    against, library, chosen = _loaded(framework, own, workspace, database_url)
    found = tuple(action for action in library.actions if action.id in chosen)
    if dimension is not None:
        _known("dimension", dimension, [each.id for each in against.dimensions])
        found = tuple(action for action in library.for_dimension(dimension) if action.id in chosen)
    if step is not None:
        _known("step", step, _STEPS)
        found = tuple(action for action in found if _step(action) == step)
    _print(found, against, as_json)


def show(
    action_id: Annotated[str, typer.Argument(metavar="ID", help="The id of an action.")],
    own: Own = False,
    workspace: Workspace = None,
    framework: FrameworkOption = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show one action with everything it says."""
    against, library, chosen = _loaded(framework, own, workspace, database_url)
    _known("action", action_id, [each.id for each in library.actions if each.id in chosen])
    action = library.action(action_id)
    if as_json:
        typer.echo(json.dumps(action.model_dump(mode="json"), indent=2, ensure_ascii=False))
    else:
        typer.echo(_whole(action, library, against))


def search(
    words: Annotated[list[str], typer.Argument(help="What to look for; a letter may be wrong.")],
    limit: Annotated[int, typer.Option(min=1, help="How many to show at most.")] = 8,
    own: Own = False,
    workspace: Workspace = None,
    framework: FrameworkOption = None,
    database_url: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Find actions by words in their titles, summaries, dimensions and steps, the best first."""
    from model.library.search import search as find

    against, library, chosen = _loaded(framework, own, workspace, database_url)
    found = find(library, against, " ".join(words), len(library.actions))
    _print([action for action in found if action.id in chosen][:limit], against, as_json)


def _loaded(
    path: Path | None, own: bool, workspace: str | None, database_url: str | None
) -> "tuple[Framework, Library, frozenset[str]]":
    """The framework, the whole library, and the ids of the actions that are asked for."""
    framework = framework_at(path)
    shipped = library_at(framework, path)
    if not own:
        return framework, shipped, frozenset(each.id for each in shipped.actions)
    return framework, *library_files.with_councils_own(shipped, framework, workspace, database_url)


def _files_at(framework: "Framework", path: Path) -> "Library":
    from bot.content_files.framework_folder import load_actions
    from model.library.source import LibraryFaults

    try:
        return load_actions(framework, path)
    except LibraryFaults as error:
        stop_at(path, error)


def _known(what: str, word: str, known: Sequence[str]) -> None:
    """Stop with a sentence when a word is not among those that are known."""
    from model.content_files.rules import nearest
    from model.quoting import quoted

    if word not in known:
        stop([f"There is no {what} {quoted(word)}.{nearest(word, known)}"])


def _print(actions: "Sequence[Action]", framework: "Framework", as_json: bool) -> None:
    if as_json:
        data = [action.model_dump(mode="json") for action in actions]
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    if not actions:
        typer.echo("Nothing found.")
        return
    names = {each.id: each.name for each in framework.dimensions}
    rows = [("Dimension", "Step", "Weeks", "Time", "Money", "Skills", "Id", "Title")]
    rows += [
        (
            names.get(action.dimension, action.dimension),
            _step(action),
            str(action.weeks),
            action.effort.time.value,
            action.effort.money.value,
            action.effort.skills.value,
            action.id,
            action.title,
        )
        for action in actions
    ]
    typer.echo(table(rows))


def _whole(action: "Action", library: "Library", framework: "Framework") -> str:
    """Write one action as text."""
    dimension = framework.dimension(action.dimension).name
    effort = action.effort
    parts = [
        f"{action.title} ({action.id})",
        f"{dimension}, level {action.from_level} to {action.to_level}, {_counted(action.weeks, 'week')}",
        f"Takes: time {effort.time.value}, money {effort.money.value}, skills {effort.skills.value}",
        "",
        action.summary,
        f"Why: {action.why}",
    ]
    benefits = [framework.benefit(each).name for each in action.benefits]
    if benefits:
        parts.append(f"Good for: {', '.join(benefits)}")
    before = [f"{library.action(each).title} ({each})" for each in action.prerequisites]
    sections = (
        ("Answers", [framework.prompt(each).question for each in action.prompts]),
        ("Do first", before),
        ("Steps", [f"{number}. {step}" for number, step in enumerate(action.steps, start=1)]),
        ("Milestones", [f"week {each.week}: {each.name}" for each in action.milestones]),
        ("It worked when", [action.success]),
        ("Evidence it leaves", list(action.evidence)),
        ("Read on", [f"{each.title}, {each.publisher}" for each in action.reading]),
    )
    for heading, lines in sections:
        if lines:
            parts += ["", f"{heading}:", *(f"  {line}" for line in lines)]
    origin = ", ".join(each for each in (action.status.value, action.author, action.licence) if each)
    return "\n".join([*parts, "", f"Source: {origin}"])


def _step(action: "Action") -> str:
    return f"{action.from_level}-{action.to_level}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what if number == 1 else what + 's'}"
