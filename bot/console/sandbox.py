"""`milepost sandbox`: a local Slack with the bot in it, to try things out."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console.faults import stop
from bot.console.run import unless
from bot.console.starting import plain_problems
from bot.demo.sandbox_settings import settings_given_by

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox
    from bot.sandbox.workspace.world import World
    from bot.settings import Settings


_ROUND_SECONDS = 2.0


def register(app: typer.Typer) -> None:
    """Add `milepost sandbox`."""
    app.command("sandbox")(sandbox)


def sandbox(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the sandbox listens; 0 takes any free port.")
    ] = 8700,
    database: Annotated[
        str | None, typer.Option(help="The bot's database; without it, one that is gone afterwards.")
    ] = None,
    world: Annotated[
        Path | None, typer.Option(help="A YAML or JSON file with other people and channels.")
    ] = None,
    workspaces: Annotated[
        int, typer.Option(min=1, max=2, help="How many councils there are, each with an app of its own.")
    ] = 1,
    bot: Annotated[bool, typer.Option("--bot/--no-bot", help="Whether to start the bot in it.")] = True,
) -> None:
    """Run a local Slack with the bot connected to it as to the real one, until Ctrl-C."""
    from bot.log import configure_logging

    configure_logging("INFO")
    with plain_problems(), TemporaryDirectory(prefix="milepost-") as folder:
        address = database or f"sqlite+aiosqlite:///{folder}/milepost.db"
        asyncio.run(_serve(port, address, _worlds(world, workspaces), with_bot=bot))


def _settings(sandboxes: Sequence[Sandbox], database_url: str) -> Settings:
    """What the sandbox gives; the rest, such as a council's own framework, from the environment and .env.

    Raises:
        SettingsProblem: one sentence a fault.
    """
    from pydantic import ValidationError

    from bot.settings import Settings, SettingsProblem

    try:
        return Settings(**settings_given_by(sandboxes, database_url))
    except ValidationError as error:
        sentences = (
            f"{str(fault['loc'][0]).upper()} is not valid: {fault['msg'].removeprefix('Value error, ')}."
            for fault in error.errors()
        )
        raise SettingsProblem("\n".join(sentences)) from None
    except (OSError, UnicodeDecodeError):
        raise SettingsProblem(".env cannot be read. Check its permissions and that it is UTF-8.") from None


async def _serve(port: int, database_url: str, worlds: list[World], *, with_bot: bool) -> None:
    from bot.runtime import running_bot

    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    async with AsyncExitStack() as stack:
        try:
            workspaces = await stack.enter_async_context(_open(port, worlds))
        except OSError:
            stop([f"Port {port} is in use. Choose another with --port."])
        if with_bot:
            settings = _settings(workspaces, database_url)
            with plain_problems(settings.framework):
                # With the sandbox's own clock, so that what happens by the clock can be seen by moving it.
                running = running_bot(settings, workspaces[0].clock, round_seconds=_ROUND_SECONDS)
                started = await unless(stopping, stack.enter_async_context(running))
            if started is None:
                return
        how_to = [_how_to(each, settings.command if with_bot else None) for each in workspaces]
        typer.echo("\n\n".join(how_to))
        await stopping.wait()


@asynccontextmanager
async def _open(port: int, worlds: list[World]) -> AsyncIterator[tuple[Sandbox, ...]]:
    """A sandbox for each world, all on one port."""
    from bot.sandbox.neighbours import Neighbours
    from bot.sandbox.server import Sandbox

    if len(worlds) == 1:
        async with Sandbox(port=port, world=worlds[0]) as slack:
            yield (slack,)
    else:
        async with Neighbours(port=port, worlds=worlds) as neighbours:
            yield neighbours.sandboxes


def _worlds(file: Path | None, workspaces: int) -> list[World]:
    """The team in a file or the built-in one, and the built-in second one if it is asked for."""
    from bot.sandbox.workspace.world import default_world, second_world

    first, second = default_world() if file is None else _world(file), second_world()
    if workspaces == 1:
        return [first]
    if first.team_id == second.team_id or first.app_id == second.app_id:
        stop([f"{file} cannot be used beside a second workspace: its team_id or app_id is the second's."])
    return [first, second]


def _world(file: Path) -> World:
    """The team in a file, or what is wrong with the file and exit status 1."""
    from yaml import MarkedYAMLError, YAMLError

    from bot.sandbox.workspace.world import read_world

    try:
        world = read_world(file)
    except OSError as error:
        what = str(error.strerror)
    except UnicodeDecodeError:
        what = "it is not UTF-8"
    except MarkedYAMLError as error:
        line = "" if error.problem_mark is None else f" in line {error.problem_mark.line + 1}"
        what = f"it is neither YAML nor JSON{line}"
    except YAMLError:
        what = "it is neither YAML nor JSON"
    except ValueError as error:
        what = str(error)
    else:
        if world.people and world.channels:
            return world
        what = "it needs a person and a channel at least"
    stop([f"{file} cannot be used as a world: {what}."])


def _how_to(slack: Sandbox, command: str | None) -> str:
    """What a person needs to know. `command` is the bot's slash command, None when no bot was started."""
    world = slack.workspace.world
    people = ", ".join(f"{person.real_name} ({person.id})" for person in world.people)
    channels = ", ".join(f"#{channel.name} ({channel.id})" for channel in world.channels)
    first, channel = world.people[0].id, world.channels[0].id
    control = slack.control_url.rstrip("/")
    line = f"{command or '/milepost'} status"
    lines = [
        f"{world.team_name} is open. Stop with Ctrl-C.",
        f"People: {people}",
        f"Channels: {channels}",
        f"Control API: {control} (bot/sandbox/README.md lists what it takes), for example:",
        f"  curl -s {control}/command -H 'Content-Type: application/json' \\",
        f'    -d \'{{"user": "{first}", "channel": "{channel}", "line": "{line}"}}\'',
    ]
    if command is None:
        lines += [
            "To connect a bot, set:",
            f"  SLACK_API_URL={slack.api_url}",
            f"  SLACK_BOT_TOKEN={slack.bot_token}",
            f"  SLACK_APP_TOKEN={slack.app_token}",
        ]
    return "\n".join(lines)
