"""Opening dimensions and answering prompts."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners.assessment.voting import cast_by_press
from bot.listeners.handling.forms import FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.stepping import of_prompt, open_form, step_by_form, step_by_press
from bot.running.bot import Bot
from bot.services.assessment.stepping import StepTaken, why_not
from bot.views.assessment.receipts import (
    level_receipt,
    not_applicable_receipt,
    opened_receipt,
    put_off_receipt,
    reopened_receipt,
)
from bot.views.block_kit.blocks import Message
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.modals import not_applicable_modal
from bot.views.questions.receipts import taken_up_receipt, vote_receipt
from model.assessment.assessment import Mode
from model.assessment.steps import MarkNotApplicable, OpenDimension, PutOff, RecordLevel, ReopenAnswer


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
    dimension_id = press.reference.dimension
    await step_by_press(
        bot, press, OpenDimension(dimension_id), lambda taken: opened_receipt(taken.after, dimension_id)
    )


async def press_level(bot: Bot, press: Press) -> None:
    """Record a level."""
    about = press.reference
    level = 0 if about.level is None else about.level

    def receipt(taken: StepTaken) -> str | Message:
        if taken.after.mode is Mode.TOGETHER:
            return vote_receipt(taken.before, taken.after, about.prompt, press.asked.person)
        return level_receipt(taken.before, taken.after, about.prompt, press.asked.person, level)

    await cast_by_press(bot, press, RecordLevel(about.prompt, level), receipt)


async def press_put_off(bot: Bot, press: Press) -> None:
    """Leave a prompt for later."""
    await step_by_press(bot, press, PutOff(press.reference.prompt), lambda taken: put_off_receipt())


async def press_reopen(bot: Bot, press: Press) -> None:
    """Show the level buttons of an answered prompt again."""

    def receipt(taken: StepTaken) -> str:
        return taken_up_receipt() if taken.after.mode is Mode.TOGETHER else reopened_receipt()

    await step_by_press(bot, press, ReopenAnswer(press.reference.prompt), receipt)


async def press_not_applicable(bot: Bot, press: Press) -> None:
    """Ask for the reason."""
    prompt_id = press.reference.prompt
    probe = MarkNotApplicable(prompt_id, reason="…")
    await open_form(
        bot,
        press,
        lambda assessment: why_not(assessment, press.asked, probe),
        lambda assessment: not_applicable_modal(assessment, prompt_id),
    )


async def submit_not_applicable(bot: Bot, submission: Submission) -> FormAnswer:
    """Record that a prompt does not apply."""
    prompt_id = submission.reference.prompt
    step = MarkNotApplicable(prompt_id, submission.text(InputId.REASON))
    return await step_by_form(bot, submission, step, not_applicable_receipt, of_prompt(prompt_id))
