"""Waiting for people's working hours with what is written to them of our own accord."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.rendering.rendered import Later
from bot.delivery.rendering.rendering import Rendering
from bot.services.calendar.calendars import diary_in

LOOK_AGAIN = timedelta(hours=1)
"""After how long what waits is looked at again: days away, a pause or a zone may have been changed."""


async def until_they_work(this: Rendering) -> Later | None:
    """When to look again at a direct message whose reader does not work now; None where it may go.

    An edit does not wait, since it notifies nobody.
    """
    if this.posted:
        return None
    person = this.claim.channel_id
    diary = await diary_in(this.desk, this.workspace_id, person, await this.zone_of(person))
    now = this.now()
    if diary.is_working(now):
        return None
    return Later(min(diary.after_working_time(now, timedelta()), now + LOOK_AGAIN))
