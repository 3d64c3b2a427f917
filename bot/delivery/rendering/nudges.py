"""What a nudge says when it is sent or edited; or that it has to wait, or is not needed any more."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.rendering.rendered import Later, Payload
from bot.delivery.rendering.rendering import Rendering
from bot.services.reminders.nudge_contents import nudge_now
from bot.services.reminders.nudge_round import nudged_by
from bot.views.reminders.nudge import nudge


async def render_nudge(this: Rendering) -> Payload | Later | None:
    """Which questions wait for somebody's vote."""
    claim = this.claim
    if claim.assessment_id is None or claim.subject is None:
        return None
    person, _ = nudged_by(claim.subject)
    zone = await this.zone_of(person)
    found = await nudge_now(this.desk, this.workspace_id, claim.assessment_id, claim.subject, zone)
    if found is None or not (this.posted or found.worth_sending):
        return None
    if not await this.inside(found.assessment.channel_id, person):
        return None
    now = this.now()
    if not this.posted and not found.diary.is_working(now):
        return Later(found.diary.after_working_time(now, timedelta()))
    shown = nudge(found.assessment, found.prompts, stopped=found.stopped, addresses=found.addresses)
    return shown.payload()
