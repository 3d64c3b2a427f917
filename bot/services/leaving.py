"""What happens in assessments when somebody leaves their channel, or when an account is deactivated."""

from __future__ import annotations

from bot.services.assessing import Asked, save_step
from model.state_machine import take
from model.steps import LeaveChannel, Taken
from storage.database import Database


async def left_channel(database: Database, asked: Asked, channel_id: str | None) -> bool:
    """Take somebody off the rosters of a channel they have left; true when that changed something.

    Args:
        database: Where the rosters are.
        asked: Who has left, and when.
        channel_id: Which channel; None where it is all of them, since their account was deactivated.
    """
    async with database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return False
        changed = False
        for assessment_id in await work.assessments.taken_part_in(asked.person, channel_id):
            before = await work.assessments.lock(assessment_id)
            if before is None:
                continue
            outcome = take(before, LeaveChannel(), by=asked.person, at=asked.at)
            if isinstance(outcome, Taken):
                await save_step(work, before, outcome, by=asked.person, at=asked.at)
                changed = True
        await work.commit()
    return changed
