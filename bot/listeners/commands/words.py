"""What the words of the slash command, a mention or a direct message do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from difflib import get_close_matches

from bot.conversation.where_to_answer import Place
from bot.listeners.commands.exporting import tell_export
from bot.listeners.commands.what_if import tell_what_if
from bot.listeners.library.guide import GUIDE_WORDS
from bot.listeners.plan.words import has_plans, tell_plan, tell_plans_everywhere
from bot.listeners.proposals.forms import offer_propose
from bot.listeners.settings.settings import offer_settings
from bot.listeners.suggestions.cards import tell_suggestions
from bot.running.bot import Bot
from bot.services.asking import Asked
from bot.services.assessment.last_time import find_last_time
from bot.services.assessment.stepping import take_step
from bot.services.assessment.visible_to import latest_for
from bot.services.assessment.which_is_meant import (
    assessments_here,
    named_among,
    one_of,
    other_name,
    theirs_among,
)
from bot.services.messages.of_reviews import as_it_stands
from bot.services.messages.places import board_address
from bot.views.assessment.direct_messages import not_called, which_one
from bot.views.assessment.receipts import paused_receipt, resumed_receipt
from bot.views.assessment.status import COMMAND_WORDS, help_message, no_assessment, status, unknown_word
from bot.views.offers import OFFERED, offer
from bot.views.questions.receipts import joined_receipt, left_receipt
from bot.views.results.results import scores
from model.assessment.assessment import Assessment
from model.assessment.steps import Join, Leave, Pause, Resume, Step

# What only tells something is told of both teams where both are in one channel.
_ABOUT_BOTH = frozenset({"status", "scores"})
# Words that stand alone or with the title of an assessment, and take nothing else.
_TITLE_ONLY = frozenset({"status", "scores", "export", "pause", "resume", "join", "leave", *OFFERED})
# What is said after a step, from the state it left and the slash command.
_Receipt = Callable[[Assessment, str], str]
_STEPS: dict[str, tuple[Step, _Receipt]] = {
    "pause": (Pause(), lambda after, command: paused_receipt(after)),
    "resume": (Resume(), lambda after, command: resumed_receipt(after)),
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
    if len(found) > 1 or word in _TITLE_ONLY:
        found, rest = named_among(found, " ".join(more))
        more = tuple(rest.split())
    if await _names_another_here(bot, place, word, found, more):
        return
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
    await bot.tell(place, which_one(word, await _with_boards(bot, place, found)))


async def _names_another_here(
    bot: Bot, place: Place, word: str, found: Sequence[Assessment], more: Sequence[str]
) -> bool:
    """The same in a channel, where anything may be said after a word but the name of another assessment."""
    name = _another(word, found, more)
    if not name:
        return False
    seen = await latest_for(bot.database, place.workspace_id, place.person, bot.members)
    meant = {each.id for each in found}
    if not one_of([each for each in seen if each.id not in meant], name):
        return False
    return await names_another(bot, place, word, found, more)


def _another(word: str, found: Sequence[Assessment], more: Sequence[str]) -> str:
    return other_name(" ".join(more), found) if word in _TITLE_ONLY and found else ""


async def names_another(
    bot: Bot, place: Place, word: str, found: Sequence[Assessment], more: Sequence[str]
) -> bool:
    """Whether the words after one name an assessment that is none of these; then that is said."""
    name = _another(word, found, more)
    if name:
        await bot.tell(place, not_called(word, name, await _with_boards(bot, place, found)))
    return bool(name)


async def _with_boards(
    bot: Bot, place: Place, found: Sequence[Assessment]
) -> list[tuple[Assessment, str | None]]:
    return [(each, await board_address(bot.database, place.workspace_id, each.id)) for each in found]


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
