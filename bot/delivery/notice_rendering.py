"""What the direct messages about channels that refuse us say."""

from __future__ import annotations

from typing import Any

from bot.delivery.slack import Slack
from bot.services.notices import channel_notice
from bot.views.notices import channel_closed
from storage.claims import Claim


class NoticeRenderer:
    """Renders these messages."""

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any]:
        """What the message of this claim says."""
        notice = channel_notice(claim.subject or "")
        return channel_closed(notice.channel_id, notice.error).payload()
