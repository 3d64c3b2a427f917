"""What is under way for one person, in the channels that they are in."""

from __future__ import annotations

from bot.services.membership import Membership
from model.assessment import Assessment
from storage.database import Database


async def under_way_for(
    database: Database, workspace_id: str, person: str, membership: Membership
) -> list[Assessment]:
    """The running and paused assessments that somebody may see, the one started first in front."""
    async with database.reading(workspace_id) as work:
        running = await work.assessments.running()
    return [each for each in running if await membership.inside(workspace_id, each.channel_id, person)]
