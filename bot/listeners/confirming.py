"""Confirming the level of a dimension, or setting another with a reason."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.forms import Accepted, FormAnswer
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press, Submission
from bot.place import Place
from bot.services.assessing import find_assessment, take_step, thread_place
from bot.views.blocks import View
from bot.views.ids import ActionId, InputId, ViewId
from bot.views.modals import NOT_APPLICABLE_VALUE, notice_modal, set_level_modal
from bot.views.receipts import confirm_receipt
from bot.views.refusals import refusal_sentence
from model.guards import not_facilitator
from model.steps import ConfirmLevel


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons of the level card, and its form."""
    app.action(ActionId.CONFIRM.value)(handling.press(press_confirm))
    app.action(ActionId.SET_OTHER.value)(handling.press(press_set_other))
    app.view(ViewId.SET_LEVEL.value)(handling.submission(submit_level))


async def press_confirm(bot: Bot, press: Press) -> None:
    """Confirm the calculated level that the button showed."""
    about = press.reference
    step = ConfirmLevel(about.dimension, seen=about.calculated, level=about.level)
    taken = await take_step(bot.database, press.asked, about.assessment, step)
    if taken is not None:
        bot.dispatcher.wake()
        await bot.tell(press.place, confirm_receipt(taken.after, about.dimension))


async def press_set_other(bot: Bot, press: Press) -> None:
    """Open the form, for facilitators."""
    about = press.reference

    async def build() -> View:
        assessment = await find_assessment(bot.database, press.place.workspace_id, about.assessment)
        refusal = not_facilitator(assessment, press.asked.person)
        if refusal is not None:
            return notice_modal(refusal_sentence(refusal, assessment.framework, bot.zone))
        score = assessment.score(about.dimension)
        return set_level_modal(assessment, about.dimension, None if score is None else score.level)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)


async def submit_level(bot: Bot, submission: Submission) -> FormAnswer:
    """Confirm the level that was chosen."""
    about = submission.reference
    chosen = submission.choice(InputId.LEVEL)
    step = ConfirmLevel(
        about.dimension,
        seen=about.calculated,
        level=None if chosen == NOT_APPLICABLE_VALUE else int(chosen),
        reason=submission.text(InputId.REASON),
    )
    taken = await take_step(bot.database, submission.asked, about.assessment, step)
    if taken is None:
        return Accepted("", None)
    bot.dispatcher.wake()
    place = await thread_place(bot.database, submission.asked, taken.after, about.dimension)
    receipt = confirm_receipt(taken.after, about.dimension)
    return Accepted(receipt, Place(submission.place.workspace_id, submission.place.person, *place))
