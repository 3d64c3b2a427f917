"""What the direct messages about channels that refuse us say."""

from __future__ import annotations

from bot.delivery.rendering.rendered import Payload
from bot.delivery.rendering.rendering import Rendering
from bot.services.messages.channel_notices import channel_notice
from bot.views.notices import channel_closed


async def render_notice(this: Rendering) -> Payload | None:
    """That a channel refuses us, unless it takes messages again."""
    notice = channel_notice(this.subject)
    async with this.reading() as work:
        if not await work.messages.any_blocked(notice.channel_id):
            return None
    return channel_closed(notice.channel_id, notice.error).payload()
