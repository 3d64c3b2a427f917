"""How the two sides of a pair are named, and what a card says of the other one."""

from __future__ import annotations

from bot.views.wording.days import day_words
from bot.views.wording.text import escape
from model.assessment.assessment import Assessment, OtherSide, PromptProgress, PromptState
from model.second_team.pair import Pair

FIRST_TEAM = "first team"


def team_names(pair: Pair) -> tuple[str, str]:
    """The names of the first and of the second team, to stand inside a sentence; escaped."""
    second = pair.second.second_team
    return FIRST_TEAM, escape("" if second is None else second.team)


def capital(name: str) -> str:
    """A name at the beginning of a sentence."""
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


def shown_elsewhere(assessment: Assessment) -> str:
    """In which other channel both teams' levels and evidence are shown at the end; empty where in none.

    The second team is told the channel by name. The first is not, since its own may be open to more people.
    """
    other = assessment.other
    if other is None or other.channel_id == assessment.channel_id:
        return ""
    if assessment.second_team is None:
        return f"the channel of {other_team(other)}"
    return f"<#{other.channel_id}>"


def who_reads_evidence(assessment: Assessment) -> list[str]:
    """That the other team of a pair reads evidence in its own channel; nothing where there is none."""
    elsewhere = shown_elsewhere(assessment)
    if not elsewhere:
        return []
    return [f"Once both teams have agreed a question, its evidence is shown in {elsewhere} as well."]


def how_both_reveal(assessment: Assessment, progress: PromptProgress, leaders: str) -> str:
    """When the votes on a card are shown. `leaders` are names, escaped."""
    other = assessment.other
    closing = _closing_day(assessment, progress)
    if other is None or not other.linked:
        by_date = f" Votes given by the end of {closing} are revealed then." if closing else ""
        all_in = assessment.all_have_voted(progress.prompt_id)
        when = "" if all_in else "when everyone who has joined has voted, or "
        return f"The votes are revealed {when}by {leaders}.{by_date}"
    by_date = f" If it has votes at the end of {closing} it is ready then." if closing else ""
    return (
        f"The votes are revealed together with those of {other_team(other)}, when both teams have voted. "
        f"{capital(leaders)} can say that your team is ready before everyone has voted.{by_date}"
    )


def _closing_day(assessment: Assessment, progress: PromptProgress) -> str:
    """The closing date as a card names it; empty where the question was asked after it."""
    day, asked_at = assessment.closing_date, progress.asked_at
    if day is None or (asked_at is not None and asked_at.date() > day):
        return ""
    return f"{day_words(day)}, the closing date,"


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
