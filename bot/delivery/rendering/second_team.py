"""What the message says that puts two teams beside each other."""

from __future__ import annotations

from bot.delivery.rendering.rendered import Payload
from bot.delivery.rendering.rendering import Rendering
from bot.views.second_team.comparison import comparison_message, no_longer_compared
from model.second_team.pair import pair_of


async def render_comparison(this: Rendering) -> Payload | None:
    """Both sides, for the channel of one of them; where there are no two any more, it says that."""
    async with this.reading() as work:
        assessment = await work.assessments.get(this.claim.assessment_id or "")
        other = None if assessment is None else await work.assessments.other_side(assessment)
    if assessment is None:
        return None
    pair = pair_of(assessment, other)
    if pair is None:
        return no_longer_compared().payload()
    moderations = [each.moderation for each in pair.second.dimensions if each.moderation is not None]
    names = await this.names({each.by for each in moderations})
    return comparison_message(pair, assessment.id, names=names).payload()
