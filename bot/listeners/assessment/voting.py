"""Together mode: abstaining, revealing, agreeing, voting again and reopening."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.forms import FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.stepping import of_prompt, open_form, step_by_form, step_by_press
from bot.running.bot import Bot
from bot.services.asking import Refused
from bot.services.assessment.stepping import StepTaken, why_not
from bot.views.block_kit.blocks import Message, View
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.modals import level_of
from bot.views.questions.agree_forms import agree_modal, reopen_modal, vote_again_modal
from bot.views.questions.receipts import (
    agreed_receipt,
    reopened_with_reason_receipt,
    revealed_receipt,
    vote_again_receipt,
    vote_receipt,
    vote_stands,
)
from model.assessment.assessment import Assessment
from model.assessment.steps import Abstain, Agree, ReopenAnswer, Reveal, Step, VoteAgain
from model.refusals import Reason


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons of the cards in together mode, and their forms."""
    app.action(ActionId.ABSTAIN.value)(handling.press(press_abstain))
    app.action(ActionId.REVEAL.value)(handling.press(press_reveal))
    app.action(ActionId.AGREE.value)(handling.press(press_agree))
    app.action(ActionId.AGREE_OTHER.value)(handling.press(press_agree_other))
    app.action(ActionId.VOTE_AGAIN.value)(handling.press(press_vote_again))
    app.action(ActionId.REOPEN_AGREED.value)(handling.press(press_reopen_agreed))
    app.view(ViewId.AGREE.value)(handling.submission(submit_agree))
    app.view(ViewId.VOTE_AGAIN.value)(handling.submission(submit_vote_again))
    app.view(ViewId.REOPEN.value)(handling.submission(submit_reopen))


async def press_abstain(bot: Bot, press: Press) -> None:
    """Record that a prompt is not for somebody."""
    prompt_id = press.reference.prompt
    await cast_by_press(
        bot,
        press,
        Abstain(prompt_id),
        lambda taken: vote_receipt(taken.before, taken.after, prompt_id, press.asked.person),
    )


async def cast_by_press(
    bot: Bot, press: Press, step: Step, receipt: Callable[[StepTaken], str | Message]
) -> None:
    """Take a step that may be a vote; who gives the same one again sees it, with the ways to change it."""
    try:
        await step_by_press(bot, press, step, receipt)
    except Refused as refused:
        if refused.refusal.reason is not Reason.VOTE_STANDS or refused.assessment is None:
            raise
        answer = vote_stands(refused.assessment, press.reference.prompt, press.asked.person)
        await bot.tell(press.place, answer)


async def press_reveal(bot: Bot, press: Press) -> None:
    """Show the votes."""
    prompt_id = press.reference.prompt
    await step_by_press(bot, press, Reveal(prompt_id), lambda taken: revealed_receipt(taken.after, prompt_id))


async def press_agree(bot: Bot, press: Press) -> None:
    """Agree the median that the button showed."""
    about = press.reference
    step = Agree(about.prompt, 0 if about.level is None else about.level)
    await step_by_press(bot, press, step, lambda taken: agreed_receipt(taken.after, about.prompt))


async def press_agree_other(bot: Bot, press: Press) -> None:
    """Ask for level, reason and dissent."""
    await _open(bot, press, Agree(press.reference.prompt, 1, reason="…"), agree_modal)


async def press_vote_again(bot: Bot, press: Press) -> None:
    """Ask for the reason."""
    await _open(bot, press, VoteAgain(press.reference.prompt), vote_again_modal)


async def press_reopen_agreed(bot: Bot, press: Press) -> None:
    """Ask for the reason."""
    await _open(bot, press, ReopenAnswer(press.reference.prompt, reason="…"), reopen_modal)


async def _open(bot: Bot, press: Press, probe: Step, form: Callable[[Assessment, str], View]) -> None:
    await open_form(
        bot,
        press,
        lambda assessment: why_not(assessment, press.asked, probe),
        lambda assessment: form(assessment, press.reference.prompt),
    )


async def submit_agree(bot: Bot, submission: Submission) -> FormAnswer:
    """Agree the level that was chosen."""
    prompt_id = submission.reference.prompt
    step = Agree(
        prompt_id,
        level_of(submission.choice(InputId.LEVEL)) or 0,
        reason=submission.text(InputId.REASON),
        dissent=submission.text(InputId.DISSENT),
    )
    return await step_by_form(
        bot, submission, step, lambda after: agreed_receipt(after, prompt_id), of_prompt(prompt_id)
    )


async def submit_vote_again(bot: Bot, submission: Submission) -> FormAnswer:
    """Begin another round."""
    prompt_id = submission.reference.prompt
    step = VoteAgain(prompt_id, submission.text(InputId.REASON))
    return await step_by_form(bot, submission, step, lambda after: vote_again_receipt(), of_prompt(prompt_id))


async def submit_reopen(bot: Bot, submission: Submission) -> FormAnswer:
    """Take a prompt up again."""
    prompt_id = submission.reference.prompt
    step = ReopenAnswer(prompt_id, submission.text(InputId.REASON))
    return await step_by_form(
        bot, submission, step, lambda after: reopened_with_reason_receipt(), of_prompt(prompt_id)
    )
