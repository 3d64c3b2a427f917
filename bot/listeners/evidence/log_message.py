"""Logging a message as evidence: by the menu of a private question, and by the shortcut with its form."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.conversation.where_to_answer import Place
from bot.conversation.written_message import Written, written_of
from bot.listeners.handling.error_ladder import told_refusal
from bot.listeners.handling.filled_in import UnreadableForm
from bot.listeners.handling.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.reading import MessageNotThere, in_plain_words, read_message
from bot.running.bot import Bot
from bot.services.asking import Asked
from bot.services.assessment.finding import latest_in, see_assessment
from bot.services.assessment.stepping import take_step, why_not
from bot.services.evidence.logging import Ground, ground_of, logged_from, step_for
from bot.services.membership import NOT_INSIDE
from bot.services.messages.places import address_of
from bot.views.block_kit.blocks import Message, View
from bot.views.block_kit.ids import ActionId, InputId, ShortcutId, ViewId
from bot.views.block_kit.modals import notice_modal
from bot.views.block_kit.reference import Reference
from bot.views.evidence.forms import log_modal, strength_of
from bot.views.evidence.receipts import (
    NOT_A_CHANNEL,
    NOT_LOGGED,
    NOTHING_IN_IT,
    NOTHING_OPENED,
    WRITTEN_BY_APP,
    already_logged,
    logged_receipt,
    no_assessment_here,
)
from bot.views.evidence.which_question import ask_which
from model.assessment.assessment import Assessment
from model.assessment.evidence import Strength, copied
from model.assessment.evidence_rules import get_evidence
from model.assessment.steps import WithdrawEvidence


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the shortcut, to the answers to a private question, and to the form."""
    app.shortcut(ShortcutId.LOG_EVIDENCE.value)(handling.press(press_shortcut))
    app.action(ActionId.LOG_FOR.value)(handling.press(choose_question))
    app.action(ActionId.LOG_FORM.value)(handling.press(press_form))
    app.action(ActionId.NOT_EVIDENCE.value)(handling.press(press_not_evidence))
    app.view(ViewId.LOG.value)(handling.submission(submit_log))


async def log_message(
    bot: Bot,
    asked: Asked,
    assessment: Assessment,
    prompt_id: str,
    written: Written,
    strength: Strength | None = None,
    *,
    reacted: bool = False,
) -> str | None:
    """Keep a copy of a message as evidence; the receipt, or None when this delivery was handled before.

    Raises:
        MessageNotThere: nothing is left in the message.
    """
    logged = logged_from(assessment, written)
    if logged is not None:
        return already_logged(assessment, *logged)
    if written.empty:
        raise MessageNotThere
    permalink = await address_of(
        bot.database, asked.workspace_id, written.channel_id, written.ts, written.thread_ts
    )
    step = step_for(assessment, prompt_id, written, permalink or "", strength)
    taken = await take_step(bot.desk, asked, assessment.id, step)
    if taken is None:
        return None
    bot.dispatcher.wake()
    logged = get_evidence(taken.after, step.evidence_id)
    return logged_receipt(taken.after, *logged, asked.person, reacted=reacted)


def question_about(ground: Ground, written: Written) -> str | Message:
    """What to ask about a message of which it is not plain what question it is for."""
    if not _anything_open(ground.assessment):
        return NOTHING_OPENED
    return ask_which(ground.assessment, written.ts, dimension_id=ground.dimension_id)


async def choose_question(bot: Bot, press: Press) -> None:
    """Log the message that the menu is about. It is read anew, so that the menu works after days too."""
    about, prompt_id = Reference.decode(press.block_id), press.reference.prompt
    assessment = await see_assessment(bot.desk, press.asked, about.assessment)
    written = await read_message(bot, press.asked.workspace_id, assessment.channel_id, about.message)
    receipt = await log_message(bot, press.asked, assessment, prompt_id, written)
    if receipt is not None:
        await bot.replace(press.place, receipt)


async def press_not_evidence(bot: Bot, press: Press) -> None:
    """Leave it."""
    await bot.replace(press.place, NOT_LOGGED)


async def press_shortcut(bot: Bot, press: Press) -> None:
    """Open the form for a message, or say in its place why it cannot be logged."""

    async def build() -> View:
        written = written_of(press.place.channel_id or "", press.message)
        return await _form(bot, press.asked, await in_plain_words(bot, press.asked.workspace_id, written))

    await bot.open_form(press.asked.workspace_id, press.trigger_id, build)


async def press_form(bot: Bot, press: Press) -> None:
    """The same for the message that a button is about."""
    about = press.reference

    async def build() -> View:
        assessment = await see_assessment(bot.desk, press.asked, about.assessment)
        written = await read_message(bot, press.asked.workspace_id, assessment.channel_id, about.message)
        return await _form(bot, press.asked, written)

    await bot.open_form(press.asked.workspace_id, press.trigger_id, build)


async def _form(bot: Bot, asked: Asked, written: Written) -> View:
    """The form, or a window that says why there is none. `written` is in plain words."""
    if not written.channel_id.startswith(("C", "G")):
        return notice_modal(NOT_A_CHANNEL)
    if not await bot.members.inside(asked.workspace_id, written.channel_id, asked.person):
        return notice_modal(told_refusal(bot, NOT_INSIDE, None, asked.person))
    ground = await ground_of(bot.database, asked.workspace_id, written.channel_id, written.thread_ts)
    if ground is None:
        return notice_modal(await _nothing_under_way(bot, asked, written.channel_id))
    why_not_now = _why_not(ground.assessment, written)
    if why_not_now is not None:
        return notice_modal(why_not_now)
    dimension = ground.dimension_id or ""
    about = Reference(assessment=ground.assessment.id, message=written.ts, dimension=dimension)
    return log_modal(ground.assessment, about, copied(written.text), ", ".join(written.files))


async def _nothing_under_way(bot: Bot, asked: Asked, channel_id: str) -> str:
    """Who ended the last assessment of the channel, or that it never had one."""
    latest = await latest_in(bot.database, asked.workspace_id, channel_id)
    if latest is not None:
        ended = why_not(latest, asked, WithdrawEvidence(""))
        if ended is not None:
            return told_refusal(bot, ended, latest.framework, asked.person)
    return no_assessment_here(bot.command)


def _why_not(assessment: Assessment, written: Written) -> str | None:
    if not written.by_person:
        return WRITTEN_BY_APP
    if written.empty:
        return NOTHING_IN_IT
    logged = logged_from(assessment, written)
    if logged is not None:
        return already_logged(assessment, *logged)
    return None if _anything_open(assessment) else NOTHING_OPENED


def _anything_open(assessment: Assessment) -> bool:
    return any(dimension.opened_at is not None for dimension in assessment.dimensions)


async def submit_log(bot: Bot, submission: Submission) -> FormAnswer:
    """Log the message; the copy is of the message as it is now."""
    about, workspace_id = submission.reference, submission.asked.workspace_id
    try:
        strength = strength_of(submission.choice(InputId.STRENGTH))
    except ValueError:
        raise UnreadableForm from None
    assessment = await see_assessment(bot.desk, submission.asked, about.assessment)
    written = await read_message(bot, workspace_id, assessment.channel_id, about.message)
    prompt_id = Reference.decode(submission.choice(InputId.PROMPT)).prompt
    receipt = await log_message(bot, submission.asked, assessment, prompt_id, written, strength)
    if receipt is None:
        return HANDLED_BEFORE
    person = submission.asked.person
    return Accepted(receipt, Place(workspace_id, person, assessment.channel_id, written.thread_ts))
