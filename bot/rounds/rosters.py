"""What is looked after on rosters by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.running.bot import Bot
from bot.services.assessment.leaving import take_off_who_is_gone

# Events tell of people who go; this is for what happened while we were not there.
_LOOK_FOR_GONE = timedelta(hours=1)


class RosterRound:
    """One round an hour: people on rosters who are gone."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._looked_at: dict[str, datetime] = {}

    async def go(self, workspace_id: str, now: datetime) -> int:
        """How many people were taken off."""
        looked_at = self._looked_at.get(workspace_id)
        if looked_at is not None and now - looked_at < _LOOK_FOR_GONE:
            return 0
        bot = self._bot
        gone = await take_off_who_is_gone(bot.desk, workspace_id, now)
        self._looked_at[workspace_id] = now
        return gone
