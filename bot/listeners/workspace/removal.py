"""When a workspace removes the app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.filled_in import mapping
from bot.listeners.handling.handling import Handling
from bot.log import logger
from bot.running.bot import Bot

_log = logger(__name__)


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to both ways in which Slack tells it; which comes first is not said.

    Source: https://docs.slack.dev/reference/events/app_uninstalled and tokens_revoked.
    """
    app.event("app_uninstalled")(handling.event(stop_serving))
    app.event("tokens_revoked")(handling.event(token_revoked))


async def stop_serving(bot: Bot, workspace_id: str, event: Mapping[str, Any]) -> None:
    """Do nothing more for the workspace; what is stored of it stays, and waits for a new token."""
    if bot.stop_serving(workspace_id):
        _log.error("removed_from_workspace")


async def token_revoked(bot: Bot, workspace_id: str, event: Mapping[str, Any]) -> None:
    """The same, where it is our own token and not a person's."""
    if mapping(event.get("tokens")).get("bot"):
        await stop_serving(bot, workspace_id, event)
