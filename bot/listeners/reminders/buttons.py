"""The buttons of reminders. After a press the reminder itself says what was done; only refusals are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.error_ladder import told_refusal
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press
from bot.listeners.plan.stepping import show_item
from bot.running.bot import Bot
from bot.services.asking import Refused
from bot.services.messages.of_reminders import redraw_reminder
from bot.services.plan.stepping import plan_history, see_plan, take_plan_step, why_not_in_plan
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.modals import notice_modal
from bot.views.block_kit.reference import BadReference
from bot.views.plan.forms import drop_form, move_form, snooze_form, status_form
from bot.views.reminders.reminder import A_DATE, NEXT_WEEK, TOMORROW, from_reminder
from bot.views.reminders.words import long_day
from model.assessment.assessment import Assessment
from model.errors import UnknownMilestone
from model.plan.guards import item_over
from model.plan.plan import ItemStatus, Milestone, PlanItem
from model.plan.plan_in_context import Planned
from model.plan.steps import DropMilestone, FinishMilestone, PlanStep, SetStatus, SnoozeMilestone
from model.refusals import Reason, Refusal
from model.reminders.standing import Standing, what_did_it

Form = Callable[[Assessment, PlanItem, Milestone], View]


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons and the menu."""
    app.action(ActionId.REMINDER_DONE.value)(handling.press(press_done))
    app.action(ActionId.REMINDER_SNOOZE.value)(handling.press(press_snooze))
    app.action(ActionId.REMINDER_MOVE.value)(handling.press(press_move))
    app.action(ActionId.REMINDER_BLOCKED.value)(handling.press(press_blocked))
    app.action(ActionId.REMINDER_DROP.value)(handling.press(press_drop))
    app.action(ActionId.REMINDER_OPEN.value)(handling.press(press_open))
    app.action(ActionId.REMINDER_ITEM_DONE.value)(handling.press(press_item_done))


async def press_done(bot: Bot, press: Press) -> None:
    """The milestone is reached."""
    await _step(bot, press, FinishMilestone(press.reference.milestone), bot.today())


async def press_item_done(bot: Bot, press: Press) -> None:
    """The whole action is done, now that its last milestone is settled."""
    await _step(bot, press, SetStatus(press.reference.item, ItemStatus.DONE), bot.today())


async def press_snooze(bot: Bot, press: Press) -> None:
    """Hear nothing until tomorrow, until next week, or until a date that is asked for."""
    about = press.reference
    if about.word == A_DATE:
        await _open(bot, press, lambda *whole: snooze_form(*whole, today=bot.today()))
        return
    today = await _today_of(bot, press)
    days = {TOMORROW: 1, NEXT_WEEK: 7 - today.weekday()}
    if about.word not in days:
        raise BadReference(about.word[:20])
    until = today + timedelta(days[about.word])
    await _step(bot, press, SnoozeMilestone(about.milestone, until), today)


async def press_move(bot: Bot, press: Press) -> None:
    """Ask for another date."""
    await _open(bot, press, move_form)


async def press_drop(bot: Bot, press: Press) -> None:
    """Ask why it is not done."""
    await _open(bot, press, drop_form)


async def press_blocked(bot: Bot, press: Press) -> None:
    """Ask what is in the way."""

    def form(assessment: Assessment, item: PlanItem, milestone: Milestone) -> View:
        return status_form(assessment, item, ItemStatus.BLOCKED)

    await _open(bot, press, form)


async def press_open(bot: Bot, press: Press) -> None:
    """Show the item at length, where there is no room for its buttons."""
    about = press.reference
    planned = await see_plan(bot.desk, press.asked, about.assessment)
    try:
        item = planned.plan.item_of(about.milestone)
    except UnknownMilestone:
        raise Refused(Refusal(Reason.UNKNOWN_MILESTONE), planned.assessment) from None
    await show_item(bot, press, item.id)


async def _today_of(bot: Bot, press: Press) -> date:
    """The date where the presser is: it may be tomorrow there already."""
    zone = await bot.desk.zones.zone_of(press.asked.workspace_id, press.asked.person)
    return press.asked.at.astimezone(zone or bot.zone).date()


async def _step(bot: Bot, press: Press, step: PlanStep, today: date) -> None:
    about = press.reference
    try:
        planned = await see_plan(bot.desk, press.asked, about.assessment)
        refusal = await _moved(bot, press, planned)
        if refusal is None and isinstance(step, SetStatus):
            # What was dropped since the button was drawn is not to come back as done.
            refusal = item_over(planned.plan.item_of(about.milestone))
        if refusal is not None:
            raise Refused(refusal, planned.assessment)
        taken = await take_plan_step(bot.desk, press.asked, about.assessment, step, today)
    except Refused:
        # Whatever stands in the way, their reminder should say so as well.
        await _redraw(bot, press)
        raise
    if taken is not None:
        bot.dispatcher.wake()


async def _open(bot: Bot, press: Press, form: Form) -> None:
    """Open a form about the milestone, unless what it is for would be refused."""
    about = press.reference

    async def build() -> View:
        planned = await see_plan(bot.desk, press.asked, about.assessment)
        # Whoever may drop it may do the rest.
        probe = DropMilestone(about.milestone, "…")
        refusal = why_not_in_plan(planned, press.asked, probe, bot.today())
        refusal = refusal or await _moved(bot, press, planned)
        if refusal is not None:
            await _redraw(bot, press)
            return notice_modal(told_refusal(bot, refusal, planned.assessment.framework, press.asked.person))
        item = planned.plan.item_of(about.milestone)
        return from_reminder(form(planned.assessment, item, item.milestone(about.milestone)), about.due)

    await bot.open_form(press.asked.workspace_id, press.trigger_id, build)


async def _moved(bot: Bot, press: Press, planned: Planned) -> Refusal | None:
    """Refuse a press on a milestone that has had another date since: what was meant may be over."""
    about = press.reference
    try:
        item = planned.plan.item_of(about.milestone)
    except UnknownMilestone:
        return Refusal(Reason.UNKNOWN_MILESTONE)
    milestone = item.milestone(about.milestone)
    if not milestone.open or not item.under_way or milestone.due.isoformat() == about.due:
        return None
    history = await plan_history(bot.database, press.asked.workspace_id, about.assessment, item.id)
    did = what_did_it(Standing.MOVED, milestone.id, history)
    return Refusal(
        Reason.MILESTONE_MOVED,
        by=None if did is None else did.by,
        at=None if did is None else did.at,
        words=long_day(milestone.due),
    )


async def _redraw(bot: Bot, press: Press) -> None:
    about = press.reference
    try:
        due = date.fromisoformat(about.due)
    except ValueError:
        raise BadReference(about.due[:20]) from None
    await redraw_reminder(bot.database, press.asked, about.assessment, about.milestone, due)
    bot.dispatcher.wake()
