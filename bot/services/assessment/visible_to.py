"""Which assessments one person may see: those of the channels that they are in."""

from __future__ import annotations

from bot.services.desk import Desk
from bot.services.membership import Membership
from model.assessment.assessment import Assessment

_MOST = 40


async def under_way_for(desk: Desk, workspace_id: str, person: str) -> list[Assessment]:
    """The running and paused assessments that somebody may see, the one started first in front."""
    async with desk.database.reading(workspace_id) as work:
        running = await work.assessments.running()
    return [each for each in running if await may_see(desk.membership, workspace_id, each, person)]


async def latest_for(desk: Desk, workspace_id: str, person: str) -> list[Assessment]:
    """The assessments that somebody may see and that began last, the latest in front, whatever their state.

    Of a workspace with very many, the oldest are not among them.
    """
    async with desk.database.reading(workspace_id) as work:
        latest = await work.assessments.latest(_MOST)
    return [each for each in latest if await may_see(desk.membership, workspace_id, each, person)]


async def may_see(membership: Membership, workspace_id: str, assessment: Assessment, person: str) -> bool:
    """Whether an assessment may be named to somebody outside its channel.

    A press comes from the channel itself, and counts where Slack cannot tell. Here, it is only for those who
    are known to be in it: who is on the roster.
    """
    inside = await membership.surely_inside(workspace_id, assessment.channel_id, person)
    return assessment.participant(person) is not None if inside is None else inside
