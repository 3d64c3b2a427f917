"""What the weekly digest of a channel says when it is sent or edited."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.delivery.rendering.rendered import Payload
from bot.delivery.rendering.rendering import Rendering
from bot.services.digest.round import digest_now
from bot.views.digest import digest_message, digest_switched_off
from model.reminders.schedule import LATE_AFTER


async def render_digest(this: Rendering) -> Payload | None:
    """The digest of a week, or who switched digests off."""
    claim, zone, command = this.claim, this.desk.rules.digests.zone, this.sources.command
    day = date.fromisoformat(this.subject)
    now = this.now()
    today = now.astimezone(zone).date()
    found = await digest_now(this.desk.database, this.workspace_id, claim.channel_id, day, today)
    if found is None or (not this.posted and (found.digest.empty or not found.switch.on)):
        return None
    switch = found.switch
    names = await this.names({*found.digest.people, switch.by})
    if not switch.on:
        return digest_switched_off(
            claim.channel_id,
            by=switch.by,
            on=None if switch.at is None else switch.at.astimezone(zone).date(),
            names=names,
            command=command,
        ).payload()
    sent_at = now if claim.ts is None else datetime.fromtimestamp(float(claim.ts), UTC)
    late = sent_at - found.made.planned_at > LATE_AFTER
    return digest_message(
        claim.channel_id,
        found.digest,
        since=found.made.since,
        planned=found.made.planned_at if late else None,
        zone=zone,
        names=names,
        addresses=found.addresses,
        command=command,
    ).payload()
