"""Reading a message that people wrote, as Slack has it now."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.written_message import Written, plain_words, written_of
from bot.delivery.slack.faults import ChannelClosedToUs, Limited, MessageGone, NotDone, SlackFault, ThreadGone
from bot.running.bot import Bot

_LONGEST_WAIT = 10.0
_NOT_THERE = (ChannelClosedToUs, MessageGone, NotDone, ThreadGone)


class MessageUnread(Exception):
    """Slack did not hand over a message for now; it may later."""


class MessageNotThere(Exception):
    """A message is deleted, or where we cannot read."""


async def read_message(bot: Bot, workspace_id: str, channel_id: str, ts: str) -> Written:
    """One message, in a channel or in a thread, with its text in plain words.

    Raises:
        MessageNotThere: it is deleted, or we are not in the channel.
        MessageUnread: Slack did not answer.
    """
    slack = bot.slack_of(workspace_id)
    try:
        try:
            message = await slack.message_at(channel_id, ts)
        except Limited as limited:
            await bot.clock.sleep(min(limited.seconds, _LONGEST_WAIT))
            message = await slack.message_at(channel_id, ts)
    except _NOT_THERE:
        raise MessageNotThere from None
    except SlackFault:
        raise MessageUnread from None
    if message is None:
        raise MessageNotThere
    return await in_plain_words(bot, workspace_id, written_of(channel_id, message))


async def in_plain_words(bot: Bot, workspace_id: str, written: Written) -> Written:
    """The same message with its text as people read it in Slack."""
    names = await bot.people.names(bot.slack_of(workspace_id), workspace_id, written.mentioned)
    return replace(written, text=plain_words(written.text, names.known))
