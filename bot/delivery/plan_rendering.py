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
from bot.services.suggesting import suggestion_now
from bot.views.plan_message import plan_message
from bot.views.suggestion_card import suggestion_card
from model.library import Library
from model.plan import Dismissal
from model.planned import Planned
from model.situation import Suggestion
from storage.claims import Claim
from storage.database import Database

PLAN_KINDS = frozenset({MessageKind.PLAN, MessageKind.SUGGESTION})


@dataclass(frozen=True)
class PlanRenderer:
    """Renders the messages of `PLAN_KINDS`. None means that there is nothing to show any more."""

    database: Database
    people: People
    clock: Clock
    zone: ZoneInfo
    command: str
    library: Library

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any] | None:
        """What the message of this claim should say now."""
        if claim.kind == MessageKind.SUGGESTION:
            return await self._suggestion(claim, slack)
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

    async def _suggestion(self, claim: Claim, slack: Slack) -> dict[str, Any] | None:
        async with self.database.reading(claim.workspace_id) as work:
            suggestion = await suggestion_now(
                work, claim.assessment_id or "", claim.subject or "", self.library
            )
        if suggestion is None:
            return None
        names = await self.people.names(slack, claim.workspace_id, _people_on(suggestion))
        return suggestion_card(suggestion, names=names).payload()


def _people_on(suggestion: Suggestion) -> set[str]:
    settled = suggestion.settled
    if isinstance(settled, Dismissal):
        return {settled.by}
    return set() if settled is None else {settled.added_by, settled.status_by}
