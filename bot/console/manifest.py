"""`milepost manifest`: the app manifest to paste into Slack."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.console.faults import stop


def register(app: typer.Typer) -> None:
    """Add `milepost manifest`."""
    app.command("manifest")(manifest)


def manifest(
    url: Annotated[
        str | None,
        typer.Option(help="Your public address, for HTTP mode; without it, the manifest is for Socket Mode."),
    ] = None,
    command: Annotated[
        str | None,
        typer.Option(
            help="The slash command.", show_default="MILEPOST_COMMAND, from the environment or .env"
        ),
    ] = None,
) -> None:
    """Print the manifest for "Create an app from a manifest"."""
    from bot.manifest import is_command, is_public_address, manifest_for

    command = _command_set() if command is None else command
    faults = []
    if url is not None and not is_public_address(url):
        faults.append(
            "--url must be an https:// address that Slack can reach, such as https://milepost.example.gov.uk"
        )
    if not is_command(command):
        faults.append(
            "The command must be a slash and up to 31 small letters, digits, - or _, such as /milepost"
        )
    if faults:
        stop(faults)
    typer.echo(json.dumps(manifest_for(command=command, address=url), indent=2, ensure_ascii=False))


def _command_set() -> str:
    """The command that the bot itself listens to on this machine."""
    from bot.console.command_name import CommandName

    try:
        return CommandName().command
    except (OSError, UnicodeDecodeError):
        stop([".env cannot be read. Check its permissions and that it is UTF-8."])
