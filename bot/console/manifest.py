"""`milepost manifest`: the app manifest to paste into Slack."""

from __future__ import annotations

import json
import re
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
    command: Annotated[str, typer.Option(envvar="MILEPOST_COMMAND", help="The slash command.")] = "/milepost",
) -> None:
    """Print the manifest for "Create an app from a manifest"."""
    from bot.manifest import manifest_for

    if not re.fullmatch(r"/[a-z0-9_-]{1,31}", command):
        stop(["--command must be a slash and up to 31 small letters, digits, - or _, such as /milepost."])
    if url is not None and not re.match(r"^https://[^\s/]+", url):
        stop(
            [
                "--url must be an https:// address that Slack can reach, such as https://milepost.example.gov.uk"
            ]
        )
    typer.echo(json.dumps(manifest_for(command=command, address=url), indent=2, ensure_ascii=False))
