"""Messages that people write: where they are written decides who hears them."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners.commands.ways_in import hear_direct
from bot.listeners.evidence.files import FILE_SHARED, hear_file
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Heard
from bot.listeners.proposals.messages import CHANGED, DELETED, hear_change
from bot.running.bot import Bot


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to messages. Bolt runs one listener for an event, so that this one gives them out."""
    app.event("message")(handling.heard(hear))


async def hear(bot: Bot, heard: Heard) -> None:
    """Nothing that is written is stored by hearing it."""
    if heard.place.direct:
        await hear_direct(bot, heard)
    elif heard.subtype == FILE_SHARED:
        await hear_file(bot, heard)
    elif heard.subtype in (CHANGED, DELETED):
        await hear_change(bot, heard)
