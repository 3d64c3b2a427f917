"""Words written to Milepost alone, where nobody need know a command or a button."""

from __future__ import annotations

from bot.conversation.where_to_answer import Place
from bot.listeners.commands.words import answer_about, answer_word, ask_which, names_another
from bot.listeners.handling.payloads import Heard
from bot.listeners.library.guide import GUIDE_WORDS
from bot.listeners.plan.words import tell_plans_everywhere
from bot.running.bot import Bot
from bot.services.asking import Asked
from bot.services.assessment.visible_to import latest_for, under_way_for
from bot.services.assessment.which_is_meant import named_among, other_name
from bot.views.assessment.direct_messages import nothing_here, nothing_under_way, start_here
from bot.views.assessment.status import COMMAND_WORDS
from model.assessment.assessment import Assessment

# Words that are about no assessment.
_FOR_EVERYWHERE = frozenset({"help", "settings", *GUIDE_WORDS})

# What may be about an assessment that is over as well, and what may where none that is under way is meant.
_OVER_TOO = frozenset({"delete"})
_OVER_OTHERWISE = frozenset({"status", "scores", "export"})


async def hear_direct(bot: Bot, heard: Heard) -> None:
    """Answer a person; what bots write, edits and deletions are left alone."""
    if not heard.asked.person or heard.subtype:
        return
    words = tuple(heard.text.split())
    word = words[0].lower().strip(".,!?/") if words else ""
    await answer_directly(bot, heard.asked, heard.place, word, words[1:])


async def answer_directly(bot: Bot, asked: Asked, place: Place, word: str, more: tuple[str, ...]) -> None:
    """Do what a word says, with the words after it, where no channel says which assessment is meant."""
    if word == "start":
        await bot.tell(place, start_here())
    elif word == "plan":
        await tell_plans_everywhere(bot, asked, place, more)
    elif word not in COMMAND_WORDS or word in _FOR_EVERYWHERE:
        await answer_word(bot, asked, place, word or "help", more)
    else:
        await _about_one(bot, asked, place, word, more)


async def _about_one(bot: Bot, asked: Asked, place: Place, word: str, more: tuple[str, ...]) -> None:
    meant, rest = await _meant(bot, place, more, over_too=word in _OVER_TOO)
    if word in _OVER_OTHERWISE and (not meant or other_name(rest, meant)):
        meant, rest = await _meant(bot, place, more, over_too=True)
    if not meant:
        over = word in _OVER_TOO | _OVER_OTHERWISE
        await bot.tell(place, nothing_here(bot.command) if over else nothing_under_way(bot.command))
    elif await names_another(bot, place, word, meant, rest.split()):
        return
    elif len(meant) > 1:
        await ask_which(bot, place, word, meant)
    else:
        await answer_about(bot, asked, place, meant[0], word, tuple(rest.split()))


async def _meant(
    bot: Bot, place: Place, more: tuple[str, ...], *, over_too: bool
) -> tuple[list[Assessment], str]:
    candidates = latest_for if over_too else under_way_for
    found = await candidates(bot.database, place.workspace_id, place.person, bot.members)
    return named_among(found, " ".join(more))
