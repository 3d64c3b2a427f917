"""What there is to say about a word of the slash command; the words themselves are in `table`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.said import Said
from bot.running.bot import Bot
from bot.views.block_kit.blocks import View
from model.assessment.assessment import Assessment

Answer = Callable[[Bot, Said], Awaitable[None]]
AnswerAboutOne = Callable[[Bot, Said, Assessment], Awaitable[None]]


class Takes(Enum):
    """What may follow a word.

    After one that takes only a title, the name of another assessment than could be meant stops it: it would
    be done to another than the person believes.
    """

    NOTHING = auto()
    TITLE = auto()
    """The title of an assessment, or a part of it."""
    LEVELS = auto()
    """Dimensions and levels; in front of them a title, where several assessments could be meant."""
    TEXT = auto()
    """Words that its answer reads; a title in front as for levels."""


class AfterTheEnd(Enum):
    """Whether a word may be about an assessment that is over, where no channel says which one is meant.

    In a channel it is the latest there, and what can no longer be done is refused by the rules.
    """

    NEVER = auto()
    OTHERWISE = auto()
    """Where the words mean none that is under way."""
    ALWAYS = auto()


@dataclass(frozen=True, kw_only=True)
class _Word:
    """What every word has.

    Attributes:
        help: What it does, for the list that `help` gives.
        changes: Whether it changes something by itself, so that the tests ask for a rule who may say it.
    """

    name: str
    help: str
    takes: Takes = Takes.NOTHING
    changes: bool = False


@dataclass(frozen=True, kw_only=True)
class ForEverywhere(_Word):
    """A word that is about no assessment.

    Attributes:
        form: Opens a form with a trigger; without one the answer is given, which may be a button.
    """

    answer: Answer
    form: Callable[[Bot, Place, str], Awaitable[None]] | None = None


@dataclass(frozen=True)
class FormAboutOne:
    """How a word about an assessment opens a form.

    Attributes:
        here: Opens it in a channel, about the assessment there.
        about: The form about an assessment that the words of a direct message mean.
    """

    here: Answer
    about: Callable[[Bot, Said, Assessment], Awaitable[View]]


@dataclass(frozen=True, kw_only=True)
class AboutOne(_Word):
    """A word about an assessment.

    Attributes:
        both_teams: Whether it tells of both teams where both are in one channel, instead of asking which.
        form: Opens with a trigger; without one the answer is given, which is a button then.
        everywhere: What it does in a direct message, and in a channel without an assessment, in place of its
            answer about one; it returns whether it had anything to say.
    """

    answer: AnswerAboutOne
    takes: Takes = Takes.TITLE
    after_the_end: AfterTheEnd = AfterTheEnd.NEVER
    both_teams: bool = False
    form: FormAboutOne | None = None
    everywhere: Callable[[Bot, Said], Awaitable[bool]] | None = None


Word = ForEverywhere | AboutOne
