"""Starting, confirming, pausing and ending: each rule and each refusal."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from model.assessment.assessment import REASON_LIMIT, TITLE_LIMIT, AssessmentState, DimensionState, Kind, Mode
from model.assessment.history import Happened
from model.assessment.starting import begin
from model.assessment.steps import (
    AddEvidence,
    Cancel,
    Close,
    ConfirmLevel,
    MarkNotApplicable,
    NewAssessment,
    OpenDimension,
    Outcome,
    Pause,
    PutOff,
    RecordLevel,
    ReopenAnswer,
    Resume,
    SetClosingDate,
    Step,
    Taken,
)
from model.refusals import Reason, Refusal
from tests.model.assessments import (
    FACILITATORS,
    FRAMEWORK,
    GRACE,
    LATER,
    NIA,
    NOW,
    OMAR,
    after,
    answered,
    confirmed,
    finished,
    opened,
    refused,
    started,
    taken,
)

FORM = NewAssessment("C1", "Roads", Kind.PEER, Mode.QUICK, ("bins", "roads"), FACILITATORS)
EVERY_STEP: list[Step] = [
    OpenDimension("roads"),
    RecordLevel("roads-q1", 3),
    MarkNotApplicable("roads-q1", "None here."),
    PutOff("roads-q1"),
    ReopenAnswer("roads-q1"),
    AddEvidence("roads-q1", "E1", "Survey", ""),
    ConfirmLevel("roads", 3, 3),
    SetClosingDate(None, NOW.date()),
    Pause(),
    Resume(),
    Cancel(),
    Close(),
]


def begun(**changes: Any) -> Outcome:
    form = replace(FORM, **changes)
    return begin(form, assessment_id="A1", framework=FRAMEWORK, by=GRACE, at=NOW, today=NOW.date())


class TestStarting:
    def test_keeps_what_the_form_says_in_the_order_of_the_framework(self) -> None:
        outcome = begun(title="  Roads ", closing_date=NOW.date())
        assert isinstance(outcome, Taken)
        assessment = outcome.assessment
        assert (assessment.title, assessment.kind, assessment.scope) == (
            "Roads",
            Kind.PEER,
            ("roads", "bins"),
        )
        assert (assessment.started_by, assessment.started_at) == (GRACE, NOW)
        assert (assessment.state, assessment.facilitators) == (AssessmentState.RUNNING, FACILITATORS)
        assert {prompt.state.value for prompt in assessment.prompts} == {"waiting"}
        assert [(entry.what, entry.by, entry.at) for entry in outcome.entries] == [
            (Happened.STARTED, GRACE, NOW)
        ]

    def test_names_nobody_twice(self) -> None:
        outcome = begun(facilitators=(NIA, OMAR, NIA))
        assert isinstance(outcome, Taken)
        assert outcome.assessment.facilitators == (NIA, OMAR)

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"title": " \n"}, Reason.TITLE_MISSING),
            ({"title": "x" * (TITLE_LIMIT + 1)}, Reason.TEXT_TOO_LONG),
            ({"scope": ()}, Reason.NOTHING_IN_SCOPE),
            ({"scope": ("rivers",)}, Reason.UNKNOWN_DIMENSION),
            ({"facilitators": ()}, Reason.FACILITATOR_MISSING),
            ({"facilitators": tuple(f"U{n}" for n in range(11))}, Reason.TOO_MANY_FACILITATORS),
            ({"channel_id": ""}, Reason.CHANNEL_MISSING),
            ({"closing_date": NOW.date() - timedelta(days=1)}, Reason.CLOSING_DATE_PAST),
        ],
    )
    def test_what_is_missing_or_wrong_is_named(self, changes: dict[str, Any], reason: Reason) -> None:
        outcome = begun(**changes)
        assert isinstance(outcome, Refusal)
        assert outcome.reason is reason


class TestConfirming:
    def test_the_calculated_level(self) -> None:
        step = taken(answered(opened(), "roads", 1, 2, 2, 3, 4), ConfirmLevel("roads", 2, 2), OMAR, LATER)
        confirmation = step.assessment.dimension("roads").confirmation
        assert confirmation is not None and not confirmation.overridden
        assert (confirmation.level, confirmation.by, confirmation.at) == (2, OMAR, LATER)
        assert step.assessment.dimension("roads").state is DimensionState.CONFIRMED
        [entry] = step.entries
        assert (entry.what, entry.level_before, entry.level_after) == (Happened.LEVEL_CONFIRMED, 2, 2)

    @pytest.mark.parametrize("level", [1, 5, None])
    def test_another_with_a_reason_and_both_are_kept(self, level: int | None) -> None:
        assessment = after(answered(opened(), "roads", 3), ConfirmLevel("roads", 3, level, " Audit. "))
        confirmation = assessment.dimension("roads").confirmation
        assert confirmation is not None and confirmation.overridden
        assert (confirmation.level, confirmation.calculated, confirmation.reason) == (level, 3, "Audit.")

    @pytest.mark.parametrize("level", [1, None])
    def test_another_without_a_reason(self, level: int | None) -> None:
        refusal = refused(answered(opened(), "roads", 3), ConfirmLevel("roads", 3, level, "  "))
        assert refusal.reason is Reason.REASON_MISSING

    def test_the_reason_has_a_limit(self) -> None:
        long = "x" * (REASON_LIMIT + 1)
        refusal = refused(answered(opened(), "roads", 3), ConfirmLevel("roads", 3, 1, long))
        assert (refusal.reason, refusal.limit) == (Reason.TEXT_TOO_LONG, REASON_LIMIT)

    def test_a_button_that_shows_an_older_level(self) -> None:
        assessment = after(
            answered(opened(), "roads", 3), RecordLevel("roads-q1", 1), RecordLevel("roads-q2", 1)
        )
        refusal = refused(assessment, ConfirmLevel("roads", 3, 3))
        assert (refusal.reason, refusal.level) == (Reason.LEVEL_HAS_CHANGED, 2)

    @pytest.mark.parametrize("level", [0, 6, True])
    def test_only_one_to_five(self, level: int) -> None:
        refusal = refused(answered(opened(), "roads", 3), ConfirmLevel("roads", 3, level, "Audit."))
        assert refusal.reason is Reason.LEVEL_OUT_OF_RANGE

    def test_the_same_twice_says_who_was_first(self) -> None:
        assessment = after(answered(opened(), "roads", 3), ConfirmLevel("roads", 3, 3), by=OMAR)
        refusal = refused(assessment, ConfirmLevel("roads", 3, 3))
        assert (refusal.reason, refusal.by, refusal.level) == (Reason.ALREADY_DONE, OMAR, 3)

    def test_may_be_changed_and_the_earlier_one_is_in_the_history(self) -> None:
        step = taken(
            confirmed(answered(opened(), "roads", 3), "roads"), ConfirmLevel("roads", 3, 2, "Audit.")
        )
        assert step.assessment.dimension_level("roads") == 2
        assert (step.entries[0].level_before, step.entries[0].level_after) == (3, 2)

    def test_not_before_every_prompt_is_answered(self) -> None:
        assessment = after(opened(), RecordLevel("roads-q1", 3))
        assert refused(assessment, ConfirmLevel("roads", 3, 3)).reason is Reason.DIMENSION_NOT_ANSWERED

    def test_not_before_it_is_opened(self) -> None:
        assert refused(started(), ConfirmLevel("roads", 3, 3)).reason is Reason.NOT_OPENED

    def test_an_unknown_dimension(self) -> None:
        assert refused(opened(), ConfirmLevel("rivers", 3, 3)).reason is Reason.UNKNOWN_DIMENSION

    def test_not_during_a_pause(self) -> None:
        assessment = after(answered(opened(), "roads", 3), Pause())
        assert refused(assessment, ConfirmLevel("roads", 3, 3)).reason is Reason.ASSESSMENT_PAUSED


class TestLife:
    def test_pause_and_resume(self) -> None:
        paused = taken(opened(), Pause(), OMAR, LATER)
        assert paused.assessment.state is AssessmentState.PAUSED
        assert paused.assessment.state_changed_by == OMAR
        resumed = taken(paused.assessment, Resume())
        assert resumed.assessment.dimensions == opened().dimensions
        assert [each.entries[0].what for each in (paused, resumed)] == [Happened.PAUSED, Happened.RESUMED]

    def test_pause_twice_says_who_was_first(self) -> None:
        refusal = refused(after(opened(), Pause(), by=OMAR), Pause())
        assert (refusal.reason, refusal.by, refusal.at) == (Reason.ALREADY_DONE, OMAR, NOW)

    def test_resume_without_a_pause(self) -> None:
        assert refused(opened(), Resume()).reason is Reason.NOT_PAUSED

    @pytest.mark.parametrize("paused", [True, False])
    def test_cancel_keeps_everything(self, paused: bool) -> None:
        before = after(opened(), *([Pause()] if paused else []))
        cancelled = after(before, Cancel(" No time. "), at=LATER)
        assert (cancelled.state, cancelled.state_reason) == (AssessmentState.CANCELLED, "No time.")
        assert cancelled.dimensions == before.dimensions

    def test_the_reason_of_a_cancellation_has_a_limit(self) -> None:
        assert refused(opened(), Cancel("x" * (REASON_LIMIT + 1))).reason is Reason.TEXT_TOO_LONG

    def test_close_with_every_dimension_confirmed(self) -> None:
        closed = after(finished(), Close())
        assert closed.state is AssessmentState.CLOSED
        assert not closed.active

    def test_close_before_that(self) -> None:
        assert (
            refused(confirmed(answered(opened(), "roads", 3), "roads"), Close()).reason is Reason.NOT_COMPLETE
        )

    def test_close_during_a_pause(self) -> None:
        assert refused(after(finished(), Pause()), Close()).reason is Reason.ASSESSMENT_PAUSED

    @pytest.mark.parametrize("step", EVERY_STEP)
    @pytest.mark.parametrize(
        ("end", "reason"), [(Close(), Reason.ASSESSMENT_CLOSED), (Cancel(), Reason.ASSESSMENT_CANCELLED)]
    )
    def test_nothing_can_be_done_after_the_end(self, step: Step, end: Step, reason: Reason) -> None:
        refusal = refused(after(finished(), end, by=OMAR), step)
        assert (refusal.reason, refusal.by, refusal.at) == (reason, OMAR, NOW)

    @pytest.mark.parametrize(
        "step",
        [
            ConfirmLevel("roads", 3, 3),
            SetClosingDate(NOW.date(), NOW.date()),
            Pause(),
            Resume(),
            Cancel(),
            Close(),
        ],
    )
    def test_only_facilitators_and_it_says_who_they_are(self, step: Step) -> None:
        refusal = refused(finished(), step, GRACE)
        assert (refusal.reason, refusal.who_can) == (Reason.FACILITATORS_ONLY, FACILITATORS)

    def test_whoever_started_it_is_no_facilitator_by_that(self) -> None:
        outcome = begun()
        assert isinstance(outcome, Taken)
        assert refused(outcome.assessment, Pause(), GRACE).reason is Reason.FACILITATORS_ONLY
