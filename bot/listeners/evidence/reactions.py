"""Evidence by a reaction: given, a message is logged; the last one taken off, it is withdrawn."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.emoji import Meaning
from bot.conversation.written_message import Written
from bot.listeners.evidence.log_message import log_message, question_about
from bot.listeners.handling.payloads import Reacted
from bot.listeners.handling.reading import MessageNotThere, read_message
from bot.running.bot import Bot
from bot.services.assessment.stepping import take_step
from bot.services.evidence.logging import Ground, ground_of, logged_from, prompt_at
from bot.services.recording import first_time
from bot.views.evidence.receipts import already_logged, kept_receipt, taken_back_receipt
from model.assessment.steps import WithdrawEvidence


async def log_reacted(bot: Bot, reacted: Reacted) -> None:
    """Log the message, or ask for which question. What cannot be evidence is passed over in silence."""
    found = await _message(bot, reacted)
    if found is None:
        return
    ground, written = found
    if not written.by_person or written.empty:
        return
    place = replace(reacted.place, thread_ts=written.thread_ts)
    logged, prompt_id = logged_from(ground.assessment, written), prompt_at(ground)
    if logged is None and prompt_id is not None:
        receipt = await log_message(bot, reacted.asked, ground.assessment, prompt_id, written, reacted=True)
        if receipt is not None:
            await bot.tell(place, receipt)
    elif await first_time(bot.database, reacted.asked):
        answer = (
            question_about(ground, written) if logged is None else already_logged(ground.assessment, *logged)
        )
        await bot.tell(place, answer)


async def take_back(bot: Bot, reacted: Reacted) -> None:
    """Withdraw what was logged, once nobody has such a reaction there any more."""
    found = await _message(bot, reacted)
    if found is None:
        return
    ground, written = found
    logged = logged_from(ground.assessment, written)
    if logged is None:
        return
    prompt_id, evidence = logged
    person, place = reacted.asked.person, replace(reacted.place, thread_ts=written.thread_ts)
    emoji = frozenset(name for name, meaning in bot.emoji.items() if meaning is Meaning.EVIDENCE)
    if written.marked_by_others(emoji, person):
        if person == evidence.offered_by and await first_time(bot.database, reacted.asked):
            await bot.tell(place, kept_receipt(ground.assessment, prompt_id))
        return
    step = WithdrawEvidence(evidence.id)
    if await take_step(bot.desk, reacted.asked, ground.assessment.id, step) is not None:
        bot.dispatcher.wake()
        await bot.tell(place, taken_back_receipt(ground.assessment, prompt_id))


async def _message(bot: Bot, reacted: Reacted) -> tuple[Ground, Written] | None:
    """The message, and what it stands on; None where one of the two is missing."""
    workspace_id, channel_id = reacted.asked.workspace_id, reacted.channel_id
    # Asked first, so that reactions in other channels cost no call to Slack.
    if await ground_of(bot.database, workspace_id, channel_id, None) is None:
        return None
    try:
        written = await read_message(bot, workspace_id, channel_id, reacted.ts)
    except MessageNotThere:
        return None
    ground = await ground_of(bot.database, workspace_id, channel_id, written.thread_ts)
    return None if ground is None else (ground, written)
