"""One running bot: made from settings, started, watched, drained and stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp

from bot.app import build_app
from bot.clock import Clock, SystemClock
from bot.content_files.framework_folder import load_framework, load_library
from bot.delivery.slack.outgoing import Outgoing
from bot.delivery.slack.slack import Identity, Slack, new_session, web_client
from bot.jobs import Jobs
from bot.log import logger
from bot.rounds.each_minute import rounds
from bot.running.bot import Bot
from bot.running.installations import Installations
from bot.settings import Settings
from bot.socket_mode import SocketModeConnection, SocketModeRefused
from bot.starting.assembly import Content, assembled
from bot.starting.signing_in import sign_in
from bot.starting.start_problem import StartProblem
from bot.web import PortTaken, SlackDoor, WebServer
from storage.database import Database
from storage.engine.errors import StorageError

_log = logger(__name__)


@dataclass(frozen=True)
class SocketTimes:
    """How often the socket is looked at, in real seconds."""

    check_every: float = 2.0
    dead_after: float = 15.0
    ping_every: float = 5.0


class Runtime:
    """The parts of a running bot."""

    def __init__(
        self,
        settings: Settings,
        bot: Bot,
        app: AsyncApp,
        installations: Installations,
        session: aiohttp.ClientSession,
    ) -> None:
        self.settings = settings
        self.bot = bot
        self.app = app
        self.installations = installations
        self._session = session
        self.sockets: list[SocketModeConnection] = []
        self._refused = 0
        self.web: WebServer | None = None
        self.jobs: Jobs | None = None
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def identity(self) -> Identity:
        """Who we are in the first workspace, the only one of most installations."""
        return self.installations.identity(self.installations.workspaces[0])

    async def health(self) -> tuple[bool, dict[str, Any]]:
        """Whether all is well, and the facts behind it; no secrets."""
        workspaces = self.installations.workspaces
        connected = not self._refused and all([await socket.connected() for socket in self.sockets])
        pending: int | None = None
        blocked: int | None = None
        with suppress(StorageError):
            pending = await self.bot.database.outbox.pending(workspaces)
            blocked = await self.bot.database.outbox.blocked(workspaces)
        database = blocked is not None
        healthy = connected and database and bool(workspaces)
        facts = {
            "status": "ok" if healthy else "unhealthy",
            "slack": "connected" if connected else "not connected",
            "workspaces": len(workspaces),
            "database": "ok" if database else "unavailable",
            "messages_waiting": pending,
            "messages_blocked": blocked,
        }
        return healthy, facts

    async def until_failure(self) -> None:
        """Wait until every connection to Slack is refused for good.

        Raises:
            StartProblem: saying what to do.
        """
        await asyncio.shield(self._failed)

    async def serve(self, stack: AsyncExitStack, times: SocketTimes, round_seconds: float | None) -> None:
        """Start the parts that run on, each with its way to stop; what starts last stops first."""
        bot, settings = self.bot, self.settings
        dispatching = asyncio.ensure_future(bot.dispatcher.run())
        stack.push_async_callback(self._stop_dispatcher, dispatching)
        self.jobs = Jobs(
            bot.database,
            bot.clock,
            bot.dispatcher,
            lambda: self.installations.workspaces,
            rounds(bot),
            round_seconds,
        )
        self.jobs.start()
        stack.push_async_callback(self.jobs.stop, max(settings.drain_seconds, 1.0))
        stack.push_async_callback(self._drain)
        door = SlackDoor(self.app, settings.slack_signing_secrets, self._admits)
        self.web = WebServer(
            settings.host, settings.port, self.health, None if settings.socket_mode else door
        )
        try:
            await self.web.start()
            stack.push_async_callback(self.web.stop)
        except PortTaken as taken:
            if not settings.socket_mode:
                raise StartProblem(
                    f"Port {taken} is in use or not allowed. Set PORT to a free one."
                ) from None
            _log.warning("health_port_taken", port=settings.port)
        for app_token in settings.slack_app_tokens:
            socket = SocketModeConnection(
                self.app,
                app_token,
                lambda: web_client(self._session, settings.slack_api_url),
                check_every=times.check_every,
                dead_after=times.dead_after,
                ping_every=times.ping_every,
            )
            self.sockets.append(socket)
            watching = asyncio.ensure_future(self._watch(socket))
            stack.push_async_callback(self._stop_socket, socket, watching)

    def _admits(self, place: int, workspace_id: str) -> bool:
        """Whether the app with this signing secret speaks for a workspace.

        Where each workspace has an app of its own, whoever knows the secret of one must not speak for others.
        What comes from a workspace that is not served is taken, and left alone: Slack would try it again.
        """
        one_app = len(self.settings.slack_signing_secrets) == 1
        return one_app or self.installations.place(workspace_id) in (None, place)

    async def _watch(self, socket: SocketModeConnection) -> None:
        """Keep a socket connected. The others go on when Slack refuses the token of one."""
        try:
            await socket.run()
        except SocketModeRefused as refused:
            _log.error("app_token_refused", error=str(refused))
            self.sockets.remove(socket)
            self._refused += 1
            if not self.sockets and not self._failed.done():
                which = "any token in SLACK_APP_TOKEN" if len(self.settings.slack_app_tokens) > 1 else ""
                self._failed.set_exception(
                    StartProblem(
                        f"Slack does not accept {which or 'SLACK_APP_TOKEN'} ({refused}). Make an app-level "
                        "token with connections:write under Basic Information of your Slack app, and set it."
                    )
                )

    async def _stop_socket(self, socket: SocketModeConnection, watching: asyncio.Task[None]) -> None:
        await socket.close()
        await asyncio.gather(watching, return_exceptions=True)
        if self._failed.done():
            self._failed.exception()

    async def _drain(self) -> None:
        """What was acknowledged is finished before anything it needs is closed."""
        if not await self.bot.work.drain(self.settings.drain_seconds):
            _log.warning("drain_incomplete", under_way=self.bot.work.under_way)

    async def _stop_dispatcher(self, dispatching: asyncio.Task[None]) -> None:
        self.bot.dispatcher.stop()
        done, _ = await asyncio.wait({dispatching}, timeout=max(self.settings.drain_seconds, 1.0))
        if not done:
            # Its claims run out by themselves and are looked up before anything is sent again.
            dispatching.cancel()
            await asyncio.gather(dispatching, return_exceptions=True)


@asynccontextmanager
async def running_bot(
    settings: Settings,
    clock: Clock | None = None,
    times: SocketTimes | None = None,
    round_seconds: float | None = None,
) -> AsyncIterator[Runtime]:
    """A running bot, drained and stopped at the end of the block.

    Args:
        settings: How it is set up.
        clock: Another than the machine's, such as one that is moved forward.
        times: How often the socket is looked at.
        round_seconds: How often what happens by the clock is looked after; a clock that is moved forward
            wants it oftener than each minute.

    Raises:
        StartProblem: a setting, the token or a port is at fault.
        StorageError: the database cannot be opened.
    """
    clock = clock or SystemClock()
    folder = None if settings.framework is None else Path(settings.framework)
    framework = load_framework(folder)
    content = Content(framework, load_library(framework, folder))
    async with AsyncExitStack() as stack:
        database = await Database.open(settings.database_url)
        stack.push_async_callback(database.close)
        session = new_session()
        stack.push_async_callback(session.close)
        installations = await _installed(settings, clock, database, session, stack)
        bot = assembled(settings, clock, content, database, installations)
        app = build_app(bot, installations, web_client(session, settings.slack_api_url))
        runtime = Runtime(settings, bot, app, installations, session)
        await runtime.serve(stack, times or SocketTimes(), round_seconds)
        mode = "socket" if settings.socket_mode else "http"
        _log.info("started", mode=mode, teams=list(installations.workspaces))
        yield runtime
        _log.info("stopping")


async def _installed(
    settings: Settings,
    clock: Clock,
    database: Database,
    session: aiohttp.ClientSession,
    stack: AsyncExitStack,
) -> Installations:
    """The workspaces of all tokens.

    Raises:
        StartProblem: no token is good, or two belong to one workspace.
    """
    outgoing = Outgoing(strict=settings.strict_payloads)

    def slack_with(token: SecretStr) -> Slack:
        return Slack(web_client(session, settings.slack_api_url, token), session, outgoing)

    installations = Installations(slack_with, only_one=len(settings.slack_bot_tokens) == 1)

    async def add(place: int, identity: Identity, token: SecretStr) -> None:
        await installations.add(database, clock, place, identity, token)

    for late in await sign_in(settings.slack_bot_tokens, slack_with, add):
        stack.push_async_callback(_call_off, late)
    return installations


async def _call_off(late: asyncio.Task[None]) -> None:
    late.cancel()
    await asyncio.gather(late, return_exceptions=True)
