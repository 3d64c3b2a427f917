"""Words written to Milepost alone, where nobody need know a command or a button."""

from __future__ import annotations

from bot.bot import Bot
from bot.listeners.commands import answer_about, answer_word
from bot.listeners.guide import GUIDE_WORDS
from bot.listeners.payloads import Heard
from bot.listeners.plan_words import tell_own_items
from bot.place import Place
from bot.services.assessing import Asked, board_address
from bot.services.mine import latest_for, under_way_for
from bot.views.direct import nothing_here, nothing_under_way, start_here, which_one
from bot.views.status import COMMAND_WORDS
from model.assessment import Assessment

# Words that are about no assessment.
_FOR_EVERYWHERE = frozenset({"help", "settings", *GUIDE_WORDS})


async def hear_direct(bot: Bot, heard: Heard) -> None:
    """Answer a person; what bots write, edits and deletions are left alone."""
    if not heard.asked.person or heard.subtype:
        return
    words = tuple(heard.text.split())
    word = words[0].lower().strip(".,!?/") if words else ""
    await _answer(bot, heard.asked, heard.place, word, words[1:])


async def _answer(bot: Bot, asked: Asked, place: Place, word: str, more: tuple[str, ...]) -> None:
    if word == "start":
        await bot.tell(place, start_here())
    elif word == "plan":
        await tell_own_items(bot, place)
    elif word not in COMMAND_WORDS or word in _FOR_EVERYWHERE:
        await answer_word(bot, asked, place, word or "help", more)
    else:
        await _about_one(bot, asked, place, word, more)


async def _about_one(bot: Bot, asked: Asked, place: Place, word: str, more: tuple[str, ...]) -> None:
    # What is over can still be deleted, and nothing else.
    over_too = word == "delete"
    candidates = latest_for if over_too else under_way_for
    found = await candidates(bot.database, place.workspace_id, place.person, bot.members)
    meant, rest = _meant(found, " ".join(more))
    if not meant:
        await bot.tell(place, nothing_here(bot.command) if over_too else nothing_under_way(bot.command))
    elif len(meant) > 1:
        addresses = [await board_address(bot.database, place.workspace_id, each.id) for each in meant]
        await bot.tell(place, which_one(word, list(zip(meant, addresses, strict=True))))
    else:
        await answer_about(bot, asked, place, meant[0], word, tuple(rest.split()))


def _meant(found: list[Assessment], words: str) -> tuple[list[Assessment], str]:
    """The assessments that words name by a part of the title, and what the words say besides."""
    said = " ".join(words.split()).casefold()
    titles = [" ".join(each.title.split()).casefold() for each in found]
    by_part = [each for each, title in zip(found, titles, strict=True) if said and said in title]
    if by_part:
        return by_part, ""
    for each, title in zip(found, titles, strict=True):
        if title in said:
            return [each], said.replace(title, " ", 1)
    return found, words
