"""`milepost doctor`: look at everything the bot needs, and say what is wrong and what to do."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.console.faults import placed
from bot.console.starting import settings_or_stop

if TYPE_CHECKING:
    from bot.delivery.slack.slack import Identity, Slack
    from bot.settings import Settings

# Slack refuses signatures older than five minutes; reminders should not be a minute off.
_CLOCK_TOLERANCE_SECONDS = 60


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `good` is None where it could not be looked at."""

    subject: str
    good: bool | None
    sentence: str


def register(app: typer.Typer) -> None:
    """Add `milepost doctor`."""
    app.command("doctor")(doctor)


def doctor() -> None:
    """Check tokens, scopes, database, framework, clock and fonts; exit status 1 if something is wrong."""
    settings = settings_or_stop()
    wrong = asyncio.run(_examine(settings))
    if wrong:
        raise typer.Exit(1)


async def _examine(settings: Settings) -> int:
    wrong = 0
    async for finding in _findings(settings):
        mark = {True: "ok   ", False: "WRONG", None: "?    "}[finding.good]
        typer.echo(f"{mark}  {finding.subject}: {finding.sentence}")
        wrong += finding.good is False
    typer.echo("All is well." if not wrong else f"{wrong} to mend.")
    return wrong


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    async for finding in _slack(settings):
        yield finding
    yield await _database(settings)
    yield _framework(settings)
    yield _fonts()


async def _slack(settings: Settings) -> AsyncIterator[Finding]:
    """Every bot token, then the way in."""
    from bot.delivery.slack.faults import SlackFault, TokenFault
    from bot.delivery.slack.outgoing import Outgoing
    from bot.delivery.slack.slack import Slack, new_session, web_client

    seen: set[str] = set()
    async with new_session() as session:
        outgoing = Outgoing(strict=False)
        for number, token in enumerate(settings.slack_bot_tokens, 1):
            # With several, each finding says whose it is.
            which = f" {number}" if len(settings.slack_bot_tokens) > 1 else ""
            try:
                identity = await Slack(
                    web_client(session, settings.slack_api_url, token), session, outgoing
                ).identity()
            except TokenFault as fault:
                advice = f"Slack says {fault.error}. Copy SLACK_BOT_TOKEN from your app again."
                yield Finding(f"bot token{which}", False, advice)
                continue
            except SlackFault as fault:
                advice = f"{settings.slack_api_url} does not answer ({fault.error}). Check the network."
                yield Finding("Slack", False, advice)
                return
            yield _owner(identity, which, seen)
            yield _scopes(identity, which)
            if not seen:
                yield _clock(identity.answered_at, datetime.now(UTC))
            seen.add(identity.workspace_id)
        slack = Slack(web_client(session, settings.slack_api_url), session, outgoing)
        async for finding in _ways_in(settings, slack):
            yield finding


def _owner(identity: Identity, which: str, seen: Collection[str]) -> Finding:
    """Whose token it is."""
    name = identity.team_name or identity.workspace_id
    if identity.workspace_id in seen:
        return Finding(f"bot token{which}", False, f"belongs to {name}, as one before it. Leave one out.")
    return Finding(f"bot token{which}", True, f"belongs to {name}.")


def _scopes(identity: Identity, which: str) -> Finding:
    from bot.manifest import bot_scopes

    if not identity.scopes:
        return Finding(f"scopes{which}", None, "Slack did not say which scopes the token has.")
    missing = ", ".join(sorted(bot_scopes() - set(identity.scopes)))
    if missing:
        advice = f"{missing} missing. Add under OAuth & Permissions, then reinstall the app."
        return Finding(f"scopes{which}", False, advice)
    return Finding(f"scopes{which}", True, "all there.")


async def _ways_in(settings: Settings, slack: Slack) -> AsyncIterator[Finding]:
    from bot.delivery.slack.faults import SlackFault

    if not settings.socket_mode:
        yield Finding("way in", True, f"HTTP mode on port {settings.port}; Slack must reach it over https.")
    for number, token in enumerate(settings.slack_app_tokens, 1):
        which = f"app token {number}" if len(settings.slack_app_tokens) > 1 else "app token"
        try:
            await slack.open_socket(token)
        except SlackFault as fault:
            advice = f"Slack says {fault.error}. Make an app-level token with connections:write."
            yield Finding(which, False, advice)
        else:
            yield Finding(which, True, "opens Socket Mode.")


def _clock(answered_at: str, now: datetime) -> Finding:
    try:
        theirs = parsedate_to_datetime(answered_at)
    except (TypeError, ValueError):
        return Finding("clock", None, "Slack's answer carried no time to compare with.")
    # The parser's way to say that the date is in UTC and tells nothing of the server's zone.
    theirs = theirs if theirs.tzinfo is not None else theirs.replace(tzinfo=UTC)
    seconds = round(abs((now - theirs).total_seconds()))
    if seconds > _CLOCK_TOLERANCE_SECONDS:
        return Finding("clock", False, f"{seconds} seconds away from Slack's. Turn on time synchronisation.")
    return Finding("clock", True, "agrees with Slack's.")


async def _database(settings: Settings) -> Finding:
    from bot.views.wording.text import count
    from storage.engine.address import normalise_url, sqlite_path
    from storage.engine.errors import StorageError
    from storage.upkeep.inspection import inspect_database

    try:
        file = sqlite_path(normalise_url(settings.database_url))
        if file is not None and not file.exists() and _can_be_made(file.absolute()):
            return Finding("database", True, f"{file} is made at the first start.")
        health = await inspect_database(settings.database_url)
    except StorageError as problem:
        return Finding("database", False, str(problem))
    # An empty one has a single fault, that it is empty.
    if health.revision is None and len(health.faults) == 1:
        return Finding("database", True, "empty; the tables are made at the first start.")
    if health.faults:
        return Finding("database", False, " ".join(health.faults))
    if health.blocked:
        waiting = f"{count(health.blocked, 'message')} held back, since the channel refuses the bot"
        return Finding("database", None, f"in order; {waiting}.")
    return Finding("database", True, f"in order, revision {health.revision}.")


def _can_be_made(file: Path) -> bool:
    """The first start makes the file, and the folders above it that are missing."""
    there = next(folder for folder in file.parents if folder.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _framework(settings: Settings) -> Finding:
    from bot.content_files.framework_folder import load_framework, load_library
    from bot.views.wording.text import count
    from model.content_files.faults import ContentFaults, LibraryFaults

    path = None if settings.framework is None else Path(settings.framework)
    try:
        framework = load_framework(path)
        library = load_library(framework, path)
    except ContentFaults as error:
        faults = placed(path, error)
        command = "library check" if isinstance(error, LibraryFaults) else "model check"
        return Finding("framework", False, f"{faults[0]} Run milepost {command} for all {len(faults)}.")
    what = f"{count(len(framework.dimensions), 'dimension')}, {count(len(library.actions), 'action')}"
    return Finding("framework", True, f"{framework.title} {framework.version}, {what} to choose from.")


def _fonts() -> Finding:
    from bot.exports.chart import FONTS, render_png

    if not any(FONTS.glob("*.ttf")):
        return Finding("fonts", False, f"none in {FONTS}. Install Milepost again.")
    if render_png(_letter("ŵ")) == render_png(_letter(" ")):
        return Finding("fonts", False, "letters do not appear in charts. Install Milepost again.")
    return Finding("fonts", True, "charts have letters.")


def _letter(letter: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
        f'<text x="2" y="30" font-family="DejaVu Sans" font-size="24">{letter}</text></svg>'
    )
