"""Files for one person only, in a direct message."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.where_to_answer import Place
from bot.delivery.slack.faults import SlackFault
from bot.log import logger
from bot.running.bot import Bot
from bot.services.asking import Asked
from bot.views.block_kit.blocks import Message
from bot.views.plan.export import export_failed

_log = logger(__name__)


async def send_privately(
    bot: Bot, asked: Asked, place: Place, files: Sequence[tuple[str, bytes]], note: Message, receipt: str
) -> None:
    """Send files in the thread of a note, and say so where they were asked for.

    Args:
        bot: The bot.
        asked: Who asked.
        place: Where they asked.
        files: Names and contents.
        note: What the files are.
        receipt: What is said where they were asked for, unless that is the same conversation.
    """
    slack = bot.slack_of(place.workspace_id)
    try:
        ids = [(await slack.upload(name=name, content=content), name) for name, content in files]
        # A message to a person's id opens the conversation, and tells its id, which a file needs.
        posted = await slack.post(place.person, note.payload(), key=f"export:{asked.key}", thread_ts=None)
        for file_id, name in ids:
            await slack.share_file(file_id, posted.channel_id, posted.ts, title=name)
    except SlackFault as fault:
        _log.warning("export_not_sent", error=fault.error)
        await bot.tell(place, export_failed())
        return
    if not place.direct:
        await bot.tell(place, receipt)
