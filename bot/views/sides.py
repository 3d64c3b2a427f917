"""How the two sides of a pair are named, and what a card says of the other one."""

from __future__ import annotations

from bot.views.text import escape
from model.assessment import Assessment, OtherSide, PromptProgress, PromptState
from model.pair import Pair

FIRST_TEAM = "first team"


def team_names(pair: Pair) -> tuple[str, str]:
    """The names of the first and of the second team, to stand inside a sentence; escaped."""
    second = pair.second.second_team
    return FIRST_TEAM, escape("" if second is None else second.team)


def capital(name: str) -> str:
    """A team's name at the beginning of a sentence."""
    return name[:1].upper() + name[1:]


def own_team(assessment: Assessment) -> str:
    """The name of the team whose assessment it is, before what is its; empty where nobody could mix them up.

    The first team is named only while votes of both wait for one another, so where both are in one channel.
    """
    if assessment.second_team is not None:
        return escape(assessment.second_team.team)
    linked = assessment.other is not None and assessment.other.linked
    return capital(FIRST_TEAM) if linked else ""


def other_team(other: OtherSide) -> str:
    """The name of the other team inside a sentence; escaped."""
    return escape(other.team) if other.team else f"the {FIRST_TEAM}"


def how_both_reveal(assessment: Assessment, leaders: str) -> str:
    """When the votes on a card are shown. `leaders` are names, escaped."""
    other = assessment.other
    if other is None or not other.linked:
        return f"The votes are revealed when everyone has voted, or by {leaders}."
    return (
        f"The votes are revealed together with those of {other_team(other)}, when both teams have voted. "
        f"{leaders} can say that your team is ready before everyone has voted."
    )


def other_side_line(assessment: Assessment, progress: PromptProgress) -> list[str]:
    """Who is ready, where the votes on a card wait for those of another team; nothing elsewhere."""
    other = assessment.other
    if other is None or not other.linked or progress.state is not PromptState.ASKED:
        return []
    name = other_team(other)
    if not assessment.held_back(progress.prompt_id):
        return [f"*{capital(name)}* is ready to reveal its votes."]
    pause = ", whose assessment is paused" if other.paused else ""
    if progress.ready_at is not None:
        return [f"*Your team is ready.* The votes wait for {name}{pause}."]
    return [f"{capital(name)} is not ready either{pause}."]
