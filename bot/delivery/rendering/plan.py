"""What the messages about plans say now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.clock import Clock
from bot.delivery.rendering.later import Later
from bot.delivery.slack.people import People
from bot.delivery.slack.slack import Slack
from bot.services.asking import NoSuchAssessment
from bot.services.calendar.calendars import working_calendar
from bot.services.desk import Desk
from bot.services.messages.kinds import MessageKind
from bot.services.messages.of_outcomes import asking_again, outcome_item
from bot.services.plan.stepping import find_plan
from bot.services.suggestions.suggesting import suggestion_now
from bot.views.plan.message import plan_message
from bot.views.plan.outcome_card import outcome_card
from bot.views.suggestions.card import suggestion_card
from model.assessment.assessment import Assessment
from model.calendar.working_hours import Diary
from model.errors import UnknownItem
from model.plan.item_rules import ASK_AGAIN
from model.plan.plan import Dismissal, ItemStatus, PlanItem, Worked
from model.plan.plan_in_context import Planned
from model.reminders.schedule import may_be_told
from model.suggestions.situation import Suggestion
from storage.messages.claims import Claim

PLAN_KINDS = frozenset({MessageKind.PLAN, MessageKind.OUTCOME, MessageKind.SUGGESTION})


@dataclass(frozen=True)
class PlanRenderer:
    """Renders the messages of `PLAN_KINDS`. None means that there is nothing to show any more."""

    desk: Desk
    people: People
    clock: Clock
    command: str

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any] | Later | None:
        """What the message of this claim should say now."""
        if claim.kind == MessageKind.SUGGESTION:
            return await self._suggestion(claim, slack)
        try:
            planned = await find_plan(self.desk.database, claim.workspace_id, claim.assessment_id or "")
        except NoSuchAssessment:
            return None
        if claim.kind == MessageKind.OUTCOME:
            return await self._outcome(claim, planned, slack)
        return await self._plan(claim, planned, slack)

    async def _outcome(self, claim: Claim, planned: Planned, slack: Slack) -> dict[str, Any] | Later | None:
        item_id, again = outcome_item(claim.subject or "")
        try:
            item = planned.plan.item(item_id)
        except UnknownItem:
            return None
        if again and not claim.update:
            if not _asked_for(item, claim.subject or ""):
                return None
            now = self.clock.now()
            asks_from = await self._asks_from(claim.workspace_id, now)
            if asks_from > now:
                return Later(asks_from)
        review = await self._review_since(claim.workspace_id, planned, item)
        people = {*item.owners, *([] if item.outcome is None else [item.outcome.by])}
        names = await self.people.names(slack, claim.workspace_id, people)
        message = outcome_card(
            planned.assessment,
            item,
            names=names,
            again=again,
            asked_again_on=await self._asked_again_on(claim.workspace_id, item),
            review=review,
        )
        return message.payload()

    async def _asks_from(self, workspace_id: str, moment: datetime) -> datetime:
        """The first moment from this one on at which a channel is asked again, as owners are reminded."""
        rules = self.desk.rules
        async with self.desk.database.reading(workspace_id) as work:
            calendar = await working_calendar(work, rules.nation)
        return may_be_told(moment, diary=Diary(calendar, rules.zone), settings=rules.reminders)

    async def _asked_again_on(self, workspace_id: str, item: PlanItem) -> date | None:
        """The day on which it is asked again, where it was too early to say."""
        if item.outcome is None or item.outcome.worked is not Worked.TOO_EARLY:
            return None
        asks_from = await self._asks_from(workspace_id, item.outcome.at + ASK_AGAIN)
        return asks_from.astimezone(self.desk.rules.zone).date()

    async def _review_since(self, workspace_id: str, planned: Planned, item: PlanItem) -> Assessment | None:
        """The latest review of an item's dimension that began after it was done."""
        if item.finished_at is None:
            return None
        async with self.desk.database.reading(workspace_id) as work:
            reviews = await work.assessments.reviews_of(planned.assessment.id)
        since = [
            each
            for each in reviews
            if item.dimension_id in each.scope and each.started_at >= item.finished_at
        ]
        return since[-1] if since else None

    async def _plan(self, claim: Claim, planned: Planned, slack: Slack) -> dict[str, Any]:
        owners = {person for item in planned.plan.items for person in item.owners}
        names = await self.people.names(slack, claim.workspace_id, owners)
        today = self.clock.now().astimezone(self.desk.rules.zone).date()
        message = plan_message(
            planned.plan, planned.assessment, names=names, today=today, command=self.command
        )
        return message.payload()

    async def _suggestion(self, claim: Claim, slack: Slack) -> dict[str, Any] | None:
        async with self.desk.database.reading(claim.workspace_id) as work:
            suggestion = await suggestion_now(
                work, claim.assessment_id or "", claim.subject or "", self.desk.library
            )
        if suggestion is None:
            return None
        names = await self.people.names(slack, claim.workspace_id, _people_on(suggestion))
        return suggestion_card(suggestion, names=names).payload()


def _asked_for(item: PlanItem, subject: str) -> bool:
    """Whether to ask again: not when undone or answered since, nor when a newer answer has its date."""
    said = item.outcome
    if item.status is not ItemStatus.DONE or said is None or said.worked is not Worked.TOO_EARLY:
        return False
    return subject == asking_again(item.id, said.at)


def _people_on(suggestion: Suggestion) -> set[str]:
    settled = suggestion.settled
    if isinstance(settled, Dismissal):
        return {settled.by}
    return set() if settled is None else {settled.added_by, settled.status_by}
