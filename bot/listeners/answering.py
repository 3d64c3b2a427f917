"""Opening dimensions and answering prompts."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press, Submission
from bot.place import Place
from bot.services.assessing import StepTaken, find_assessment, take_step, thread_place, why_not
from bot.views.blocks import Message, View
from bot.views.ids import ActionId, InputId, ViewId
from bot.views.modals import not_applicable_modal, notice_modal
from bot.views.receipts import (
    level_receipt,
    not_applicable_receipt,
    opened_receipt,
    put_off_receipt,
    reopened_receipt,
)
from bot.views.refusals import refusal_sentence
from bot.views.vote_receipts import taken_up_receipt, vote_receipt
from model.assessment import Mode
from model.steps import MarkNotApplicable, OpenDimension, PutOff, RecordLevel, ReopenAnswer


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons of the board and of the prompt cards."""
    app.action(ActionId.OPEN_DIMENSION.value)(handling.press(press_open))
    app.action(ActionId.LEVEL.value)(handling.press(press_level))
    app.action(ActionId.PUT_OFF.value)(handling.press(press_put_off))
    app.action(ActionId.REOPEN.value)(handling.press(press_reopen))
    app.action(ActionId.NOT_APPLICABLE.value)(handling.press(press_not_applicable))
    app.view(ViewId.NOT_APPLICABLE.value)(handling.submission(submit_not_applicable))


async def press_open(bot: Bot, press: Press) -> None:
    """Open a dimension: its card and first prompt appear."""
    about = press.reference
    taken = await take_step(bot.database, press.asked, about.assessment, OpenDimension(about.dimension))
    if taken is not None:
        bot.dispatcher.wake()
        await bot.tell(press.place, opened_receipt(taken.after, about.dimension))


async def press_level(bot: Bot, press: Press) -> None:
    """Record a level."""
    about = press.reference
    level = 0 if about.level is None else about.level
    taken = await take_step(bot.database, press.asked, about.assessment, RecordLevel(about.prompt, level))
    if taken is not None:
        bot.dispatcher.wake()
        await bot.tell(press.place, _level_receipt(taken, about.prompt, press.asked.person, level))


def _level_receipt(taken: StepTaken, prompt_id: str, by: str, level: int) -> str | Message:
    if taken.after.mode is Mode.TOGETHER:
        return vote_receipt(taken.before, taken.after, prompt_id, by)
    return level_receipt(taken.before, taken.after, prompt_id, by, level)


async def press_put_off(bot: Bot, press: Press) -> None:
    """Leave a prompt for later."""
    about = press.reference
    if await take_step(bot.database, press.asked, about.assessment, PutOff(about.prompt)) is not None:
        bot.dispatcher.wake()
        await bot.tell(press.place, put_off_receipt())


async def press_reopen(bot: Bot, press: Press) -> None:
    """Show the level buttons of an answered prompt again."""
    about = press.reference
    taken = await take_step(bot.database, press.asked, about.assessment, ReopenAnswer(about.prompt))
    if taken is not None:
        bot.dispatcher.wake()
        together = taken.after.mode is Mode.TOGETHER
        await bot.tell(press.place, taken_up_receipt() if together else reopened_receipt())


async def press_not_applicable(bot: Bot, press: Press) -> None:
    """Ask for the reason."""
    about = press.reference

    async def build() -> View:
        assessment = await find_assessment(bot.database, press.place.workspace_id, about.assessment)
        refusal = why_not(assessment, press.asked, MarkNotApplicable(about.prompt, reason="…"))
        if refusal is not None:
            return notice_modal(refusal_sentence(refusal, assessment.framework, bot.zone))
        return not_applicable_modal(assessment, about.prompt)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)


async def submit_not_applicable(bot: Bot, submission: Submission) -> FormAnswer:
    """Record that a prompt does not apply."""
    about = submission.reference
    step = MarkNotApplicable(about.prompt, submission.text(InputId.REASON))
    taken = await take_step(bot.database, submission.asked, about.assessment, step)
    if taken is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    dimension_id = taken.after.dimension_of(about.prompt).dimension_id
    place = await thread_place(bot.database, submission.asked, taken.after, dimension_id)
    return Accepted(
        not_applicable_receipt(), Place(submission.place.workspace_id, submission.place.person, *place)
    )
