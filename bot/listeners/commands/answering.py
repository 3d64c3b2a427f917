"""One path for a word, from wherever it was said to its answer or its form."""

from __future__ import annotations

from dataclasses import replace

from bot.listeners.commands.table import WORDS, nearest_word
from bot.listeners.commands.which_is_meant import (
    ask_which,
    found_for,
    names_another,
    nothing_found,
    one_by_words,
)
from bot.listeners.commands.word import AboutOne, ForEverywhere, FormAboutOne, Word
from bot.listeners.handling.said import Said
from bot.log import log_context, logger
from bot.running.bot import Bot
from bot.services.assessment.which_is_meant import theirs_among
from bot.views.assessment.status import unknown_word
from bot.views.block_kit.blocks import View
from bot.views.block_kit.modals import notice_modal

_log = logger(__name__)
_ANSWERED = "It is not clear which assessment is meant. The answer in the conversation says what to do."


async def answer(bot: Bot, said: Said) -> None:
    """Do what a word says, with the words after it: open its form where one can, else answer."""
    word = WORDS.get(said.word)
    if word is None:
        await bot.tell(said.place, unknown_word(bot.command, said.word, nearest_word(said.word)))
        return
    # Only a word of the table: anything else is what somebody wrote.
    with log_context(word=word.name):
        _log.debug("word_understood")
        await _answer_with(bot, said, word)


async def _answer_with(bot: Bot, said: Said, word: Word) -> None:
    if isinstance(word, ForEverywhere):
        if word.form is not None and said.trigger_id:
            await word.form(bot, said.place, said.trigger_id)
        else:
            await word.answer(bot, said)
    elif word.form is not None and said.trigger_id:
        await _open(bot, said, word, word.form)
    else:
        await _answer_about_one(bot, said, word)


async def _open(bot: Bot, said: Said, word: AboutOne, form: FormAboutOne) -> None:
    """Open the form about an assessment; where none is clearly meant, say so in it and answer beside it.

    In a direct message it opens before anything is looked up: Slack is asked who is in which channel, and
    allows three seconds.
    """
    if not said.direct:
        await form.here(bot, said)
        return

    async def build() -> View:
        assessment = await one_by_words(bot, said, word)
        if assessment is None:
            await _answer_about_one(bot, said, word)
            return notice_modal(_ANSWERED)
        return await form.about(bot, said, assessment)

    await bot.open_form(said.place.workspace_id, said.trigger_id, build)


async def _answer_about_one(bot: Bot, said: Said, word: AboutOne) -> None:
    """Answer about the assessment that is meant, or of two teams in one channel about both."""
    if said.direct and word.everywhere is not None:
        await word.everywhere(bot, said)
        return
    found, more = await found_for(bot, said, word)
    said = replace(said, more=more)
    if await names_another(bot, said, word, found):
        return
    both = word.both_teams and not said.direct
    if len(found) > 1 and not both and not said.direct:
        found = theirs_among(found, said.place.person)
    if not found:
        if word.everywhere is None or not await word.everywhere(bot, said):
            await bot.tell(said.place, nothing_found(bot, said, word))
    elif len(found) == 1 or both:
        for assessment in found:
            await word.answer(bot, said, assessment)
    else:
        await ask_which(bot, said, found)
