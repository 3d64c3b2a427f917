"""The three ways in for words: the slash command, a mention, and a direct message."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners.commands.answering import answer
from bot.listeners.commands.typed_words import AROUND_IN_MENTION, AROUND_IN_MESSAGE, read_words
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Command, Heard, Mention
from bot.listeners.handling.said import Said
from bot.running.bot import Bot
from bot.services.assessment.finding import active_in

# What the id of a conversation of two people begins with.
_DIRECT = "D"


def register(app: AsyncApp, handling: Handling, command: str) -> None:
    """Listen to the slash command and to mentions; `listeners.messages` hands over direct messages."""
    app.command(command)(handling.command(handle_command))
    app.event("app_mention")(handling.mention(handle_mention))


async def handle_command(bot: Bot, command: Command) -> None:
    """One word decides; without any, what is most likely needed here."""
    word, more = read_words(command.words)
    channel_id = command.place.channel_id or ""
    direct = channel_id.startswith(_DIRECT)
    if not word:
        running = await active_in(bot.database, command.place.workspace_id, channel_id)
        word = "start" if running is None and not direct else "status"
    await answer(bot, Said(command.asked, command.place, word, more, command.trigger_id, direct))


async def handle_mention(bot: Bot, mention: Mention) -> None:
    """A mention has no trigger, so that what opens a form is offered as a button."""
    word, more = read_words(mention.words or ("status",), AROUND_IN_MENTION)
    await answer(bot, Said(mention.asked, mention.place, word, more))


async def hear_direct(bot: Bot, heard: Heard) -> None:
    """Answer a person who writes to Milepost alone; what bots write, edits and deletions are left alone."""
    if not heard.asked.person or heard.subtype:
        return
    word, more = read_words(heard.text.split(), AROUND_IN_MESSAGE)
    await answer(bot, Said(heard.asked, heard.place, word or "help", more, direct=True))
