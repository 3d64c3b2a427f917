"""Making a proposal by a form: from the command, a button, or the shortcut on a message."""

from __future__ import annotations

from dataclasses import replace

from slack_bolt.async_app import AsyncApp

from bot.conversation.where_to_answer import Place
from bot.conversation.written_message import Written, written_of
from bot.listeners.handling.error_ladder import told_refusal
from bot.listeners.handling.forms import HANDLED_BEFORE, Accepted, FormAnswer, Rejected
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.reading import MessageNotThere, in_plain_words, read_message
from bot.listeners.handling.said import Said
from bot.listeners.proposals.form_values import details_of
from bot.listeners.proposals.reactions import to_propose, words_of
from bot.running.bot import Bot
from bot.services.asking import Asked
from bot.services.assessment.finding import latest_in, see_assessment
from bot.services.proposals.places import dimension_at, standing_at, standing_in
from bot.services.proposals.proposing import ToPropose, make_proposal, why_not_propose
from bot.services.proposals.stepping import take_proposal_step
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId, InputId, ShortcutId, ViewId
from bot.views.block_kit.modals import notice_modal
from bot.views.block_kit.reference import Reference
from bot.views.proposals.forms import propose_message_modal, propose_modal
from bot.views.proposals.receipts import (
    CANCELLED,
    MESSAGE_GONE,
    NO_ASSESSMENT,
    NOTHING_SAID,
    joined_receipt,
    propose_offer,
    proposed_receipt,
)
from model.assessment.assessment import Assessment
from model.proposals.proposal import BUTTON, Proposal
from model.proposals.steps import Support
from model.refusals import Reason, Refusal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the button and the form."""
    app.shortcut(ShortcutId.PROPOSE.value)(handling.press(press_shortcut))
    app.action(ActionId.PROPOSE.value)(handling.press(press_propose))
    app.view(ViewId.PROPOSE.value)(handling.submission(submit_propose))


async def offer_propose(bot: Bot, said: Said, assessment: Assessment) -> None:
    """Where a word came without a trigger: a button."""
    await bot.tell(said.place, propose_offer(Reference(assessment=assessment.id)))


async def open_propose_form(bot: Bot, said: Said) -> None:
    """Open the form for words of one's own, with what was typed after the command in it."""

    async def build() -> View:
        assessment = await standing_in(bot.database, said.place.workspace_id, said.place.channel_id or "")
        if assessment is None:
            return notice_modal(NO_ASSESSMENT.format(command=bot.command))
        return await propose_form(bot, said, assessment)

    await bot.open_form(said.place.workspace_id, said.trigger_id, build)


async def press_propose(bot: Bot, press: Press) -> None:
    """Open the form for the assessment that the button names."""

    async def build() -> View:
        about = press.reference.assessment
        assessment = await see_assessment(bot.desk, press.asked, about)
        return await _propose_form(bot, press.asked, assessment, "")

    await bot.open_form(press.asked.workspace_id, press.trigger_id, build)


async def propose_form(bot: Bot, said: Said, assessment: Assessment) -> View:
    """The form for words of one's own, with what was typed after the command in it."""
    return await _propose_form(bot, said.asked, assessment, said.text)


async def _propose_form(bot: Bot, asked: Asked, assessment: Assessment, text: str) -> View:
    """The form with a text in it, or why somebody may not propose."""
    refusal = await why_not_propose(bot.desk, asked, assessment)
    if refusal is not None:
        return notice_modal(told_refusal(bot, refusal, assessment.framework, asked.person))
    return propose_modal(assessment, text=text)


async def press_shortcut(bot: Bot, press: Press) -> None:
    """The menu of a message: whoever asks is answered, whatever stands in the way."""

    async def build() -> View:
        channel_id = press.place.channel_id or ""
        written = written_of(channel_id, press.message)
        standing = await standing_at(bot.database, press.asked.workspace_id, channel_id, written.ts)
        if standing.proposal is not None:
            return await _support(bot, press.asked, standing.proposal)
        assessment = standing.assessment
        if assessment is None:
            return notice_modal(await _no_assessment(bot, press.asked, channel_id))
        if standing.ours or written.author == bot.bot_user(press.asked.workspace_id):
            refusal = Refusal(Reason.OUR_OWN_MESSAGE)
            return notice_modal(told_refusal(bot, refusal, assessment.framework, press.asked.person))
        written = await in_plain_words(bot, press.asked.workspace_id, written)
        return await _message_form(bot, press.asked, assessment, written)

    await bot.open_form(press.asked.workspace_id, press.trigger_id, build)


async def _support(bot: Bot, asked: Asked, proposal: Proposal) -> View:
    """Who proposes what is proposed already supports it."""
    step = Support(BUTTON, asked.at)
    taken = await take_proposal_step(bot.desk, asked, proposal.id, step)
    bot.dispatcher.wake()
    return notice_modal(joined_receipt(proposal if taken is None else taken.after))


async def _no_assessment(bot: Bot, asked: Asked, channel_id: str) -> str:
    latest = await latest_in(bot.database, asked.workspace_id, channel_id)
    return (NO_ASSESSMENT if latest is None else CANCELLED).format(command=bot.command)


async def _message_form(bot: Bot, asked: Asked, assessment: Assessment, written: Written) -> View:
    refusal = await why_not_propose(bot.desk, asked, assessment)
    if refusal is not None:
        return notice_modal(told_refusal(bot, refusal, assessment.framework, asked.person))
    text = words_of(written)
    if not text:
        return notice_modal(NOTHING_SAID.format(command=bot.command))
    where = await dimension_at(bot.database, asked.workspace_id, written.channel_id, written.thread_ts)
    return propose_message_modal(
        assessment, text, channel_id=written.channel_id, ts=written.ts, dimension_id=where
    )


async def submit_propose(bot: Bot, submission: Submission) -> FormAnswer:
    """Make the proposal; its card appears by itself."""
    asked, about = submission.asked, submission.reference
    if about.message:
        assessment = await see_assessment(bot.desk, asked, about.assessment)
        try:
            written = await read_message(bot, asked.workspace_id, about.channel, about.message)
        except MessageNotThere:
            sentence = MESSAGE_GONE.format(command=bot.command)
            return Rejected(sentence, submission.callback_id, None, tuple(submission.words()))
        what = await to_propose(bot, asked, assessment, written, BUTTON)
    else:
        text = submission.text(InputId.PROPOSAL_TEXT)
        what = ToPropose(about.assessment, text, BUTTON, asked.at)
    what = replace(
        what,
        signed_at=asked.at,
        title=submission.text(InputId.ITEM_TITLE),
        details=details_of(submission),
    )
    made = await make_proposal(bot.desk, asked, what)
    if made is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    source = made.after.source
    place = Place(
        asked.workspace_id, asked.person, made.after.channel_id, None if source is None else source.thread
    )
    receipt = proposed_receipt if made.before is None else joined_receipt
    return Accepted(receipt(made.after), place)
