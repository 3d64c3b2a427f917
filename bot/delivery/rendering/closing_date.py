"""What a facilitator is told about the closing date when it is sent; or that it waits, or is not needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.clock import Clock
from bot.delivery.rendering.later import Later
from bot.delivery.slack.people import People
from bot.delivery.slack.slack import Slack
from bot.services.calendar.calendars import diary_of, working_calendar
from bot.services.desk import Desk
from bot.services.messages.places import board_address
from bot.services.reminders.closing_round import ClosingMessage, closing_message
from bot.views.reminders.closing_date import closing_moved, closing_reminder
from model.assessment.assessment import Assessment, AssessmentState
from model.reminders.closing_date import still_open
from storage.messages.claims import Claim


@dataclass(frozen=True)
class ClosingRenderer:
    """Renders the messages about a closing date."""

    desk: Desk
    people: People
    clock: Clock

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any] | Later | None:
        """What the message of this claim says now. None: there is nothing to say."""
        about = closing_message(claim.subject or "")
        zone = await self.desk.zones.zone_of(claim.workspace_id, about.person) or self.desk.rules.zone
        async with self.desk.database.reading(claim.workspace_id) as work:
            assessment = await work.assessments.get(claim.assessment_id or "")
            calendar = await working_calendar(work, self.desk.rules.nation)
            diary = await diary_of(work, calendar, about.person, zone)
        now = self.clock.now()
        today = diary.day_of(now)
        if assessment is None or not _holds(assessment, about, said=claim.ts is not None):
            return None
        if not claim.ts and not about.on_the_day and today >= about.closing_date:
            # The one for the day itself says it.
            return None
        if not await self.desk.membership.inside(claim.workspace_id, assessment.channel_id, about.person):
            return None
        if assessment.closing_date != about.closing_date:
            return closing_moved(assessment).payload()
        if not claim.ts and not diary.is_working(now):
            return Later(diary.after_working_time(now, timedelta()))
        still = still_open(assessment)
        people = {person for each in still for person in each.waiting_for}
        return closing_reminder(
            assessment,
            still,
            closing=about.closing_date,
            today=today,
            names=await self.people.names(slack, claim.workspace_id, people),
            board_address=await board_address(self.desk.database, claim.workspace_id, assessment.id),
        ).payload()


def _holds(assessment: Assessment, about: ClosingMessage, *, said: bool) -> bool:
    """Whether this person is to be told; what was said of a date that is another now is put right."""
    if about.person not in assessment.facilitators:
        return False
    if assessment.closing_date != about.closing_date:
        return said
    return assessment.state is AssessmentState.RUNNING and bool(still_open(assessment))
