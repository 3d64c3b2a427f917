"""Revealed votes in words and bars."""

from __future__ import annotations

from bot.views.wording.levels import level_name
from bot.views.wording.people import Names
from bot.views.wording.text import count, escape, join_names
from model.assessment.assessment import Assessment, PromptProgress, Vote

# Whoever is so many levels from the median is marked, since there is something to talk about.
_FAR = 2
_LONGEST_BAR = 20


def vote_lines(
    assessment: Assessment, progress: PromptProgress, names: Names, *, bars: bool = True
) -> list[str]:
    """Counts and names per level, the spread, who is far from the median, and who has not voted.

    The bars are for the eye; a screen reader would read them block by block.
    """
    lines = [_level_line(assessment, progress, number, names, bars) for number in range(1, 6)]
    lines.append(_spread(assessment, progress))
    abstained = [names.of(vote.person) for vote in progress.votes if vote.level is None]
    if abstained:
        lines.append(f"Not for them: {join_names(abstained)}.")
    missing = [names.of(person) for person in assessment.waiting_for(progress.prompt_id)]
    if missing:
        lines.append(f"Did not vote: {join_names(missing)}.")
    return lines


def vote_counts(assessment: Assessment, progress: PromptProgress, names: Names) -> list[str]:
    """How many votes each level had, whose they are, and who had none, in a few words."""
    levels = sorted(set(progress.levels))
    each = [_counted(progress, level, names) for level in levels]
    parts = [f"votes: {', '.join(each)}" if each else "no votes"]
    abstained = [names.of(vote.person) for vote in progress.votes if vote.level is None]
    if abstained:
        parts.append(f"not for them: {join_names(abstained)}")
    missing = [names.of(person) for person in assessment.did_not_vote(progress.prompt_id)]
    if missing:
        parts.append(f"did not vote: {join_names(missing)}")
    return parts


def _counted(progress: PromptProgress, level: int, names: Names) -> str:
    who = [names.of(vote.person) for vote in progress.votes if vote.level == level]
    return f"{len(who)} for level {level} ({join_names(who)})"


def _level_line(
    assessment: Assessment, progress: PromptProgress, number: int, names: Names, bars: bool
) -> str:
    votes = [vote for vote in progress.votes if vote.level == number]
    label = f"*{escape(level_name(assessment.framework, number))}*"
    if not votes:
        return f"{label}: 0 votes"
    who = join_names([_voter(vote, names) for vote in votes])
    bar = "█" * min(len(votes), _LONGEST_BAR) + " " if bars else ""
    return f"{label}: {bar}{count(len(votes), 'vote')}: {who}{_far(progress.median, number)}"


def _voter(vote: Vote, names: Names) -> str:
    changed = " (voted after the reveal)" if vote.after_reveal else ""
    return f"{names.of(vote.person)}{changed}"


def _far(median: int | None, number: int) -> str:
    if median is None or abs(number - median) < _FAR:
        return ""
    return f" – {abs(number - median)} levels {'above' if number > median else 'below'} the median"


def _spread(assessment: Assessment, progress: PromptProgress) -> str:
    if progress.median is None:
        return "No vote has a level."
    median = escape(level_name(assessment.framework, progress.median))
    lowest, highest = progress.levels[0], progress.levels[-1]
    spread = "all the same" if lowest == highest else f"from {lowest} to {highest}"
    if len(progress.levels) == 1:
        spread = "none, with one vote"
    return f"Spread: {spread}. Median: {median}."
