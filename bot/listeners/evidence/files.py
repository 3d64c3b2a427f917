"""A file shared in the thread of a dimension: its sharer is asked once whether it counts as evidence."""

from __future__ import annotations

from bot.conversation.written_message import written_of
from bot.listeners.handling.payloads import Heard
from bot.running.bot import Bot
from bot.services.evidence.logging import ground_of, logged_from
from bot.services.recording import first_time
from bot.views.evidence.which_question import ask_about_file

FILE_SHARED = "file_share"


async def hear_file(bot: Bot, heard: Heard) -> None:
    """Ask privately. Files of apps, ours among them, name nobody and are left alone."""
    asked, place = heard.asked, heard.place
    channel_id = place.channel_id or ""
    written = written_of(channel_id, heard.event)
    if written.thread_ts is None or not written.by_person or not written.files:
        return
    ground = await ground_of(bot.database, asked.workspace_id, channel_id, written.thread_ts)
    if ground is None or ground.dimension_id is None or logged_from(ground.assessment, written) is not None:
        return
    if not await bot.members.inside(asked.workspace_id, channel_id, asked.person):
        return
    if await first_time(bot.database, asked):
        await bot.tell(place, ask_about_file(ground.assessment, written.ts, ground.dimension_id))
