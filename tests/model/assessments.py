"""An assessment of a small framework, the people in it, and any steps they may try."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from model.assessment.assessment import Assessment, Kind, Mode
from model.assessment.evidence import Strength
from model.assessment.starting import begin
from model.assessment.state_machine import take
from model.assessment.steps import (
    AddEvidence,
    Cancel,
    Close,
    ConfirmLevel,
    MarkNotApplicable,
    MoveEvidence,
    NewAssessment,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    ReopenAnswer,
    Resume,
    SetClosingDate,
    Step,
    Taken,
    WithdrawEvidence,
)
from model.framework.framework import Framework
from model.refusals import Refusal
from tests.model.frameworks import ONE, dimension_data, framework_with

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
NIA, OMAR, GRACE = "U1NIA", "U2OMAR", "U3GRACE"
"""Nia and Omar facilitate; Grace answers."""
FACILITATORS = (NIA, OMAR)
PEOPLE = (NIA, OMAR, GRACE)
FRAMEWORK = framework_with(
    [
        dimension_data("roads", [ONE] * 5),
        dimension_data("parks", [ONE] * 2),
        dimension_data("bins", [ONE]),
    ]
)

PIECES = tuple(f"E{number}" for number in range(12))
"""Ids of evidence: few, so that the same one is tried again, moved and withdrawn."""


def started(
    framework: Framework = FRAMEWORK,
    *,
    title: str = "How are we doing?",
    facilitators: tuple[str, ...] = FACILITATORS,
    scope: Sequence[str] = (),
    closing_date: date | None = None,
) -> Assessment:
    new = NewAssessment(
        channel_id="C1",
        title=title,
        kind=Kind.SELF,
        mode=Mode.QUICK,
        scope=tuple(scope) or tuple(dimension.id for dimension in framework.dimensions),
        facilitators=facilitators,
        closing_date=closing_date,
    )
    outcome = begin(new, assessment_id="A1", framework=framework, by=NIA, at=NOW, today=NOW.date())
    assert isinstance(outcome, Taken), outcome
    return outcome.assessment


def taken(assessment: Assessment, step: Step, by: str = NIA, at: datetime = NOW) -> Taken:
    """A step that the rules allow."""
    outcome = take(assessment, step, by=by, at=at)
    assert isinstance(outcome, Taken), outcome
    return outcome


def after(assessment: Assessment, *steps: Step, by: str = NIA, at: datetime = NOW) -> Assessment:
    """The assessment after steps that the rules allow."""
    for step in steps:
        assessment = taken(assessment, step, by, at).assessment
    return assessment


def refused(assessment: Assessment, step: Step, by: str = NIA, at: datetime = LATER) -> Refusal:
    """Why a step is refused."""
    outcome = take(assessment, step, by=by, at=at)
    assert isinstance(outcome, Refusal), outcome
    return outcome


def opened(*dimensions: str) -> Assessment:
    return after(started(), *(OpenDimension(each) for each in dimensions or ("roads",)))


def answered(assessment: Assessment, dimension_id: str, *levels: int) -> Assessment:
    """Every prompt of a dimension answered, in order; one level alone is for all of them."""
    prompts = [prompt.id for prompt in assessment.framework.dimension(dimension_id).prompts]
    each = levels * len(prompts) if len(levels) == 1 else levels
    return after(
        assessment, *(RecordLevel(prompt, level) for prompt, level in zip(prompts, each, strict=True))
    )


def confirmed(assessment: Assessment, dimension_id: str) -> Assessment:
    """Its calculated level confirmed."""
    level = calculated(assessment, dimension_id)
    return after(assessment, ConfirmLevel(dimension_id, seen=level, level=level))


def calculated(assessment: Assessment, dimension_id: str) -> int | None:
    score = assessment.score(dimension_id)
    return None if score is None else score.level


def finished() -> Assessment:
    """Every dimension confirmed at level 3, and still running."""
    assessment = opened("roads", "parks", "bins")
    for dimension in assessment.scope:
        assessment = confirmed(answered(assessment, dimension, 3), dimension)
    return assessment


def any_step(
    framework: Framework, words: st.SearchStrategy[str], *, ends: bool = True
) -> st.SearchStrategy[Step]:
    """Any step at all, sensible or not, in an assessment of this framework.

    Args:
        framework: Whose dimensions and prompts.
        words: What people type.
        ends: Whether somebody may close or cancel.
    """
    levels = st.integers(1, 5)
    dimensions = st.sampled_from([dimension.id for dimension in framework.dimensions])
    prompts = st.sampled_from([prompt.id for prompt in framework.prompts])
    pieces, authors = st.sampled_from(PIECES), st.none() | st.sampled_from(PEOPLE)
    strengths = st.none() | st.sampled_from(Strength)
    links = st.sampled_from(["", "https://council.example/a?b=1&c=2", "https://a.example/" + "&" * 1_900])
    closings = st.sampled_from([None, *(NOW.date() + timedelta(days=days) for days in (-1, 0, 30))])
    record = st.builds(RecordLevel, prompts, levels)
    confirm = st.builds(ConfirmLevel, dimensions, st.none() | levels, st.none() | levels, words)
    always: list[st.SearchStrategy[Step]] = [
        st.builds(OpenDimension, dimensions),
        record,
        record,
        st.builds(MarkNotApplicable, prompts, words),
        st.builds(PutOff, prompts),
        st.builds(ReopenAnswer, prompts),
        st.builds(AddEvidence, prompts, pieces, words, links, strengths, authors),
        st.builds(MoveEvidence, pieces, prompts),
        st.builds(WithdrawEvidence, pieces),
        confirm,
        st.builds(SetClosingDate, closings, st.just(NOW.date())),
        st.builds(Pause),
        st.builds(Resume),
    ]
    return st.one_of(*always, *([st.builds(Cancel, words), st.builds(Close)] if ends else []))
