"""Every word of the slash command. A new one is an entry here and the function that answers it.

Each is understood after the command, in a mention and in a direct message. The list that `help` gives and the
guess at a mistyped word are made from this table. Tests hold the hint in `bot/manifest.json` to it, and the
rules of who may say what; a word that does not say that it changes something must change nothing.
"""

from __future__ import annotations

from difflib import get_close_matches

from bot.listeners.assessment.starting import offer_start, open_start_form
from bot.listeners.commands.answers import offering, taking, tell_scores, tell_status
from bot.listeners.commands.exporting import tell_export
from bot.listeners.commands.what_if import tell_what_if
from bot.listeners.commands.word import AboutOne, AfterTheEnd, ForEverywhere, FormAboutOne, Takes, Word
from bot.listeners.handling.said import Said
from bot.listeners.library.guide import tell_library, tell_model, tell_why
from bot.listeners.plan.targets import open_targets, targets_form
from bot.listeners.plan.words import tell_plan, tell_plans_everywhere
from bot.listeners.proposals.forms import offer_propose, open_propose_form, propose_form
from bot.listeners.settings.settings import offer_settings, open_settings
from bot.listeners.suggestions.cards import tell_suggestions
from bot.running.bot import Bot
from bot.views.assessment.receipts import paused_receipt, resumed_receipt
from bot.views.assessment.status import help_message
from bot.views.offers import CANCEL, CLOSING_DATE, DELETE, TARGETS
from bot.views.questions.receipts import joined_receipt, left_receipt
from model.assessment.steps import Join, Leave, Pause, Resume


async def _tell_help(bot: Bot, said: Said) -> None:
    await bot.tell(said.place, help_message(bot.command, {each.name: each.help for each in WORDS.values()}))


_TABLE: tuple[Word, ...] = (
    ForEverywhere(
        name="start",
        help="begin an assessment in this channel",
        answer=offer_start,
        form=open_start_form,
    ),
    AboutOne(
        name="status",
        help="where the assessment is, and what is missing",
        answer=tell_status,
        after_the_end=AfterTheEnd.OTHERWISE,
        both_teams=True,
    ),
    AboutOne(
        name="scores",
        help="the levels so far",
        answer=tell_scores,
        after_the_end=AfterTheEnd.OTHERWISE,
        both_teams=True,
    ),
    AboutOne(
        name="whatif",
        help="what would change the overall level; add a dimension and a level, such as data 4",
        takes=Takes.LEVELS,
        answer=tell_what_if,
    ),
    AboutOne(
        name="targets",
        help="the levels you want to reach, with reasons and dates (facilitators)",
        answer=offering(TARGETS),
        form=FormAboutOne(open_targets, targets_form),
    ),
    AboutOne(
        name="suggest",
        help="actions for the gaps to your targets, three at a time",
        takes=Takes.TEXT,
        answer=tell_suggestions,
    ),
    AboutOne(
        name="plan",
        help="what you do to get there; add mine, overdue, a dimension or export",
        takes=Takes.TEXT,
        answer=tell_plan,
        everywhere=tell_plans_everywhere,
    ),
    ForEverywhere(
        name="model",
        help="what the model is, and how levels are worked out",
        answer=tell_model,
    ),
    ForEverywhere(
        name="why",
        help="why it matters; add a dimension for more",
        takes=Takes.TEXT,
        answer=tell_why,
    ),
    ForEverywhere(
        name="library",
        help="actions to choose from; add words to search",
        takes=Takes.TEXT,
        answer=tell_library,
    ),
    AboutOne(
        name="propose",
        help="say what should be done, for colleagues to support",
        takes=Takes.TEXT,
        answer=offer_propose,
        form=FormAboutOne(open_propose_form, propose_form),
    ),
    AboutOne(
        name="join",
        help="take part as an assessor",
        changes=True,
        answer=taking(Join(), lambda after, command: joined_receipt(after)),
    ),
    AboutOne(
        name="leave",
        help="take part no longer; your votes stay",
        changes=True,
        answer=taking(Leave(), left_receipt),
    ),
    AboutOne(
        name="pause",
        help="stop for now (facilitators)",
        changes=True,
        answer=taking(Pause(), lambda after, command: paused_receipt(after)),
    ),
    AboutOne(
        name="resume",
        help="carry on after a pause (facilitators)",
        changes=True,
        answer=taking(Resume(), lambda after, command: resumed_receipt(after)),
    ),
    AboutOne(
        name="cancel",
        help="end it without results (facilitators)",
        answer=offering(CANCEL),
    ),
    AboutOne(
        name="closing",
        help="set or change the closing date (facilitators)",
        answer=offering(CLOSING_DATE),
    ),
    AboutOne(
        name="delete",
        help="delete it with all that is recorded of it (facilitators)",
        answer=offering(DELETE),
        after_the_end=AfterTheEnd.ALWAYS,
    ),
    AboutOne(
        name="export",
        help="everything that is kept of it, as a file (facilitators)",
        answer=tell_export,
        after_the_end=AfterTheEnd.OTHERWISE,
    ),
    ForEverywhere(
        name="settings",
        help="your days away and nudges; for facilitators, the council's days",
        answer=offer_settings,
        form=open_settings,
    ),
    ForEverywhere(
        name="help",
        help="this list",
        answer=_tell_help,
    ),
)
WORDS: dict[str, Word] = {each.name: each for each in _TABLE}


def nearest_word(typed: str) -> str | None:
    """The word that somebody most likely meant who typed one that is none; None where it is like none."""
    return next(iter(get_close_matches(typed, WORDS, n=1, cutoff=0.5)), None)
