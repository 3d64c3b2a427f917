"""One running bot: made from settings, started, watched, drained and stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp

from bot.app import build_app
from bot.bot import Bot
from bot.clock import Clock, SystemClock
from bot.delivery.closing_rendering import ClosingRenderer
from bot.delivery.digest_rendering import DigestRenderer
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.faults import SlackFault, TokenFault
from bot.delivery.guests import GuestList
from bot.delivery.home_tabs import HomeTabs
from bot.delivery.members import ChannelMembers
from bot.delivery.nudge_rendering import NudgeRenderer
from bot.delivery.outgoing import Outgoing
from bot.delivery.owner_rendering import OWNER_KINDS, OwnerRenderer
from bot.delivery.people import People, PeoplesZones
from bot.delivery.plan_rendering import PLAN_KINDS, PlanRenderer
from bot.delivery.presence import Presence
from bot.delivery.proposal_rendering import PROPOSAL_KINDS, ProposalRenderer
from bot.delivery.reminder_rendering import REMINDER_KINDS, ReminderRenderer
from bot.delivery.rendering import Draws, Renderer
from bot.delivery.slack import Identity, Slack, new_session, web_client
from bot.emoji import emoji_names
from bot.framework_folder import load_framework, load_library
from bot.installations import Installations
from bot.jobs import Jobs
from bot.log import logger
from bot.rounds import rounds
from bot.services.due_reminders import ReminderRules
from bot.services.nudging import NudgeRules
from bot.services.projection import MessageKind
from bot.services.proposing import Proposals
from bot.settings import Settings
from bot.socket_mode import SocketModeConnection, SocketModeRefused
from bot.turns import Turns
from bot.web import PortTaken, WebServer
from bot.work import Work
from model.framework import Framework
from model.library import Library
from storage.database import Database
from storage.errors import StorageError

_log = logger(__name__)
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 60.0


class StartProblem(Exception):
    """The bot cannot start; the text is a sentence that says what to do."""


@dataclass(frozen=True)
class SocketTimes:
    """How often the socket is looked at, in real seconds."""

    check_every: float = 2.0
    dead_after: float = 15.0
    ping_every: float = 5.0


@dataclass(frozen=True)
class Content:
    """What the bot asks, and the actions that go with it."""

    framework: Framework
    library: Library


class Runtime:
    """The parts of a running bot."""

    def __init__(
        self, settings: Settings, bot: Bot, app: AsyncApp, identity: Identity, session: aiohttp.ClientSession
    ) -> None:
        self.settings = settings
        self.bot = bot
        self.app = app
        self.identity = identity
        self._session = session
        self.socket: SocketModeConnection | None = None
        self.web: WebServer | None = None
        self.jobs: Jobs | None = None
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def health(self) -> tuple[bool, dict[str, Any]]:
        """Whether all is well, and the facts behind it; no secrets."""
        connected = True if self.socket is None else await self.socket.connected()
        pending: int | None = None
        blocked: int | None = None
        with suppress(StorageError):
            pending = await self.bot.database.outbox.pending()
            blocked = await self.bot.database.outbox.blocked()
        database = blocked is not None
        healthy = connected and database
        facts = {
            "status": "ok" if healthy else "unhealthy",
            "slack": "connected" if connected else "not connected",
            "database": "ok" if database else "unavailable",
            "messages_waiting": pending,
            "messages_blocked": blocked,
        }
        return healthy, facts

    async def until_failure(self) -> None:
        """Wait until the connection to Slack is refused for good.

        Raises:
            StartProblem: saying what to do.
        """
        await asyncio.shield(self._failed)

    async def serve(self, stack: AsyncExitStack, times: SocketTimes, round_seconds: float | None) -> None:
        """Start the parts that run on, each with its way to stop; what starts last stops first."""
        bot, settings = self.bot, self.settings
        dispatching = asyncio.ensure_future(bot.dispatcher.run())
        stack.push_async_callback(self._stop_dispatcher, dispatching)
        looked_after = rounds(bot, self.identity.workspace_id, settings)
        self.jobs = Jobs(bot.database, bot.clock, bot.dispatcher, looked_after, round_seconds)
        self.jobs.start()
        stack.push_async_callback(self.jobs.stop, max(settings.drain_seconds, 1.0))
        stack.push_async_callback(self._drain)
        self.web = WebServer(
            settings.host, settings.port, self.health, None if settings.socket_mode else self.app
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
        if settings.slack_app_token is not None:
            self.socket = SocketModeConnection(
                self.app,
                settings.slack_app_token,
                lambda: web_client(self._session, settings.slack_api_url),
                check_every=times.check_every,
                dead_after=times.dead_after,
                ping_every=times.ping_every,
            )
            watching = asyncio.ensure_future(self._watch(self.socket))
            stack.push_async_callback(self._stop_socket, self.socket, watching)

    async def _watch(self, socket: SocketModeConnection) -> None:
        try:
            await socket.run()
        except SocketModeRefused as refused:
            problem = StartProblem(
                f"Slack does not accept SLACK_APP_TOKEN ({refused}). Make an app-level token with "
                "connections:write under Basic Information of your Slack app, and set it."
            )
            if not self._failed.done():
                self._failed.set_exception(problem)

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
        runtime = await _assemble(settings, clock, content, database, session)
        await runtime.serve(stack, times or SocketTimes(), round_seconds)
        _log.info(
            "started", mode="socket" if settings.socket_mode else "http", team=runtime.identity.workspace_id
        )
        yield runtime
        _log.info("stopping")


async def _assemble(
    settings: Settings, clock: Clock, content: Content, database: Database, session: aiohttp.ClientSession
) -> Runtime:
    outgoing = Outgoing(strict=settings.strict_payloads)
    slack = Slack(web_client(session, settings.slack_api_url, settings.slack_bot_token), session, outgoing)
    identity = await _who_we_are(slack)
    installations = Installations(settings.slack_bot_token)
    await installations.record(database, clock, identity)
    people = People(clock)

    def slack_of(_workspace_id: str) -> Slack:
        """One installation, so one Slack."""
        return slack

    members = ChannelMembers(clock, slack_of, identity.bot_user_id)
    presence = Presence(members, people, slack_of)
    owners = OwnerRenderer(database, people, presence, clock, settings.zone, settings.command)
    zones = PeoplesZones(people, slack_of)
    nudging = NudgeRules(timedelta(hours=settings.nudge_after_hours), settings.nation, settings.zone)
    rules = ReminderRules(settings.reminders, settings.nation, settings.zone)
    reminders = ReminderRenderer(database, people, zones, members, clock, rules, settings.command)
    plans = PlanRenderer(database, people, clock, rules, settings.command, content.library)
    proposals = ProposalRenderer(database, people, emoji_names(settings.proposal_emoji)[0])
    others: dict[MessageKind, Draws] = {
        **dict.fromkeys(PLAN_KINDS, plans),
        **dict.fromkeys(OWNER_KINDS, owners),
        **dict.fromkeys(PROPOSAL_KINDS, proposals),
        MessageKind.NUDGE: NudgeRenderer(database, zones, members, clock, nudging),
        **dict.fromkeys(REMINDER_KINDS, reminders),
        MessageKind.DIGEST: DigestRenderer(database, people, clock, settings.digests, settings.command),
        MessageKind.CLOSING: ClosingRenderer(database, people, zones, members, clock, nudging),
    }
    renderer = Renderer(database, people, others, settings.command)
    dispatcher = Dispatcher(database, clock, renderer, slack_of)
    bot = Bot(
        database=database,
        clock=clock,
        framework=content.framework,
        library=content.library,
        dispatcher=dispatcher,
        members=members,
        presence=presence,
        people=people,
        zones=zones,
        homes=HomeTabs(clock, slack_of),
        work=Work(settings.concurrency),
        turns=Turns(),
        slack_of=slack_of,
        command=settings.command,
        user_id=identity.bot_user_id,
        zone=settings.zone,
        nation=settings.nation,
        emoji=settings.emoji,
        nudging=nudging,
        proposals=Proposals(database, members, GuestList(people, slack_of), settings.support_threshold),
        reminders=rules,
    )
    client = web_client(session, settings.slack_api_url)
    app = build_app(bot, installations, client, settings.slack_signing_secret)
    return Runtime(settings, bot, app, identity, session)


async def _who_we_are(slack: Slack) -> Identity:
    """Ask Slack; while it cannot be reached, wait and ask again.

    Raises:
        StartProblem: the token is not good.
    """
    wait = _FIRST_WAIT
    while True:
        try:
            return await slack.identity()
        except TokenFault as fault:
            raise StartProblem(
                f"Slack does not accept SLACK_BOT_TOKEN ({fault.error}). Copy the bot token from OAuth & "
                "Permissions of your Slack app, and reinstall the app there if it was removed."
            ) from None
        except SlackFault as fault:
            _log.warning("slack_not_reached", error=fault.error, next_try_in_seconds=wait)
        # Real time, since this waits for the network and not for anything in an assessment.
        await asyncio.sleep(wait)
        wait = min(wait * 2, _LONGEST_WAIT)
