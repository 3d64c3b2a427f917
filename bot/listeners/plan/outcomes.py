"""The answers to "did it work?", and looking again at a dimension."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt.async_app import AsyncApp

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.filled_in import UnreadableForm
from bot.listeners.handling.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.stepping import open_form
from bot.listeners.plan.stepping import open_plan_form, plan_by_form, press_in_plan
from bot.running.bot import Bot
from bot.services.assessment.finding import active_in, channel_of
from bot.services.assessment.reviewing import start_review
from bot.services.plan.stepping import PlanStepTaken, why_not_in_plan
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.modals import notice_modal
from bot.views.block_kit.reference import BadReference
from bot.views.plan.outcome_card import (
    WORKED_BUTTONS,
    outcome_form,
    outcome_receipt,
    review_form,
    review_receipt,
)
from bot.views.refusals.refusals import already_running
from bot.views.reminders.reminder import from_reminder
from bot.views.wording.text import escape
from model.assessment.assessment import Assessment
from model.assessment.reviewing import why_no_review
from model.errors import UnknownItem
from model.plan.plan import Worked
from model.plan.plan_in_context import Planned
from model.plan.steps import RecordOutcome
from model.refusals import Reason, Refusal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons of the card, and its form."""
    for action in WORKED_BUTTONS.values():
        app.action(action.value)(handling.press(press_worked))
    app.action(ActionId.SAY_MORE.value)(handling.press(press_say_more))
    app.action(ActionId.REVIEW.value)(handling.press(press_review))
    app.view(ViewId.REVIEW.value)(handling.submission(submit_review))
    app.view(ViewId.OUTCOME.value)(handling.submission(submit_outcome))


async def press_worked(bot: Bot, press: Press) -> None:
    """Record an answer."""
    about = press.reference
    try:
        worked = Worked(about.word)
    except ValueError:
        raise BadReference(about.word[:20]) from None
    await press_in_plan(bot, press, RecordOutcome(about.item, worked), about.item, _receipt(about.item))


async def press_say_more(bot: Bot, press: Press) -> None:
    """Open the form with room for a few words."""
    about = press.reference

    def form(planned: Planned) -> View | Refusal:
        try:
            item = planned.plan.item(about.item)
        except UnknownItem:
            return Refusal(Reason.UNKNOWN_ITEM)
        # A note that nobody writes, so that an answer may be looked at again.
        probe = RecordOutcome(about.item, Worked.YES, "\N{NULL}")
        refusal = why_not_in_plan(planned, press.asked, probe, bot.today())
        if refusal is not None:
            return refusal
        view = outcome_form(planned.assessment, item)
        return from_reminder(view, about.due) if about.due else view

    await open_plan_form(bot, press, form)


async def submit_outcome(bot: Bot, submission: Submission) -> FormAnswer:
    """Record the answer with its words."""
    about = submission.reference
    try:
        worked = Worked(submission.choice(InputId.WORKED))
    except ValueError:
        raise UnreadableForm from None
    step = RecordOutcome(about.item, worked, submission.text(InputId.REASON))
    return await plan_by_form(bot, submission, step, _receipt(about.item))


async def press_review(bot: Bot, press: Press) -> None:
    """Say what looking again means, to those who may begin it, while it can begin."""
    about, workspace_id = press.reference, press.place.workspace_id
    dimension_id = about.dimension
    channel_id = await channel_of(bot.database, workspace_id, about.assessment)
    running = None if channel_id is None else await active_in(bot.database, workspace_id, channel_id)

    def form(assessment: Assessment) -> View:
        if running is not None:
            return notice_modal(already_running(escape(running.title), bot.command))
        return review_form(assessment, dimension_id)

    await open_form(
        bot,
        press,
        lambda assessment: why_no_review(assessment, dimension_id, press.asked.person),
        form,
    )


async def submit_review(bot: Bot, submission: Submission) -> FormAnswer:
    """Begin the review; its board appears by itself."""
    about = submission.reference
    review = await start_review(bot.desk, submission.asked, about.assessment, about.dimension)
    if review is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    place = Place(submission.place.workspace_id, submission.place.person, review.channel_id)
    return Accepted(review_receipt(review), place)


def _receipt(item_id: str) -> Callable[[PlanStepTaken], str]:
    return lambda taken: outcome_receipt(taken.after.item(item_id))
