"""`milepost demo`: a whole assessment of a made-up council, played through the real bot in a local Slack."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console.faults import stop
from bot.console.starting import plain_problems

if TYPE_CHECKING:
    from bot.demo.summary import Summary
    from bot.demo.transcript import Transcript

# Clock seconds a real second: Slack's pace, one post a second and fifty edits a minute, would otherwise make
# it a long film.
_SPEED = 20.0


def register(app: typer.Typer) -> None:
    """Add `milepost demo`."""
    app.command("demo")(demo)


def demo(
    out: Annotated[
        Path | None, typer.Option(help="A folder to keep transcript, database and pictures in.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary for machines instead.")] = False,
) -> None:
    """Watch a whole assessment from start to results; exit status 0 only if every step happened."""
    from bot.demo.stage import StepMissing
    from bot.demo.transcript import Transcript
    from bot.log import configure_logging
    from bot.sandbox.client.client import SandboxError

    configure_logging("ERROR")
    transcript = Transcript(quiet=as_json)
    with plain_problems(), TemporaryDirectory(prefix="milepost-demo-") as scratch:
        folder = _folder(out, Path(scratch))
        try:
            summary = asyncio.run(_play(folder, transcript))
        except (StepMissing, SandboxError) as missing:
            transcript.keep(folder)
            stop([f"The demo stopped: {missing}"])
    if as_json:
        typer.echo(json.dumps(summary.to_json(), indent=2, ensure_ascii=False))
    else:
        typer.echo(summary.in_words())
        if out is not None:
            typer.echo(f"Kept in {out}: {', '.join(sorted(path.name for path in out.iterdir()))}")


def _folder(out: Path | None, scratch: Path) -> Path:
    """Where things go. A folder that already holds something is left alone."""
    if out is None:
        return scratch
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            stop([f"{out} is not empty. Give --out a new folder."])
    except OSError as error:
        stop([f"{out} cannot be used as a folder: {error.strerror}."])
    return out


async def _play(folder: Path, transcript: Transcript) -> Summary:
    from bot.demo.acts import ACTS
    from bot.demo.play import Play
    from bot.demo.stage import DATABASE_NAME, demo_stage
    from bot.demo.summary import summarise

    began = time.monotonic()
    async with demo_stage(folder, speed=_SPEED) as stage:
        transcript.introduce(stage.names())
        play = Play(stage, transcript)
        with transcript.progress(len(ACTS)):
            for title, act in ACTS:
                transcript.act(title)
                await act(play)
                transcript.done()
        summary = await summarise(stage, seconds=time.monotonic() - began)
        stage.keep_pictures(folder)
    # It only says who has the database open, and nobody has any more.
    (folder / f"{DATABASE_NAME}.lock").unlink(missing_ok=True)
    transcript.keep(folder)
    return summary
