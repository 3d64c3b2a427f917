"""Confirming the level of a dimension, or setting another with a reason."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.forms import FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.stepping import open_form, step_by_form, step_by_press
from bot.running.bot import Bot
from bot.services.assessment.stepping import why_not
from bot.views.assessment.receipts import confirm_receipt
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.modals import level_of, set_level_modal
from model.assessment.assessment import Assessment
from model.assessment.steps import ConfirmLevel
from model.refusals import Refusal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons of the level card, and its form."""
    app.action(ActionId.CONFIRM.value)(handling.press(press_confirm))
    app.action(ActionId.SET_OTHER.value)(handling.press(press_set_other))
    app.view(ViewId.SET_LEVEL.value)(handling.submission(submit_level))


async def press_confirm(bot: Bot, press: Press) -> None:
    """Confirm the calculated level that the button showed."""
    about = press.reference
    step = ConfirmLevel(about.dimension, seen=about.calculated, level=about.level)
    await step_by_press(bot, press, step, lambda taken: confirm_receipt(taken.after, about.dimension))


async def press_set_other(bot: Bot, press: Press) -> None:
    """Open the form, for facilitators."""
    dimension_id = press.reference.dimension

    def refused(assessment: Assessment) -> Refusal | None:
        level = _calculated(assessment, dimension_id)
        # The reason is one that nobody gives, so that a confirmed level may be looked at again.
        probe = ConfirmLevel(dimension_id, seen=level, level=level, reason="\N{NULL}")
        return why_not(assessment, press.asked, probe)

    await open_form(
        bot,
        press,
        refused,
        lambda assessment: set_level_modal(assessment, dimension_id, _calculated(assessment, dimension_id)),
    )


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
    return await step_by_form(
        bot,
        submission,
        step,
        lambda after: confirm_receipt(after, about.dimension),
        lambda after: about.dimension,
    )
