"""Pausing, resuming, cancelling and closing an assessment."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.forms import FormAnswer
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press, Submission
from bot.listeners.stepping import open_form, step_by_form, step_by_press
from bot.services.assessing import why_not
from bot.views.ids import ActionId, InputId, ViewId
from bot.views.modals import cancel_modal
from bot.views.receipts import cancelled_receipt, closed_receipt, paused_receipt, resumed_receipt
from model.steps import Cancel, Close, Pause, Resume


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons of the board and of the results."""
    app.action(ActionId.PAUSE.value)(handling.press(press_pause))
    app.action(ActionId.RESUME.value)(handling.press(press_resume))
    app.action(ActionId.CLOSE.value)(handling.press(press_close))
    app.action(ActionId.CANCEL.value)(handling.press(press_cancel))
    app.view(ViewId.CANCEL.value)(handling.submission(submit_cancel))


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
