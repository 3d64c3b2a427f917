"""How levels and states are named; never by colour or emoji alone."""

from __future__ import annotations

from bot.views.wording.text import slack_date
from model.assessment.assessment import (
    Assessment,
    AssessmentState,
    DimensionProgress,
    DimensionState,
    PromptProgress,
    PromptState,
)
from model.calculation.calculator import Answer, NotApplicable
from model.framework.framework import Framework


def level_name(framework: Framework, level: int | None) -> str:
    """For example "3 Impactful"; None is "not applicable"."""
    return "not applicable" if level is None else f"{level} {framework.level(level).name}"


def answer_name(framework: Framework, answer: Answer) -> str:
    """A level, "not applicable" or "no level yet"."""
    if answer is None:
        return "no level yet"
    return level_name(framework, None if answer is NotApplicable.NOT_APPLICABLE else answer)


def prompt_answer(framework: Framework, prompt: PromptProgress) -> str:
    """What was recorded for a prompt, in a few words."""
    if prompt.state is PromptState.PUT_OFF:
        return "put off"
    return answer_name(framework, prompt.answer)


DIMENSION_STATES = {
    DimensionState.NOT_OPENED: "not opened",
    DimensionState.OPEN: "open",
    DimensionState.ANSWERED: "to be confirmed",
    DimensionState.CONFIRMED: "confirmed",
}

ASSESSMENT_STATES = {
    AssessmentState.RUNNING: "under way",
    AssessmentState.PAUSED: "paused",
    AssessmentState.CLOSED: "closed",
    AssessmentState.CANCELLED: "cancelled",
}


def looked_at_again(dimension: DimensionProgress) -> str:
    """Since when a dimension is as a review left it; empty where no review did."""
    if not dimension.reviewed or dimension.confirmation is None:
        return ""
    return f"looked at again on {slack_date(dimension.confirmation.at, '{date_long}')}"


def done_count(assessment: Assessment) -> tuple[int, int]:
    """How many dimensions are confirmed, and how many there are."""
    confirmed = sum(dimension.state is DimensionState.CONFIRMED for dimension in assessment.dimensions)
    return confirmed, len(assessment.dimensions)
