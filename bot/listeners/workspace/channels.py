"""When a channel takes us back, and when people come and go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import delivery_key
from bot.rounds.plans import tell_of_gone_owners
from bot.running.bot import Bot
from bot.services.asking import Asked
from bot.services.assessment.leaving import left_channel


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to what can open a channel to us again, and to who is in it."""
    app.event("member_joined_channel")(handling.event(somebody_came))
    app.event("member_left_channel")(handling.event(somebody_left))
    app.event("user_change")(handling.event(somebody_changed))
    for event in ("channel_unarchive", "group_unarchive"):
        app.event(event)(handling.event(deliver_what_waited))


async def somebody_came(bot: Bot, workspace_id: str, event: Mapping[str, Any]) -> None:
    """It may be us, so what the channel had refused is tried again."""
    bot.members.forget(workspace_id, str(event.get("channel") or ""))
    await deliver_what_waited(bot, workspace_id, event)


async def somebody_left(bot: Bot, workspace_id: str, event: Mapping[str, Any]) -> None:
    """Their votes stay, their rights go, and nobody waits for them any more."""
    channel_id, person = str(event.get("channel") or ""), str(event.get("user") or "")
    bot.members.forget(workspace_id, channel_id)
    if await tell_of_gone_owners(bot, workspace_id, bot.clock.now()):
        bot.dispatcher.wake()
    key = delivery_key("left", channel_id, person, event.get("event_ts"))
    if await left_channel(bot.database, Asked(workspace_id, person, bot.clock.now(), key), channel_id):
        bot.dispatcher.wake()


async def somebody_changed(bot: Bot, workspace_id: str, event: Mapping[str, Any]) -> None:
    """Their name or zone may be another by now; whoever was deactivated is gone from every channel."""
    user = event.get("user") or {}
    person = str(user.get("id") or "")
    bot.people.forget(workspace_id, person)
    if not user.get("deleted"):
        return
    key = delivery_key("deactivated", person, event.get("event_ts"))
    if await left_channel(bot.database, Asked(workspace_id, person, bot.clock.now(), key), None):
        bot.dispatcher.wake()
    if await tell_of_gone_owners(bot, workspace_id, bot.clock.now()):
        bot.dispatcher.wake()


async def deliver_what_waited(bot: Bot, workspace_id: str, event: Mapping[str, Any]) -> None:
    """Try again what the channel had refused."""
    unblocked = await bot.database.outbox.unblock(
        workspace_id=workspace_id, channel_id=str(event.get("channel") or ""), now=bot.clock.now()
    )
    if unblocked:
        bot.dispatcher.wake()
