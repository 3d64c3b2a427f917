"""Together mode: abstaining, revealing, agreeing, voting again and reopening."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press, Submission
from bot.place import Place
from bot.services.assessing import find_assessment, take_step, thread_place, why_not
from bot.views.agree_modals import agree_modal, reopen_modal, vote_again_modal
from bot.views.blocks import View
from bot.views.ids import ActionId, InputId, ViewId
from bot.views.modals import level_of, notice_modal
from bot.views.refusals import refusal_sentence
from bot.views.vote_receipts import (
    agreed_receipt,
    reopened_with_reason_receipt,
    revealed_receipt,
    vote_again_receipt,
    vote_receipt,
)
from model.assessment import Assessment
from model.steps import Abstain, Agree, ReopenAnswer, Reveal, Step, VoteAgain


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
    about = press.reference
    taken = await take_step(bot.database, press.asked, about.assessment, Abstain(about.prompt))
    if taken is not None:
        bot.dispatcher.wake()
        receipt = vote_receipt(taken.before, taken.after, about.prompt, press.asked.person)
        await bot.tell(press.place, receipt)


async def press_reveal(bot: Bot, press: Press) -> None:
    """Show the votes."""
    about = press.reference
    taken = await take_step(bot.database, press.asked, about.assessment, Reveal(about.prompt))
    if taken is not None:
        bot.dispatcher.wake()
        await bot.tell(press.place, revealed_receipt(taken.after, about.prompt))


async def press_agree(bot: Bot, press: Press) -> None:
    """Agree the median that the button showed."""
    about = press.reference
    step = Agree(about.prompt, 0 if about.level is None else about.level)
    taken = await take_step(bot.database, press.asked, about.assessment, step)
    if taken is not None:
        bot.dispatcher.wake()
        await bot.tell(press.place, agreed_receipt(taken.after, about.prompt))


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
    """Open a form, unless what it is for would be refused anyway."""
    about = press.reference

    async def build() -> View:
        assessment = await find_assessment(bot.database, press.place.workspace_id, about.assessment)
        refusal = why_not(assessment, press.asked, probe)
        if refusal is not None:
            return notice_modal(refusal_sentence(refusal, assessment.framework, bot.zone))
        return form(assessment, about.prompt)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)


async def submit_agree(bot: Bot, submission: Submission) -> FormAnswer:
    """Agree the level that was chosen."""
    prompt_id = submission.reference.prompt
    step = Agree(
        prompt_id,
        level_of(submission.choice(InputId.LEVEL)) or 0,
        reason=submission.text(InputId.REASON),
        dissent=submission.text(InputId.DISSENT),
    )
    return await _submitted(bot, submission, step, lambda after: agreed_receipt(after, prompt_id))


async def submit_vote_again(bot: Bot, submission: Submission) -> FormAnswer:
    """Begin another round."""
    step = VoteAgain(submission.reference.prompt, submission.text(InputId.REASON))
    return await _submitted(bot, submission, step, lambda after: vote_again_receipt())


async def submit_reopen(bot: Bot, submission: Submission) -> FormAnswer:
    """Take a prompt up again."""
    step = ReopenAnswer(submission.reference.prompt, submission.text(InputId.REASON))
    return await _submitted(bot, submission, step, lambda after: reopened_with_reason_receipt())


async def _submitted(
    bot: Bot, submission: Submission, step: Step, receipt: Callable[[Assessment], str]
) -> FormAnswer:
    about = submission.reference
    taken = await take_step(bot.database, submission.asked, about.assessment, step)
    if taken is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    dimension_id = taken.after.dimension_of(about.prompt).dimension_id
    place = await thread_place(bot.database, submission.asked, taken.after, dimension_id)
    where = Place(submission.place.workspace_id, submission.place.person, *place)
    return Accepted(receipt(taken.after), where)
