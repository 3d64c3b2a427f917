"""What the messages about plans say now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.delivery.people import People
from bot.delivery.slack import Slack
from bot.services.assessing import NoSuchAssessment
from bot.services.planning import find_plan
from bot.services.projection import MessageKind
from bot.views.plan_message import plan_message
from model.planned import Planned
from storage.claims import Claim
from storage.database import Database

PLAN_KINDS = frozenset({MessageKind.PLAN})


@dataclass(frozen=True)
class PlanRenderer:
    """Renders the messages of `PLAN_KINDS`. None means that there is nothing to show any more."""

    database: Database
    people: People
    clock: Clock
    zone: ZoneInfo
    command: str

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any] | None:
        """What the message of this claim should say now."""
        try:
            planned = await find_plan(self.database, claim.workspace_id, claim.assessment_id or "")
        except NoSuchAssessment:
            return None
        return await self._plan(claim, planned, slack)

    async def _plan(self, claim: Claim, planned: Planned, slack: Slack) -> dict[str, Any]:
        owners = {person for item in planned.plan.items for person in item.owners}
        names = await self.people.names(slack, claim.workspace_id, owners)
        today = self.clock.now().astimezone(self.zone).date()
        message = plan_message(
            planned.plan, planned.assessment, names=names, today=today, command=self.command
        )
        return message.payload()
