"""Who of an earlier assessment's people can take part in the next one: a roster is remembered for months."""

from __future__ import annotations

from bot.services.assessment.chosen_people import deactivated
from bot.services.desk import Desk
from model.assessment.assessment import Assessment
from model.assessment.roster import ERASED


async def gone_since(desk: Desk, workspace_id: str, channel_id: str) -> frozenset[str]:
    """Whoever took part last time in a channel and is gone; asked before the transaction that starts anew."""
    async with desk.database.reading(workspace_id) as work:
        last = await work.assessments.latest_in(channel_id)
    return frozenset() if last is None else await gone_from(desk, workspace_id, last)


async def gone_from(desk: Desk, workspace_id: str, assessment: Assessment) -> frozenset[str]:
    """Whoever is on a roster and not in its channel, or no more in the workspace or the records."""
    people = [each.person for each in assessment.participants if each.present]
    erased = {each for each in people if each.startswith(ERASED)}
    asked = [each for each in people if each not in erased]
    channel_id = assessment.channel_id
    outside = {each for each in asked if not await desk.membership.inside(workspace_id, channel_id, each)}
    inside = [each for each in asked if each not in outside]
    return frozenset(erased | outside | await deactivated(workspace_id, inside, desk.accounts))
