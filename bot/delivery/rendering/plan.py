"""What the messages about a plan say now: the plan itself, and whether what was done has worked."""

from __future__ import annotations

from datetime import date, datetime

from bot.delivery.rendering.rendered import Later, Payload
from bot.delivery.rendering.rendering import Rendering
from bot.services.calendar.calendars import working_calendar
from bot.services.messages.of_outcomes import asking_again, outcome_item
from bot.views.plan.message import plan_message
from bot.views.plan.outcome_card import outcome_card
from model.assessment.assessment import Assessment
from model.calendar.working_hours import Diary
from model.errors import UnknownItem
from model.plan.item_rules import ASK_AGAIN
from model.plan.plan import ItemStatus, PlanItem, Worked
from model.plan.plan_in_context import Planned
from model.reminders.schedule import may_be_told


async def render_plan(this: Rendering) -> Payload | None:
    """A plan with its targets and items."""
    planned = await this.planned()
    if planned is None:
        return None
    names = await this.names({person for item in planned.plan.items for person in item.owners})
    today, command = this.today(), this.sources.command
    return plan_message(planned.plan, planned.assessment, names=names, today=today, command=command).payload()


async def render_outcome(this: Rendering) -> Payload | Later | None:
    """Whether an item that is done has worked, asked for the first time or again."""
    planned = await this.planned()
    if planned is None:
        return None
    item_id, again = outcome_item(this.subject)
    try:
        item = planned.plan.item(item_id)
    except UnknownItem:
        return None
    if again and not this.posted:
        if not _asked_for(item, this.subject):
            return None
        now = this.now()
        asks_from = await _asks_from(this, now)
        if asks_from > now:
            return Later(asks_from)
    review = await _review_since(this, planned, item)
    names = await this.names({*item.owners, *([] if item.outcome is None else [item.outcome.by])})
    return outcome_card(
        planned.assessment,
        item,
        names=names,
        again=again,
        asked_again_on=await _asked_again_on(this, item),
        review=review,
    ).payload()


async def _asks_from(this: Rendering, moment: datetime) -> datetime:
    """The first moment from this one on at which a channel is asked again, as owners are reminded."""
    rules = this.desk.rules
    async with this.reading() as work:
        calendar = await working_calendar(work, rules.nation)
    return may_be_told(moment, diary=Diary(calendar, rules.zone), settings=rules.reminders)


async def _asked_again_on(this: Rendering, item: PlanItem) -> date | None:
    """The day on which it is asked again, where it was too early to say."""
    if item.outcome is None or item.outcome.worked is not Worked.TOO_EARLY:
        return None
    asks_from = await _asks_from(this, item.outcome.at + ASK_AGAIN)
    return asks_from.astimezone(this.desk.rules.zone).date()


async def _review_since(this: Rendering, planned: Planned, item: PlanItem) -> Assessment | None:
    """The latest review of an item's dimension that began after it was done."""
    if item.finished_at is None:
        return None
    async with this.reading() as work:
        reviews = await work.assessments.reviews_of(planned.assessment.id)
    since = [
        each for each in reviews if item.dimension_id in each.scope and each.started_at >= item.finished_at
    ]
    return since[-1] if since else None


def _asked_for(item: PlanItem, subject: str) -> bool:
    """Whether to ask again: not when undone or answered since, nor when a newer answer has its date."""
    said = item.outcome
    if item.status is not ItemStatus.DONE or said is None or said.worked is not Worked.TOO_EARLY:
        return False
    return subject == asking_again(item.id, said.at)
