"""The words in which two teams are compared: answers, differences, and the three overall levels."""

from __future__ import annotations

from collections.abc import Callable

from bot.views.wording.levels import answer_name, level_name
from bot.views.wording.teams import capital, team_names
from bot.views.wording.text import count, escape, join_names
from model.calculation.calculator import Answer, Overall
from model.framework.framework import Framework
from model.second_team.comparison import ComparedDimension, Comparison, difference
from model.second_team.pair import Pair


def answer_words(framework: Framework, answer: Answer) -> str:
    """A level by number and name, "not applicable" or "no level yet"; escaped."""
    return escape(answer_name(framework, answer))


def difference_words(first: Answer, second: Answer, second_name: str) -> str:
    """How far apart two answers are. `second_name` is escaped."""
    levels = difference(first, second)
    if levels is None:
        return "both say the same" if first == second else "one of them has no level"
    if levels == 0:
        return "the same level"
    return f"{second_name} is {count(abs(levels), 'level')} {'higher' if levels > 0 else 'lower'}"


def overall_lines(pair: Pair, comparison: Comparison) -> list[str]:
    """The overall level of each team and of the moderated levels, with the weakest dimensions of each."""
    first, second = team_names(pair)
    sides = ((capital(first), comparison.first), (capital(second), comparison.second))
    lines = [f"{name}: {_overall(pair.first.framework, overall)}" for name, overall in sides]
    return [*lines, f"Moderated: {_overall(pair.first.framework, comparison.moderated)}"]


def _overall(framework: Framework, overall: Overall | None) -> str:
    if overall is None:
        return "no level yet."
    score = overall.score
    done = score.answered + score.not_applicable
    unsure = f", provisional: {done} of {count(score.total, 'dimension')}" if score.provisional else ""
    weakest = join_names([escape(framework.dimension(each).name) for each in overall.weakest])
    level = escape(level_name(framework, score.level))
    return f"*{level}* overall (score {score.shown}){unsure}. Weakest: {weakest}."


def dimension_line(pair: Pair, compared: ComparedDimension, who: Callable[[str], str]) -> str:
    """One dimension: the level of each team, the difference, and the moderated level, without its reason.

    `who` names a person, escaped.
    """
    framework = pair.first.framework
    first, second = team_names(pair)
    parts = [
        f"{first} {answer_words(framework, compared.first)}",
        f"{second} {answer_words(framework, compared.second)}",
        difference_words(compared.first, compared.second, second),
    ]
    if compared.moderation is not None:
        level = escape(level_name(framework, compared.moderation.level))
        parts.append(f"moderated {level} by {who(compared.moderation.by)}")
    elif not compared.final:
        parts.append("not confirmed by both")
    return ", ".join(parts)


def how_it_is_read(pair: Pair) -> str:
    """What the moderated overall level is made of, and the note of the method."""
    note = escape(pair.first.framework.method.note)
    return (
        "The moderated overall level counts what both teams agreed on and, where nothing was recorded, the "
        f"levels that are the same. {note}"
    )
