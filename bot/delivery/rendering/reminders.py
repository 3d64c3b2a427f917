"""What a reminder says when it is sent or edited; or that it has to wait, or is not needed any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.delivery.rendering.rendered import Later, Payload
from bot.delivery.rendering.rendering import Rendering
from bot.services.reminders.contents import came_late, said_by
from bot.views.reminders.reminder import Reminding, reminder
from model.reminders.schedule import may_be_told
from model.reminders.standing import Remark


async def render_reminder(this: Rendering) -> Payload | Later | None:
    """Which milestones are due, for their owner, if they want to be reminded."""
    return await _reminder(this, passed_on=False)


async def render_passed_on(this: Rendering) -> Payload | Later | None:
    """Which milestones were not done or could not be told to their owner, for a facilitator."""
    return await _reminder(this, passed_on=True)


async def _reminder(this: Rendering, *, passed_on: bool) -> Payload | Later | None:
    claim, person = this.claim, this.subject
    said = await said_by(this.desk, this.workspace_id, claim.key, person, await this.zone_of(person))
    now = this.now()
    today = said.diary.day_of(now)
    sent_at = datetime.fromtimestamp(float(claim.ts), UTC) if claim.ts else now
    remarks = said.remarks if this.posted else said.worth_sending(person, today)
    remarks = await _for_their_eyes(this, person, remarks)
    if not remarks or not (this.posted or passed_on or said.wanted):
        return None
    told_from = may_be_told(now, diary=said.diary, settings=this.desk.rules.reminders)
    if not this.posted and told_from > now:
        return Later(told_from)
    about = Reminding(
        remarks=remarks,
        reader=person,
        passed_on=passed_on,
        today=today,
        diary=said.diary,
        planned=came_late(remarks, sent_at),
        names=await this.names(_named(remarks)),
        addresses=said.addresses,
        command=this.sources.command,
    )
    return reminder(about).payload()


async def _for_their_eyes(this: Rendering, person: str, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Without what is in channels that they are not in."""
    return tuple([each for each in remarks if await this.inside(each.assessment.channel_id, person)])


def _named(remarks: Iterable[Remark]) -> set[str]:
    people = {person for each in remarks for person in (each.by, each.about, *each.item.owners)}
    people |= {each.item.outcome.by for each in remarks if each.item.outcome is not None}
    return {each for each in people if each}
