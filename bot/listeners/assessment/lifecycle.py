"""Pausing, resuming, cancelling and closing an assessment, and its closing date."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.forms import FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.stepping import open_form, step_by_form, step_by_press
from bot.running.bot import Bot
from bot.services.assessment.stepping import why_not
from bot.views.assessment.closing_date import closing_date_modal, closing_date_receipt
from bot.views.assessment.receipts import cancelled_receipt, closed_receipt, paused_receipt, resumed_receipt
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.modals import cancel_modal
from model.assessment.assessment import Assessment
from model.assessment.steps import Cancel, Close, Pause, Resume, SetClosingDate
from model.refusals import Reason, Refusal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons of the board and of the results."""
    app.action(ActionId.PAUSE.value)(handling.press(press_pause))
    app.action(ActionId.RESUME.value)(handling.press(press_resume))
    app.action(ActionId.CLOSE.value)(handling.press(press_close))
    app.action(ActionId.CANCEL.value)(handling.press(press_cancel))
    app.view(ViewId.CANCEL.value)(handling.submission(submit_cancel))
    app.action(ActionId.CLOSING_DATE.value)(handling.press(press_closing_date))
    app.view(ViewId.CLOSING_DATE.value)(handling.submission(submit_closing_date))


async def press_pause(bot: Bot, press: Press) -> None:
    """Stop for now."""
    await step_by_press(bot, press, Pause(), lambda taken: paused_receipt(taken.after))


async def press_resume(bot: Bot, press: Press) -> None:
    """Carry on."""
    await step_by_press(bot, press, Resume(), lambda taken: resumed_receipt(taken.after))


async def press_close(bot: Bot, press: Press) -> None:
    """End it with its results."""
    await step_by_press(bot, press, Close(), lambda taken: closed_receipt())


async def press_cancel(bot: Bot, press: Press) -> None:
    """Ask first, for facilitators."""
    await open_form(bot, press, lambda assessment: why_not(assessment, press.asked, Cancel()), cancel_modal)


async def submit_cancel(bot: Bot, submission: Submission) -> FormAnswer:
    """End it without results."""
    step = Cancel(submission.text(InputId.REASON))
    return await step_by_form(bot, submission, step, lambda after: cancelled_receipt())


async def press_closing_date(bot: Bot, press: Press) -> None:
    """Open the form, for facilitators of what is under way."""

    def refused(assessment: Assessment) -> Refusal | None:
        as_it_is = SetClosingDate(assessment.closing_date, bot.today())
        refusal = why_not(assessment, press.asked, as_it_is)
        return None if refusal is not None and refusal.reason is Reason.NOTHING_CHANGED else refusal

    await open_form(bot, press, refused, closing_date_modal)


async def submit_closing_date(bot: Bot, submission: Submission) -> FormAnswer:
    """Set the date, or take it away."""
    away = bool(submission.choices(InputId.NO_CLOSING_DATE))
    closing_date = None if away else submission.day(InputId.CLOSING_DATE)
    step = SetClosingDate(closing_date, bot.today())
    return await step_by_form(bot, submission, step, closing_date_receipt)
