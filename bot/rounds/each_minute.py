"""What the clockwork looks after each minute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

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
from bot.settings import Settings


def rounds(bot: Bot, settings: Settings) -> Mapping[str, Round]:
    """The rounds, by name; each looks after one workspace."""

    async def at_closing(workspace_id: str, now: datetime) -> int:
        """Reveal what was voted on where the closing date has passed."""
        today = now.astimezone(bot.zone).date()
        return await reveal_past_closing(bot.database, workspace_id, today, now)

    async def keep(workspace_id: str, now: datetime) -> int:
        """Delete what was kept for as long as the settings say."""
        today = now.astimezone(bot.zone).date()
        return await keep_no_longer(bot.database, workspace_id, settings.retention_months, today, now)

    async def nudge(workspace_id: str, now: datetime) -> int:
        """Nudge whoever has not voted."""
        return await nudge_the_missing(
            bot.database, workspace_id, now, rules=bot.nudging, zones=bot.zones, membership=bot.members
        )

    async def before_closing(workspace_id: str, now: datetime) -> int:
        """Tell facilitators what is still open as the closing date comes near."""
        return await remind_of_closing(
            bot.database, workspace_id, now, rules=bot.nudging, zones=bot.zones, membership=bot.members
        )

    async def remind_owners(workspace_id: str, now: datetime) -> int:
        """Remind owners of the milestones that are due."""
        return await remind(
            bot.database, workspace_id, now, rules=bot.reminders, zones=bot.zones, membership=bot.members
        )

    async def digests(workspace_id: str, now: datetime) -> int:
        """Make the weekly digests."""
        return await make_digests(
            bot.database, workspace_id, now, rules=settings.digests, nation=settings.nation
        )

    return {
        "closing": at_closing,
        "retention": keep,
        "nudges": nudge,
        "before_closing": before_closing,
        "reminders": remind_owners,
        "digests": digests,
        "plans": PlanRound(bot).go,
        "rosters": RosterRound(bot).go,
    }
