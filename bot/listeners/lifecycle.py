"""Pausing, resuming, cancelling and closing an assessment."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press, Submission
from bot.place import Place
from bot.services.assessing import find_assessment, take_step, why_not
from bot.views.blocks import View
from bot.views.ids import ActionId, InputId, ViewId
from bot.views.modals import cancel_modal, notice_modal
from bot.views.receipts import cancelled_receipt, closed_receipt, paused_receipt, resumed_receipt
from bot.views.refusals import refusal_sentence
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
    await _step(bot, press, Pause(), paused_receipt())


async def press_resume(bot: Bot, press: Press) -> None:
    """Carry on."""
    await _step(bot, press, Resume(), resumed_receipt())


async def press_close(bot: Bot, press: Press) -> None:
    """End it with its results."""
    await _step(bot, press, Close(), closed_receipt())


async def _step(bot: Bot, press: Press, step: Pause | Resume | Close, receipt: str) -> None:
    if await take_step(bot.database, press.asked, press.reference.assessment, step) is not None:
        bot.dispatcher.wake()
        await bot.tell(press.place, receipt)


async def press_cancel(bot: Bot, press: Press) -> None:
    """Ask first, for facilitators."""
    about = press.reference

    async def build() -> View:
        assessment = await find_assessment(bot.database, press.place.workspace_id, about.assessment)
        refusal = why_not(assessment, press.asked, Cancel())
        if refusal is not None:
            return notice_modal(refusal_sentence(refusal, assessment.framework, bot.zone))
        return cancel_modal(assessment)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)


async def submit_cancel(bot: Bot, submission: Submission) -> FormAnswer:
    """End it without results."""
    step = Cancel(submission.text(InputId.REASON))
    taken = await take_step(bot.database, submission.asked, submission.reference.assessment, step)
    if taken is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    place = Place(submission.place.workspace_id, submission.place.person, taken.after.channel_id)
    return Accepted(cancelled_receipt(), place)
