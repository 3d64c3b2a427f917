"""Where the messages of an assessment are in Slack."""

from __future__ import annotations

from bot.services.asking import Asked
from bot.services.messages.addresses import message_address
from bot.services.messages.kinds import MessageKind, key_of
from model.assessment.assessment import Assessment
from storage.database import Database


async def thread_place(
    database: Database, asked: Asked, assessment: Assessment, dimension_id: str
) -> tuple[str, str | None]:
    """Channel and thread of a dimension; no thread while its card is not posted."""
    async with database.reading(asked.workspace_id) as work:
        row = await work.messages.get(key_of(MessageKind.DIMENSION, assessment.id, dimension_id))
    return assessment.channel_id, None if row is None else row.ts


async def address_of(
    database: Database, workspace_id: str, channel_id: str, ts: str, thread_ts: str | None = None
) -> str | None:
    """The web address of a message in a channel or thread; None while Slack has not told the workspace's."""
    async with database.reading(workspace_id) as work:
        installation = await work.installation.get()
    if installation is None or not installation.address:
        return None
    return message_address(installation.address, channel_id, ts, thread_ts=thread_ts)


async def board_address(database: Database, workspace_id: str, assessment_id: str) -> str | None:
    """The web address of the board; None while it is not posted."""
    async with database.reading(workspace_id) as work:
        row = await work.messages.get(key_of(MessageKind.BOARD, assessment_id))
        installation = await work.installation.get()
    if row is None or row.ts is None or installation is None or not installation.address:
        return None
    return message_address(installation.address, row.channel_id, row.ts)
