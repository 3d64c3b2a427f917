"""What a reminder says when it is sent or edited; or that it has to wait, or is not needed any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.clock import Clock
from bot.delivery.rendering.later import Later
from bot.delivery.slack.people import People
from bot.delivery.slack.slack import Slack
from bot.services.desk import Desk
from bot.services.messages.kinds import MessageKind
from bot.services.reminders.contents import came_late, said_by
from bot.views.reminders.reminder import Reminding, reminder
from model.reminders.schedule import may_be_told
from model.reminders.standing import Remark
from storage.messages.claims import Claim

REMINDER_KINDS = frozenset({MessageKind.REMINDER, MessageKind.PASSED_ON})


@dataclass(frozen=True)
class ReminderRenderer:
    """Renders the messages of `REMINDER_KINDS`."""

    desk: Desk
    people: People
    clock: Clock
    command: str

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any] | Later | None:
        """What the message of this claim says now. None: there is nothing to say."""
        person = claim.subject or ""
        zone = await self.desk.zones.zone_of(claim.workspace_id, person)
        said = await said_by(self.desk, claim.workspace_id, claim.key, person, zone)
        now = self.clock.now()
        today = said.diary.day_of(now)
        sent_at = datetime.fromtimestamp(float(claim.ts), UTC) if claim.ts else now
        remarks = said.remarks if claim.ts else said.worth_sending(person, today)
        remarks = await self._for_their_eyes(claim, person, remarks)
        wanted = said.wanted or claim.kind == MessageKind.PASSED_ON
        if not remarks or not (claim.ts or wanted):
            return None
        told_from = may_be_told(now, diary=said.diary, settings=self.desk.rules.reminders)
        if not claim.ts and told_from > now:
            return Later(told_from)
        names = await self.people.names(slack, claim.workspace_id, _named(remarks))
        about = Reminding(
            remarks=remarks,
            reader=person,
            passed_on=claim.kind == MessageKind.PASSED_ON,
            today=today,
            diary=said.diary,
            planned=came_late(remarks, sent_at),
            names=names,
            addresses=said.addresses,
            command=self.command,
        )
        return reminder(about).payload()

    async def _for_their_eyes(
        self, claim: Claim, person: str, remarks: Iterable[Remark]
    ) -> tuple[Remark, ...]:
        """Without what is in channels that they are not in."""
        return tuple(
            [
                each
                for each in remarks
                if await self.desk.membership.inside(claim.workspace_id, each.assessment.channel_id, person)
            ]
        )


def _named(remarks: Iterable[Remark]) -> set[str]:
    people = {person for each in remarks for person in (each.by, each.about, *each.item.owners)}
    people |= {each.item.outcome.by for each in remarks if each.item.outcome is not None}
    return {each for each in people if each}
