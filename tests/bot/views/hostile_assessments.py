"""Assessments of hostile frameworks in which people did something of everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.views.wording.people import Names
from model.assessment.assessment import FACILITATOR_LIMIT, LINK_LIMIT, TITLE_LIMIT, Assessment, DimensionState
from model.assessment.evidence import CameFrom, Source, Strength, copied
from model.assessment.state_machine import take
from model.assessment.steps import (
    AddEvidence,
    Cancel,
    Close,
    ConfirmLevel,
    MarkNotApplicable,
    MoveEvidence,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    ReopenAnswer,
    Step,
    Taken,
    WithdrawEvidence,
)
from tests.bot.views.hostile import SHAPES, UNITS, framework, words
from tests.model.assessments import GRACE, NIA, NOW, calculated, started

LONDON = ZoneInfo("Europe/London")
COMMAND = "/" + "milepost-of-the-council"
FACILITATORS = (NIA, *(f"U{number}FACILITATOR" for number in range(FACILITATOR_LIMIT - 1)))
LINK = "https://a.example/" + "&" * (LINK_LIMIT - 18)

frameworks = st.builds(
    lambda unit, shape: framework(unit, *shape), st.sampled_from(UNITS), st.sampled_from(SHAPES)
)
titles = words.map(lambda text: text.strip()[:TITLE_LIMIT].strip() or "?")


def called(name: str) -> Names:
    """Everybody has this display name."""
    return Names(dict.fromkeys((*FACILITATORS, GRACE), name))


names = words.map(called)


def attempt(assessment: Assessment, step: Step, by: str = NIA) -> Assessment:
    outcome = take(assessment, step, by=by, at=NOW)
    return outcome.assessment if isinstance(outcome, Taken) else assessment


class Walked:
    """An assessment that says little of itself when a test fails: a framework at its limits is long."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment

    def __repr__(self) -> str:
        states = [dimension.state.value for dimension in self.assessment.dimensions]
        return f"Walked({self.assessment.title!r}, {self.assessment.state.value}, {states})"


@st.composite
def assessments(draw: st.DrawFn) -> Walked:
    """An assessment in which people did something of everything, at any stage of its life."""
    title = draw(titles)
    closing = NOW.date() + timedelta(days=draw(st.integers(0, 400)))
    assessment = started(draw(frameworks), title=title, facilitators=FACILITATORS, closing_date=closing)
    # As long as ids are in earnest: a card holds dozens of them.
    assessment = replace(assessment, id="a" * 32)
    for dimension in assessment.scope[: draw(st.integers(0, 24))]:
        assessment = attempt(assessment, OpenDimension(dimension), GRACE)
    typed = [draw(words) for _ in range(3)]
    for _ in range(draw(st.sampled_from([0, 1, 3, 20]))):
        assessment = _everything_asked(draw, assessment, typed)
    for progress in assessment.dimensions:
        if progress.state is DimensionState.ANSWERED and draw(st.booleans()):
            level = draw(st.none() | st.integers(1, 5))
            seen = calculated(assessment, progress.dimension_id)
            reason = draw(st.sampled_from(typed))[:1_000]
            assessment = attempt(assessment, ConfirmLevel(progress.dimension_id, seen, level, reason))
    last = draw(st.sampled_from([None, Pause(), Cancel(typed[0][:1_000]), Close()]))
    if last is not None:
        assessment = attempt(assessment, last)
    return Walked(assessment)


def _everything_asked(draw: st.DrawFn, assessment: Assessment, typed: list[str]) -> Assessment:
    """Do something with each prompt that is asked."""
    for prompt in assessment.prompts:
        if not prompt.takes_level:
            continue
        id_ = prompt.prompt_id
        assessment = attempt(
            assessment, AddEvidence(id_, f"E{id_}", draw(st.sampled_from(typed)), LINK), GRACE
        )
        assessment = _from_a_message(draw, assessment, id_, typed)
        moves: list[Step] = [
            RecordLevel(id_, draw(st.integers(1, 5))),
            MarkNotApplicable(id_, draw(st.sampled_from(typed))[:1_000]),
            PutOff(id_),
        ]
        assessment = attempt(assessment, draw(st.sampled_from(moves)), GRACE)
        if draw(st.integers(0, 4)) == 0:
            assessment = attempt(assessment, ReopenAnswer(id_))
    return assessment


def _from_a_message(draw: st.DrawFn, assessment: Assessment, prompt_id: str, typed: list[str]) -> Assessment:
    """Log a message of somebody else's, and perhaps move it or withdraw it."""
    evidence_id, first = f"M{prompt_id}", assessment.prompts[0].prompt_id
    source = Source(
        CameFrom.MESSAGE, address("00") + "?thread_ts=1700000000.000100", (typed[1] * 9 + "x")[:500]
    )
    text = copied(draw(st.sampled_from(typed)) * 9)
    logged = AddEvidence(prompt_id, evidence_id, text, LINK, Strength.DOCUMENTED, GRACE, NOW, source)
    assessment = attempt(assessment, logged)
    if draw(st.booleans()):
        assessment = attempt(assessment, MoveEvidence(evidence_id, first))
    return attempt(assessment, WithdrawEvidence(evidence_id)) if draw(st.booleans()) else assessment


def address(dimension_id: str) -> str:
    workspace = "https://the-council-of-somewhere-or-other.slack.com"
    return f"{workspace}/archives/C0123456789/p1700000000{dimension_id[-2:]}0100"
