"""When a channel takes us back, what waited for it is delivered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.handling import Handling


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to what can open a channel to us again."""
    for event in ("member_joined_channel", "channel_unarchive", "group_unarchive"):
        app.event(event)(handling.event(deliver_what_waited))


async def deliver_what_waited(bot: Bot, workspace_id: str, event: Mapping[str, Any]) -> None:
    """Try again what the channel had refused."""
    unblocked = await bot.database.outbox.unblock(
        workspace_id=workspace_id, channel_id=str(event.get("channel") or ""), now=bot.clock.now()
    )
    if unblocked:
        bot.dispatcher.wake()
