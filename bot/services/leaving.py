"""What happens in the assessments of a channel when somebody leaves it."""

from __future__ import annotations

from bot.services.assessing import Asked, save_step
from model.state_machine import take
from model.steps import LeaveChannel, Taken
from storage.database import Database


async def left_channel(database: Database, asked: Asked, channel_id: str) -> bool:
    """Take somebody off the rosters of a channel they have left; true when that changed something."""
    async with database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return False
        changed = False
        for found in await work.assessments.running():
            before = await work.assessments.lock(found.id) if found.channel_id == channel_id else None
            if before is None:
                continue
            outcome = take(before, LeaveChannel(), by=asked.person, at=asked.at)
            if isinstance(outcome, Taken):
                await save_step(work, before, outcome, by=asked.person, at=asked.at)
                changed = True
        await work.commit()
    return changed
