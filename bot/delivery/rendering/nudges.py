"""What a nudge says when it is sent or edited; or that it has to wait, or is not needed any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.clock import Clock
from bot.delivery.rendering.later import Later
from bot.delivery.slack.slack import Slack
from bot.services.desk import Desk
from bot.services.reminders.nudge_contents import nudge_now
from bot.services.reminders.nudge_round import nudged_by
from bot.views.reminders.nudge import nudge
from storage.messages.claims import Claim


@dataclass(frozen=True)
class NudgeRenderer:
    """Renders nudges."""

    desk: Desk
    clock: Clock

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any] | Later | None:
        """What the message of this claim says now. None: there is nothing to say."""
        if claim.assessment_id is None or claim.subject is None:
            return None
        person, _ = nudged_by(claim.subject)
        zone = await self.desk.zones.zone_of(claim.workspace_id, person)
        found = await nudge_now(self.desk, claim.workspace_id, claim.assessment_id, claim.subject, zone)
        if found is None or not (claim.ts or found.worth_sending):
            return None
        if not await self.desk.membership.inside(claim.workspace_id, found.assessment.channel_id, person):
            return None
        now = self.clock.now()
        if not claim.ts and not found.diary.is_working(now):
            return Later(found.diary.after_working_time(now, timedelta()))
        shown = nudge(found.assessment, found.prompts, stopped=found.stopped, addresses=found.addresses)
        return shown.payload()
