"""Confirming the level of a dimension, or setting another with a reason."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press, Submission
from bot.place import Place
from bot.services.assessing import find_assessment, take_step, thread_place, why_not
from bot.views.blocks import View
from bot.views.ids import ActionId, InputId, ViewId
from bot.views.modals import level_of, notice_modal, set_level_modal
from bot.views.receipts import confirm_receipt
from bot.views.refusals import refusal_sentence
from model.assessment import Assessment
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
        level = _calculated(assessment, about.dimension)
        # The reason is one that nobody gives, so that a confirmed level may be looked at again.
        probe = ConfirmLevel(about.dimension, seen=level, level=level, reason="\N{NULL}")
        refusal = why_not(assessment, press.asked, probe)
        if refusal is not None:
            return notice_modal(refusal_sentence(refusal, assessment.framework, bot.zone))
        return set_level_modal(assessment, about.dimension, level)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)


def _calculated(assessment: Assessment, dimension_id: str) -> int | None:
    score = assessment.score(dimension_id) if dimension_id in assessment.scope else None
    return None if score is None else score.level


async def submit_level(bot: Bot, submission: Submission) -> FormAnswer:
    """Confirm the level that was chosen."""
    about = submission.reference
    step = ConfirmLevel(
        about.dimension,
        seen=about.calculated,
        level=level_of(submission.choice(InputId.LEVEL)),
        reason=submission.text(InputId.REASON),
    )
    taken = await take_step(bot.database, submission.asked, about.assessment, step)
    if taken is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    place = await thread_place(bot.database, submission.asked, taken.after, about.dimension)
    receipt = confirm_receipt(taken.after, about.dimension)
    return Accepted(receipt, Place(submission.place.workspace_id, submission.place.person, *place))
