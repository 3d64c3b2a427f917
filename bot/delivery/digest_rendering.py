"""What the weekly digest of a plan says when it is sent or edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.clock import Clock
from bot.delivery.people import People
from bot.delivery.slack import Slack
from bot.services.digesting import DigestNow, digest_now
from bot.services.reminded import plan_address
from bot.views.digest import digest_message, digest_switched_off
from model.digest import DigestRules
from model.reminding import LATE_AFTER
from storage.claims import Claim
from storage.database import Database


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
        assessment_id = claim.assessment_id or ""
        found = await digest_now(self.database, claim.workspace_id, assessment_id, day, today)
        if found is None or (claim.ts is None and (found.digest.empty or not found.plan.digest)):
            return None
        names = await self.people.names(slack, claim.workspace_id, _named(found))
        if not found.plan.digest:
            switched = found.switched
            return digest_switched_off(
                found.assessment,
                by=None if switched is None else switched.by,
                on=None if switched is None else switched.at.astimezone(self.rules.zone).date(),
                names=names,
            ).payload()
        sent_at = now if claim.ts is None else datetime.fromtimestamp(float(claim.ts), UTC)
        late = sent_at - found.made.planned_at > LATE_AFTER
        return digest_message(
            found.assessment,
            found.digest,
            since=found.made.since,
            planned=found.made.planned_at if late else None,
            zone=self.rules.zone,
            names=names,
            address=await plan_address(self.database, claim.workspace_id, assessment_id),
            command=self.command,
        ).payload()


def _named(found: DigestNow) -> set[str]:
    dated = (*found.digest.overdue, *found.digest.due)
    people = {person for each in dated for person in each.item.owners}
    return people if found.switched is None else people | {found.switched.by}
