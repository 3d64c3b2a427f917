"""What is looked after in plans by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.running.bot import Bot
from bot.services.plan.gone_owners import flag_gone
from bot.services.plan.overdue import redraw_overdue

# Events tell of people who go; this is for what happened while we were not there.
_LOOK_FOR_GONE = timedelta(hours=1)


class PlanRound:
    """One round a minute: plans in which something is overdue by now, and owners who are gone."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._looked_at: dict[str, datetime] = {}

    async def go(self, workspace_id: str, now: datetime) -> int:
        """How many messages were wanted."""
        bot = self._bot
        today = now.astimezone(bot.zone).date()
        wanted = await redraw_overdue(bot.database, workspace_id, today, now)
        looked_at = self._looked_at.get(workspace_id)
        if looked_at is None or now - looked_at >= _LOOK_FOR_GONE:
            wanted += await tell_of_gone_owners(bot, workspace_id, now)
            self._looked_at[workspace_id] = now
        return wanted


async def tell_of_gone_owners(bot: Bot, workspace_id: str, now: datetime) -> int:
    """Tell facilitators of owners who are gone; what they were told before they are not told again."""

    async def is_gone(channel_id: str, person: str) -> bool:
        return await bot.presence.gone(workspace_id, channel_id, person)

    return await flag_gone(bot.database, workspace_id, now, is_gone)
