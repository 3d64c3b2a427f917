"""Which assessments one person may see: those of the channels that they are in."""

from __future__ import annotations

from bot.services.membership import Membership
from model.assessment import Assessment
from storage.database import Database

_MOST = 40


async def under_way_for(
    database: Database, workspace_id: str, person: str, membership: Membership
) -> list[Assessment]:
    """The running and paused assessments that somebody may see, the one started first in front."""
    async with database.reading(workspace_id) as work:
        running = await work.assessments.running()
    return [each for each in running if await membership.inside(workspace_id, each.channel_id, person)]


async def latest_for(
    database: Database, workspace_id: str, person: str, membership: Membership
) -> list[Assessment]:
    """The assessments that somebody may see and that began last, the latest in front, whatever their state.

    Of a workspace with very many, the oldest are not among them.
    """
    async with database.reading(workspace_id) as work:
        latest = await work.assessments.latest(_MOST)
    return [each for each in latest if await membership.inside(workspace_id, each.channel_id, person)]
