"""What the clockwork looks after each minute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from bot.jobs import Round
from bot.rounds.plans import PlanRound
from bot.rounds.rosters import RosterRound
from bot.running.bot import Bot
from bot.services.assessment.closing_date import reveal_past_closing
from bot.services.digest.round import make_digests
from bot.services.records.retention import keep_no_longer
from bot.services.reminders.closing_round import remind_of_closing
from bot.services.reminders.nudge_round import nudge_the_missing
from bot.services.reminders.round import remind


def rounds(bot: Bot) -> Mapping[str, Round]:
    """The rounds, by name; each looks after one workspace."""

    async def at_closing(workspace_id: str, now: datetime) -> int:
        """Reveal what was voted on where the closing date has passed."""
        today = now.astimezone(bot.zone).date()
        return await reveal_past_closing(bot.database, workspace_id, today, now)

    return {
        "closing": at_closing,
        "retention": partial(keep_no_longer, bot.desk),
        "nudges": partial(nudge_the_missing, bot.desk),
        "before_closing": partial(remind_of_closing, bot.desk),
        "reminders": partial(remind, bot.desk),
        "digests": partial(make_digests, bot.desk),
        "plans": PlanRound(bot).go,
        "rosters": RosterRound(bot).go,
    }
