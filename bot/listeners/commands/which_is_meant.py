"""Which assessment a word is about: the one of the channel or thread, or the one that the words name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.listeners.commands.word import AboutOne, AfterTheEnd, Takes
from bot.listeners.handling.said import Said
from bot.running.bot import Bot
from bot.services.assessment.visible_to import latest_for, under_way_for
from bot.services.assessment.which_is_meant import assessments_here, named_among, one_of, other_name
from bot.services.messages.places import board_address
from bot.views.assessment.direct_messages import not_called, nothing_here, nothing_under_way, which_one
from bot.views.assessment.status import no_assessment
from bot.views.block_kit.blocks import Message
from model.assessment.assessment import Assessment

Found = tuple[list[Assessment], tuple[str, ...]]


async def found_for(bot: Bot, said: Said, word: AboutOne) -> Found:
    """The assessments that a word may be about, and the words after it besides what names one."""
    if said.direct:
        return await _found_by_words(bot, said, word)
    place = said.place
    found = await assessments_here(bot.database, place.workspace_id, place.channel_id or "", place.thread_ts)
    if len(found) > 1 or word.takes is Takes.TITLE:
        return _named(found, said)
    return found, said.more


async def _found_by_words(bot: Bot, said: Said, word: AboutOne) -> Found:
    if word.after_the_end is not AfterTheEnd.ALWAYS:
        found, more = _named(await _under_way(bot, said), said)
        if word.after_the_end is AfterTheEnd.NEVER or (found and not other_name(" ".join(more), found)):
            return found, more
    return _named(await _latest(bot, said), said)


async def one_by_words(bot: Bot, said: Said, word: AboutOne) -> Assessment | None:
    """The one assessment under way that is meant where no channel says which; None where it is not clear."""
    found = await _under_way(bot, said)
    if word.takes is Takes.TITLE:
        found, more = _named(found, said)
        found = [] if other_name(" ".join(more), found) else found
    return found[0] if len(found) == 1 else None


async def _under_way(bot: Bot, said: Said) -> list[Assessment]:
    return await under_way_for(bot.desk, said.place.workspace_id, said.place.person)


async def _latest(bot: Bot, said: Said) -> list[Assessment]:
    return await latest_for(bot.desk, said.place.workspace_id, said.place.person)


def _named(found: Sequence[Assessment], said: Said) -> Found:
    meant, rest = named_among(found, said.text)
    return meant, tuple(rest.split())


def nothing_found(bot: Bot, said: Said, word: AboutOne) -> str | Message:
    """What is said where there is no assessment for a word to be about."""
    if not said.direct:
        return no_assessment(bot.command, said.place.channel_id or "")
    only_under_way = word.after_the_end is AfterTheEnd.NEVER
    return nothing_under_way(bot.command) if only_under_way else nothing_here(bot.command)


async def names_another(bot: Bot, said: Said, word: AboutOne, found: Sequence[Assessment]) -> bool:
    """Whether the words after one name an assessment that is none of these; then that is said.

    In a channel, anything may be said after a word but the name of another assessment that the person sees.
    """
    name = other_name(said.text, found) if word.takes is Takes.TITLE and found else ""
    if not name:
        return False
    if not said.direct:
        meant = {each.id for each in found}
        if not one_of([each for each in await _latest(bot, said) if each.id not in meant], name):
            return False
    await bot.tell(said.place, not_called(said.word, name, await _with_boards(bot, said, found)))
    return True


async def ask_which(bot: Bot, said: Said, found: Sequence[Assessment]) -> None:
    """Ask which of several assessments a word is about."""
    await bot.tell(said.place, which_one(said.word, await _with_boards(bot, said, found)))


async def _with_boards(
    bot: Bot, said: Said, found: Sequence[Assessment]
) -> list[tuple[Assessment, str | None]]:
    workspace_id = said.place.workspace_id
    return [(each, await board_address(bot.database, workspace_id, each.id)) for each in found]
