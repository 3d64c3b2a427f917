"""The parts that the prompt cards of both modes share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.views.wording.teams import own_team
from bot.views.wording.text import count, escape
from model.assessment.assessment import Assessment, PromptProgress, PromptState


def place_of(assessment: Assessment, prompt_id: str) -> str:
    """Which question of which dimension it is, and whose where it is a second team's."""
    dimension = assessment.dimension_of(prompt_id)
    name = escape(assessment.framework.dimension(dimension.dimension_id).name)
    position = [prompt.prompt_id for prompt in dimension.prompts].index(prompt_id) + 1
    team = "" if assessment.second_team is None else own_team(assessment)
    return before_place(team, f"{name}, question {position} of {len(dimension.prompts)}")


def before_place(team: str, place: str) -> str:
    """A place with the name of the team before it, where it needs one; both escaped."""
    return f"{team}: {place}" if team else place


def without_evidence(prompts: Iterable[PromptProgress]) -> list[PromptProgress]:
    """The prompts whose agreed level has no evidence yet."""
    return [prompt for prompt in prompts if prompt.state is PromptState.AGREED and not prompt.evidence]


def missing_evidence(prompts: Sequence[PromptProgress]) -> str:
    """For how many agreed levels there is no evidence yet; empty where there is for all."""
    missing = len(without_evidence(prompts))
    agreed = sum(prompt.state is PromptState.AGREED for prompt in prompts)
    return f"No evidence yet for {missing} of {count(agreed, 'answer')}." if missing else ""


def evidence_words(progress: PromptProgress) -> str:
    """How much evidence there is; a level without any is said to have none."""
    if not progress.evidence:
        return "no evidence yet"
    return f"{count(len(progress.evidence), 'piece')} of evidence"
