"""What the weekly digest of a channel says when it is sent or edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.clock import Clock
from bot.delivery.slack.people import People
from bot.delivery.slack.slack import Slack
from bot.services.digest.round import digest_now
from bot.views.digest import digest_message, digest_switched_off
from model.digest.schedule import DigestRules
from model.reminders.schedule import LATE_AFTER
from storage.database import Database
from storage.messages.claims import Claim


@dataclass(frozen=True)
class DigestRenderer:
    """Renders digests."""

    database: Database
    people: People
    clock: Clock
    rules: DigestRules
    command: str

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any] | None:
        """What the digest of this claim says now. None: there is nothing to say."""
        day = date.fromisoformat(claim.subject or "")
        now = self.clock.now()
        today = now.astimezone(self.rules.zone).date()
        found = await digest_now(self.database, claim.workspace_id, claim.channel_id, day, today)
        if found is None or (claim.ts is None and (found.digest.empty or not found.switch.on)):
            return None
        switch = found.switch
        people = found.digest.people if switch.by is None else found.digest.people | {switch.by}
        names = await self.people.names(slack, claim.workspace_id, people)
        if not switch.on:
            return digest_switched_off(
                claim.channel_id,
                by=switch.by,
                on=None if switch.at is None else switch.at.astimezone(self.rules.zone).date(),
                names=names,
                command=self.command,
            ).payload()
        sent_at = now if claim.ts is None else datetime.fromtimestamp(float(claim.ts), UTC)
        late = sent_at - found.made.planned_at > LATE_AFTER
        return digest_message(
            claim.channel_id,
            found.digest,
            since=found.made.since,
            planned=found.made.planned_at if late else None,
            zone=self.rules.zone,
            names=names,
            addresses=found.addresses,
            command=self.command,
        ).payload()
