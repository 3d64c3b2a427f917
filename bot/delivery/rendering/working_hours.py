"""Waiting for people's working hours with what is written to them of our own accord."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.delivery.rendering.later import Later
from bot.delivery.rendering.rendering import Draws, Rendered
from bot.delivery.slack.slack import Slack
from bot.services.calendar.calendars import diary_in
from bot.services.desk import Desk
from storage.messages.claims import Claim

LOOK_AGAIN = timedelta(hours=1)
"""After how long what waits is looked at again: days away, a pause or a zone may have been changed."""


@dataclass(frozen=True)
class InWorkingHours:
    """Renders direct messages as `draws` does, but not before the person they go to works.

    An edit does not wait, since it notifies nobody, and neither does what is not to be sent at all.
    """

    draws: Draws
    desk: Desk
    clock: Clock

    async def render(self, claim: Claim, slack: Slack) -> Rendered | None:
        """What the message of this claim should say now, or when to look again."""
        rendered = await self.draws.render(claim, slack)
        if rendered is None or claim.ts is not None:
            return rendered
        person = claim.channel_id
        zone = await self.desk.zones.zone_of(claim.workspace_id, person)
        diary = await diary_in(self.desk, claim.workspace_id, person, zone)
        now = self.clock.now()
        if diary.is_working(now):
            return rendered
        return Later(min(diary.after_working_time(now, timedelta()), now + LOOK_AGAIN))
