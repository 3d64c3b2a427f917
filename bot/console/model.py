"""`milepost model`: check, describe, list and export a framework."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console.faults import framework_at, stop
from bot.console.table import table

if TYPE_CHECKING:
    from model.framework.framework import Dimension, Framework

FrameworkPath = Annotated[
    Path | None,
    typer.Argument(
        envvar="MILEPOST_FRAMEWORK",
        show_default="the bundled framework",
        help="A framework: a folder or a single YAML file.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add `milepost model`."""
    commands = typer.Typer(name="model", help="Check and show a framework.", no_args_is_help=True)
    commands.command("check")(check)
    commands.command("schema")(schema)
    commands.command("show")(show)
    commands.command("export")(export)
    app.add_typer(commands)


def check(path: FrameworkPath = None) -> None:
    """Check a framework and name every fault with its file and line."""
    framework = framework_at(path)
    counts = ", ".join(
        f"{len(parts)} {name if len(parts) == 1 else name + 's'}"
        for name, parts in (
            ("dimension", framework.dimensions),
            ("prompt", framework.prompts),
            ("benefit", framework.benefits),
        )
    )
    typer.echo(f"No faults found: {framework.title}, version {framework.version}, {counts}.")
    typer.echo(f"Content hash {framework.content_hash}")


def schema() -> None:
    """Print the JSON Schema of a framework."""
    from model.framework.framework import Framework

    typer.echo(json.dumps(Framework.model_json_schema(), indent=2, ensure_ascii=False))


def show(
    path: FrameworkPath = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole framework as JSON.")] = False,
) -> None:
    """List what a framework holds."""
    framework = framework_at(path)
    if as_json:
        data = {**framework.model_dump(mode="json"), "content_hash": framework.content_hash}
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    typer.echo(
        "\n\n".join([_about(framework), *(_dimension(framework, each) for each in framework.dimensions)])
    )


def export(
    html: Annotated[Path, typer.Option("--html", help="Write the whole guide as one page to this file.")],
    path: FrameworkPath = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")] = False,
) -> None:
    """Write the guide as a page to read, print or pass on."""
    from bot.content_files.framework_folder import load_framework
    from bot.exports.guide import BUNDLED_LICENCE, OWN_LICENCE, guide_page

    framework = framework_at(path)
    bundled = framework.content_hash == load_framework().content_hash
    page = guide_page(framework, BUNDLED_LICENCE if bundled else OWN_LICENCE)
    try:
        with html.open("w" if force else "x", encoding="utf-8") as file:
            file.write(page)
    except FileExistsError:
        stop([f"{html} is there already. Add --force to overwrite it, or name another file."])
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file can have this name"
        stop([f"{html} cannot be written ({reason})."])
    typer.echo(f"Wrote {html}: {framework.title}, version {framework.version}.")


def _about(framework: "Framework") -> str:
    method = framework.method
    levels = [("Level", "Name", "Provenance")]
    levels += [(str(each.number), each.name, each.provenance.value) for each in framework.levels]
    benefits = [f"  {each.name}: {each.summary}" for each in framework.benefits]
    how = f"{method.aggregate.value}, rounded {method.rounding.value.replace('_', ' ')}"
    return "\n".join(
        [
            f"{framework.title}, version {framework.version}",
            framework.summary,
            framework.provenance_note,
            "",
            table(levels),
            "",
            f"Method: {how}{', by groups' if method.group_means else ''}. {method.note}",
            *(["", "Benefits:", *benefits] if benefits else []),
        ]
    )


def _dimension(framework: "Framework", dimension: "Dimension") -> str:
    group = framework.group(dimension.group)
    lines = [
        f"{dimension.name} ({dimension.id}), {group.name}, {dimension.provenance.value}",
        f"  {dimension.summary}",
    ]
    for prompt in dimension.prompts:
        lines.append(f"  {prompt.id}: {prompt.question}")
        lines += [f"    {number} {text}" for number, text in enumerate(prompt.descriptors, start=1)]
    return "\n".join(lines)
