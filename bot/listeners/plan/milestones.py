"""The milestones of a plan: done, another date, not doing, hearing nothing for a while."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.filled_in import UnreadableForm
from bot.listeners.handling.forms import FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.plan.stepping import open_plan_form, plan_by_form, press_in_plan
from bot.running.bot import Bot
from bot.services.calendar.calendars import diary_in
from bot.services.plan.stepping import why_not_in_plan
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.reference import BadReference
from bot.views.plan.forms import drop_form, move_form, snooze_form
from bot.views.plan.item import DONE, DROP, MOVE, REOPEN, SNOOZE
from bot.views.plan.receipts import milestone_receipt, snooze_receipt
from model.assessment.assessment import Assessment
from model.errors import UnknownMilestone
from model.plan.plan import Milestone, PlanItem
from model.plan.plan_in_context import Planned
from model.plan.steps import (
    DropMilestone,
    FinishMilestone,
    MoveMilestone,
    PlanStep,
    ReopenMilestone,
    SnoozeMilestone,
)
from model.refusals import Reason, Refusal

MilestoneForm = Callable[[Assessment, PlanItem, Milestone], View]


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons and menus of milestones, and their forms."""
    app.action(ActionId.MILESTONE_DONE.value)(handling.press(press_done))
    app.action(ActionId.MILESTONE_MENU.value)(handling.press(press_menu))
    app.view(ViewId.MOVE_MILESTONE.value)(handling.submission(submit_move))
    app.view(ViewId.DROP_MILESTONE.value)(handling.submission(submit_drop))
    app.view(ViewId.SNOOZE_MILESTONE.value)(handling.submission(submit_snooze))


async def press_done(bot: Bot, press: Press) -> None:
    """A milestone is reached."""
    await _step(bot, press, FinishMilestone(press.reference.milestone))


async def press_menu(bot: Bot, press: Press) -> None:
    """What the menu beside a milestone says."""
    milestone_id, word = press.reference.milestone, press.reference.word
    if word == DONE:
        await _step(bot, press, FinishMilestone(milestone_id))
    elif word == REOPEN:
        await _step(bot, press, ReopenMilestone(milestone_id))
    elif word in (MOVE, DROP, SNOOZE):
        await open_milestone_form(bot, press, word)
    else:
        raise BadReference(word[:20])


async def _step(bot: Bot, press: Press, step: PlanStep) -> None:
    about = press.reference
    await press_in_plan(
        bot,
        press,
        step,
        about.item,
        lambda taken: milestone_receipt(taken.after, about.milestone, bot.today()),
    )


async def open_milestone_form(bot: Bot, press: Press, word: str) -> None:
    """Open the form for another date, for dropping, or for hearing nothing, where that would be allowed."""
    milestone_id = press.reference.milestone
    # Whoever may drop it may do the rest, and nothing in this could be refused but that.
    probe = DropMilestone(milestone_id, "…")
    forms: dict[str, MilestoneForm] = {
        MOVE: move_form,
        DROP: drop_form,
        SNOOZE: lambda *about: snooze_form(*about, today=bot.today()),
    }

    def form(planned: Planned) -> View | Refusal:
        try:
            item = planned.plan.item_of(milestone_id)
        except UnknownMilestone:
            return Refusal(Reason.UNKNOWN_MILESTONE)
        refusal = why_not_in_plan(planned, press.asked, probe, bot.today())
        return refusal or forms[word](planned.assessment, item, item.milestone(milestone_id))

    await open_plan_form(bot, press, form)


async def submit_move(bot: Bot, submission: Submission) -> FormAnswer:
    """Give a milestone another date."""
    due = submission.day(InputId.DUE)
    if due is None:
        raise UnreadableForm
    milestone_id = submission.reference.milestone
    step = MoveMilestone(milestone_id, due, submission.text(InputId.REASON))
    return await _submitted(bot, submission, step)


async def submit_drop(bot: Bot, submission: Submission) -> FormAnswer:
    """Drop a milestone with its reason."""
    step = DropMilestone(submission.reference.milestone, submission.text(InputId.REASON))
    return await _submitted(bot, submission, step)


async def _submitted(bot: Bot, submission: Submission, step: PlanStep) -> FormAnswer:
    milestone_id = submission.reference.milestone
    return await plan_by_form(
        bot, submission, step, lambda taken: milestone_receipt(taken.after, milestone_id, bot.today())
    )


async def submit_snooze(bot: Bot, submission: Submission) -> FormAnswer:
    """Hear nothing of a milestone before a date."""
    until = submission.day(InputId.UNTIL)
    if until is None:
        raise UnreadableForm
    milestone_id = submission.reference.milestone
    step = SnoozeMilestone(milestone_id, until)
    place = submission.place
    # Which days are quiet does not depend on where they are, so Slack need not be asked.
    diary = await diary_in(bot.desk, place.workspace_id, place.person)
    return await plan_by_form(
        bot,
        submission,
        step,
        lambda taken: snooze_receipt(taken.after, milestone_id, submission.asked.person, diary),
    )
