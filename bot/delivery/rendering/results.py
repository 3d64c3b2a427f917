"""What the results say, and the chart below them."""

from __future__ import annotations

from bot.delivery.rendering.last_time import beside_last_time
from bot.delivery.rendering.rendered import Payload, Picture, picture_name
from bot.delivery.rendering.rendering import Rendering
from bot.services.messages.kinds import MessageKind, key_of
from bot.services.messages.of_assessments import shown
from bot.views.results.results import radar_chart, results


async def render_results(this: Rendering) -> Payload | None:
    """The results, beside those of last time."""
    found = await beside_last_time(this)
    return None if found is None else results(*found).payload()


async def render_chart(this: Rendering) -> Picture | None:
    """The chart, unless the levels have moved on since it was wanted."""
    found = await beside_last_time(this)
    if found is None:
        return None
    assessment, last = found
    key = key_of(MessageKind.CHART, assessment.id, this.subject)
    if key not in shown(assessment):
        return None
    return Picture(picture_name(key), f"Levels: {assessment.title}", radar_chart(assessment, last))
