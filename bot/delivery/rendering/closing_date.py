"""What a facilitator is told about the closing date when it is sent; or that it waits, or is not needed."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.rendering.rendered import Later, Payload
from bot.delivery.rendering.rendering import Rendering
from bot.services.calendar.calendars import diary_of, working_calendar
from bot.services.messages.places import board_address
from bot.services.reminders.closing_round import ClosingMessage, closing_message
from bot.views.reminders.closing_date import closing_moved, closing_reminder
from model.assessment.assessment import Assessment, AssessmentState
from model.reminders.closing_date import still_open


async def render_closing(this: Rendering) -> Payload | Later | None:
    """What is still open as the closing date comes, or which date it is now."""
    about = closing_message(this.subject)
    zone = await this.zone_of(about.person)
    async with this.reading() as work:
        assessment = await work.assessments.get(this.claim.assessment_id or "")
        calendar = await working_calendar(work, this.desk.rules.nation)
        diary = await diary_of(work, calendar, about.person, zone)
    now = this.now()
    today = diary.day_of(now)
    if assessment is None or not _holds(assessment, about, said=this.posted):
        return None
    if not this.posted and not about.on_the_day and today >= about.closing_date:
        # The one for the day itself says it.
        return None
    if not await this.inside(assessment.channel_id, about.person):
        return None
    if assessment.closing_date != about.closing_date:
        return closing_moved(assessment).payload()
    if not this.posted and not diary.is_working(now):
        return Later(diary.after_working_time(now, timedelta()))
    still = still_open(assessment)
    return closing_reminder(
        assessment,
        still,
        closing=about.closing_date,
        today=today,
        names=await this.names({person for each in still for person in each.waiting_for}),
        board_address=await board_address(this.desk.database, this.workspace_id, assessment.id),
    ).payload()


def _holds(assessment: Assessment, about: ClosingMessage, *, said: bool) -> bool:
    """Whether this person is to be told; what was said of a date that is another now is put right."""
    if about.person not in assessment.facilitators:
        return False
    if assessment.closing_date != about.closing_date:
        return said
    return assessment.state is AssessmentState.RUNNING and bool(still_open(assessment))
