"""`milepost run`: the bot, until it is told to stop. `milepost health`: whether it is well."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.console.faults import stop
from bot.console.starting import plain_problems, settings_or_stop

if TYPE_CHECKING:
    from bot.settings import Settings

Result = TypeVar("Result")


def register(app: typer.Typer) -> None:
    """Add `milepost run` and `milepost health`."""
    app.command("run")(run)
    app.command("health")(health)


def run() -> None:
    """Run the bot. Settings come from the environment and .env; see the README."""
    from bot.log import configure_logging

    settings = settings_or_stop()
    configure_logging(settings.log_level)
    with plain_problems(settings.framework):
        asyncio.run(_run(settings))


async def _run(settings: Settings) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    serving = asyncio.ensure_future(_serve(settings, stopping))

    def told_to_stop() -> None:
        # A second signal, or one while Slack is still not reached at the start, does not wait for anything.
        if stopping.is_set():
            serving.cancel()
        stopping.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, told_to_stop)
    with suppress(asyncio.CancelledError):
        await serving


async def _serve(settings: Settings, stopping: asyncio.Event) -> None:
    """Start, wait for a signal or a lasting refusal by Slack, drain and stop."""
    from bot.runtime import running_bot

    async with AsyncExitStack() as stack:
        runtime = await unless(stopping, stack.enter_async_context(running_bot(settings)))
        if runtime is not None:
            await unless(stopping, runtime.until_failure())


async def unless(stopping: asyncio.Event, work: Coroutine[Any, Any, Result]) -> Result | None:
    """Wait for some work, or until we are told to stop; then the work is cancelled and the answer is None."""
    working, told = asyncio.ensure_future(work), asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        told.cancel()
        if not working.done():
            working.cancel()
        await asyncio.wait({working})
    return None if working.cancelled() else working.result()


def health(
    port: Annotated[
        int | None, typer.Option(show_default="PORT, from the environment or .env", help="Where it listens.")
    ] = None,
) -> None:
    """Ask the running bot on this machine whether it is well; exit status 0 if so."""
    import json
    from urllib.error import URLError
    from urllib.request import urlopen

    from bot.settings import SettingsProblem, load_port
    from bot.web import HEALTH_PATH

    try:
        port = load_port() if port is None else port
    except SettingsProblem as problem:
        stop([str(problem)])
    try:
        with urlopen(f"http://127.0.0.1:{port}{HEALTH_PATH}", timeout=5) as answer:  # noqa: S310 - loopback
            facts = json.load(answer)
    except (URLError, OSError, ValueError):
        stop([f"Milepost on port {port} does not answer, or is not well. Look at its log."])
    typer.echo(" ".join(f"{name}={value}" for name, value in facts.items()))
