"""What the direct messages about channels that refuse us say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.delivery.slack.slack import Slack
from bot.services.messages.channel_notices import channel_notice
from bot.views.notices import channel_closed
from storage.database import Database
from storage.messages.claims import Claim


@dataclass(frozen=True)
class NoticeRenderer:
    """Renders these messages. None means that the channel takes messages again."""

    database: Database

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any] | None:
        """What the message of this claim says."""
        notice = channel_notice(claim.subject or "")
        async with self.database.reading(claim.workspace_id) as work:
            if not await work.messages.any_blocked(notice.channel_id):
                return None
        return channel_closed(notice.channel_id, notice.error).payload()
