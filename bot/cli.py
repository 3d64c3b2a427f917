"""The command `milepost`: each subject registers its own subcommands."""

import sys
from typing import Annotated

import typer

from bot.console import db, demo, doctor, library, manifest, model, records, run, sandbox, score


def build_app() -> typer.Typer:
    """Put the command line together."""
    app = typer.Typer(
        name="milepost",
        help="A Slack bot that takes a council team through the Local Government Digital Quality Model.",
        no_args_is_help=True,
        add_completion=False,
        # A traceback of ours would print local variables, tokens among them.
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    for subject in (demo, run, doctor, manifest, sandbox, model, library, score, db, records):
        subject.register(app)
    return app


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # Where the terminal cannot show a sign, something readable is better than a crash.
            reconfigure(errors="backslashreplace")
    build_app()()


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"milepost {version('milepost-bot')}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Hold the options that stand before a subcommand."""
