"""The digest that stands in a channel, when what it says becomes another or is gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.services.messages.kinds import MessageKind
from storage.unit_of_work import UnitOfWork


async def redraw_digests(work: UnitOfWork, channel_ids: Iterable[str], at: datetime) -> None:
    """Want the digests that stand in channels drawn again."""
    for channel_id in sorted(set(channel_ids)):
        rows = await work.messages.of_kind(MessageKind.DIGEST, channel_id)
        await work.messages.redraw([row.key for row in rows], at, redraw_after=timedelta(0))


async def remove_digests(work: UnitOfWork, channel_id: str, at: datetime, *, keep: str = "") -> None:
    """Take the digests that stand in a channel out of it, but for the one with this key."""
    for row in await work.messages.of_kind(MessageKind.DIGEST, channel_id):
        if row.key != keep:
            await work.messages.remove(row.key, at)


async def forget_in_digest(work: UnitOfWork, channel_id: str, at: datetime) -> None:
    """After an assessment of a channel was deleted: its digest says nothing of it any more."""
    if await work.assessments.latest_in(channel_id) is not None:
        await redraw_digests(work, [channel_id], at)
        return
    await remove_digests(work, channel_id, at)
    await work.digests.forget(channel_id)
