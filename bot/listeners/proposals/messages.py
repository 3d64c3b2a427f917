"""What becomes of a message that was proposed: it is edited, or deleted."""

from __future__ import annotations

from contextlib import suppress

from bot.conversation.written_message import written_of
from bot.listeners.handling.filled_in import mapping
from bot.listeners.handling.payloads import Heard
from bot.listeners.handling.reading import in_plain_words
from bot.listeners.proposals.reactions import words_of
from bot.running.bot import Bot
from bot.services.asking import Refused
from bot.services.proposals.places import standing_at
from bot.services.proposals.stepping import note_of_message
from model.proposals.steps import NoteDeletion, NoteEdit, ProposalStep

CHANGED, DELETED = "message_changed", "message_deleted"
# What is left in the place of a deleted message that has replies.
# Source: https://docs.slack.dev/reference/events/message/message_deleted
_TOMBSTONE = "tombstone"


async def hear_change(bot: Bot, heard: Heard) -> None:
    """Note an edit or a deletion, where the message was proposed."""
    channel_id = heard.place.channel_id or ""
    message = mapping(heard.event.get("message"))
    # We are told of each redraw of our own.
    if message.get("user") == bot.bot_user(heard.asked.workspace_id):
        return
    ts = str(heard.event.get("deleted_ts") or message.get("ts") or "")
    standing = await standing_at(bot.database, heard.asked.workspace_id, channel_id, ts)
    if standing.proposal is None or standing.card:
        return
    step: ProposalStep = NoteDeletion()
    if heard.subtype == CHANGED and message.get("subtype") != _TOMBSTONE:
        written = await in_plain_words(bot, heard.asked.workspace_id, written_of(channel_id, message))
        step = NoteEdit(words_of(written))
    with suppress(Refused):
        if await note_of_message(bot.desk, heard.asked, (channel_id, ts), step) is not None:
            bot.dispatcher.wake()
