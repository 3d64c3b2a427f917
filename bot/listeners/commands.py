"""What the words of the slash command, a mention or a direct message do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from difflib import get_close_matches

from bot.bot import Bot
from bot.listeners.exporting import tell_export
from bot.listeners.guide import GUIDE_WORDS
from bot.listeners.plan_words import has_plans, tell_plan, tell_plans_everywhere
from bot.listeners.proposing import offer_propose
from bot.listeners.settings import offer_settings
from bot.listeners.suggesting import tell_suggestions
from bot.listeners.what_if import tell_what_if
from bot.place import Place
from bot.services.assessing import Asked, board_address, take_step
from bot.services.last_time import find_last_time
from bot.services.meant import assessments_here, named_among, theirs_among
from bot.services.review_projection import as_it_stands
from bot.views.direct import which_one
from bot.views.offers import OFFERED, offer
from bot.views.receipts import paused_receipt, resumed_receipt
from bot.views.results import scores
from bot.views.status import COMMAND_WORDS, help_message, no_assessment, status, unknown_word
from bot.views.vote_receipts import joined_receipt, left_receipt
from model.assessment import Assessment
from model.steps import Join, Leave, Pause, Resume, Step

# What only tells something is told of both teams where both are in one channel.
_ABOUT_BOTH = frozenset({"status", "scores"})
# What is said after a step, from the state it left and the slash command.
_Receipt = Callable[[Assessment, str], str]
_STEPS: dict[str, tuple[Step, _Receipt]] = {
    "pause": (Pause(), lambda after, command: paused_receipt()),
    "resume": (Resume(), lambda after, command: resumed_receipt()),
    "join": (Join(), lambda after, command: joined_receipt(after)),
    "leave": (Leave(), left_receipt),
}


async def answer_word(bot: Bot, asked: Asked, place: Place, word: str, more: tuple[str, ...]) -> None:
    """Do what a word says, with the words after it, and answer privately."""
    if word == "help":
        await bot.tell(place, help_message(bot.command))
        return
    if word == "settings":
        await offer_settings(bot, place)
        return
    if word in GUIDE_WORDS:
        await GUIDE_WORDS[word](bot, place, more)
        return
    if word not in COMMAND_WORDS:
        nearest = next(iter(get_close_matches(word, COMMAND_WORDS, n=1, cutoff=0.5)), None)
        await bot.tell(place, unknown_word(bot.command, word, nearest))
        return
    await _answer_here(bot, asked, place, word, more)


async def _answer_here(bot: Bot, asked: Asked, place: Place, word: str, more: tuple[str, ...]) -> None:
    """Answer about the assessment of this channel or thread; where two teams are, about the one meant."""
    channel_id = place.channel_id or ""
    found = await assessments_here(bot.database, place.workspace_id, channel_id, place.thread_ts)
    if len(found) > 1:
        found, rest = named_among(found, " ".join(more))
        more = tuple(rest.split())
    if len(found) > 1 and word not in _ABOUT_BOTH:
        found = theirs_among(found, place.person)
    if not found and word == "plan" and await has_plans(bot, place):
        await tell_plans_everywhere(bot, asked, place, more)
    elif not found:
        await bot.tell(place, no_assessment(bot.command, channel_id))
    elif len(found) == 1 or word in _ABOUT_BOTH:
        for assessment in found:
            await answer_about(bot, asked, place, assessment, word, more)
    else:
        await ask_which(bot, place, word, found)


async def ask_which(bot: Bot, place: Place, word: str, found: Sequence[Assessment]) -> None:
    """Ask which of several assessments a word is about."""
    addresses = [await board_address(bot.database, place.workspace_id, each.id) for each in found]
    await bot.tell(place, which_one(word, list(zip(found, addresses, strict=True))))


async def answer_about(
    bot: Bot, asked: Asked, place: Place, assessment: Assessment, word: str, more: tuple[str, ...]
) -> None:
    """Do what a word says about one assessment, with the words after it, and answer privately."""
    if word in _ABOUT:
        await _ABOUT[word](bot, asked, place, assessment, more)
    elif word in OFFERED:
        await bot.tell(place, offer(assessment, word))
    else:
        await _step(bot, asked, place, assessment.id, *_STEPS[word])


async def _tell_status(
    bot: Bot, asked: Asked, place: Place, assessment: Assessment, words: tuple[str, ...]
) -> None:
    address = await board_address(bot.database, place.workspace_id, assessment.id)
    now = await as_it_stands(bot.database, place.workspace_id, assessment)
    await bot.tell(place, status(now, board_address=address))


async def _tell_scores(
    bot: Bot, asked: Asked, place: Place, assessment: Assessment, words: tuple[str, ...]
) -> None:
    last = await find_last_time(bot.database, place.workspace_id, assessment)
    now = await as_it_stands(bot.database, place.workspace_id, assessment)
    await bot.tell(place, scores(now, last))


_ABOUT: dict[str, Callable[[Bot, Asked, Place, Assessment, tuple[str, ...]], Awaitable[None]]] = {
    "status": _tell_status,
    "scores": _tell_scores,
    "whatif": tell_what_if,
    "plan": tell_plan,
    "export": tell_export,
    "suggest": tell_suggestions,
    "propose": offer_propose,
}


async def _step(
    bot: Bot, asked: Asked, place: Place, assessment_id: str, step: Step, receipt: _Receipt
) -> None:
    taken = await take_step(bot.database, asked, assessment_id, step, bot.members)
    if taken is not None:
        bot.dispatcher.wake()
        await bot.tell(place, receipt(taken.after, bot.command))
