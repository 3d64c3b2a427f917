"""Whoever leaves the channel of what has ended: its facilitators lose their rights, and can be succeeded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.assessment.assessment import Assessment, AssessmentState, Mode, PromptState, Role
from model.assessment.history import Happened
from model.assessment.steps import (
    AddPeople,
    Cancel,
    Close,
    LeaveChannel,
    OpenDimension,
    Pause,
    RecordLevel,
    Step,
    TakeOver,
)
from model.refusals import Reason
from tests.model.assessments import GRACE, LATER, NIA, OMAR, after, finished, refused, started, taken

ANA = "U4ANA"


def ended(end: Step) -> Assessment:
    """Together, with Ana's vote waited for and Grace's hidden in the first question, unless it is closed."""
    if isinstance(end, Close):
        return after(finished(), AddPeople((GRACE, ANA), Role.ASSESSOR), end)
    assessment = replace(started(), mode=Mode.TOGETHER)
    assessment = after(assessment, AddPeople((GRACE, ANA), Role.ASSESSOR), OpenDimension("roads"))
    return after(after(assessment, RecordLevel("roads-q1", 3), by=GRACE), end)


@pytest.mark.parametrize("end", [Close(), Cancel("No time.")], ids=["closed", "cancelled"])
def test_what_has_ended_can_be_taken_over_once_its_facilitators_have_left(end: Step) -> None:
    before = ended(end)
    assert refused(before, TakeOver(), GRACE).who_can == (NIA, OMAR)
    left = after(before, LeaveChannel(), by=NIA, at=LATER)
    assert left.facilitators == (OMAR,)
    assert refused(left, TakeOver(), GRACE).reason is Reason.STILL_FACILITATED
    left = after(left, LeaveChannel(), by=OMAR, at=LATER)
    outcome = taken(left, TakeOver(), GRACE, LATER)
    assert outcome.assessment.facilitators == (GRACE,)
    assert [each.what for each in outcome.entries] == [Happened.TOOK_OVER, Happened.ROLE_SET]
    assert outcome.assessment.state is before.state, "it stays ended"
    assert outcome.assessment.prompts == before.prompts, "and as it was found"


def test_of_those_who_took_part_in_what_has_ended_the_record_stays() -> None:
    assert refused(ended(Close()), LeaveChannel(), GRACE).reason is Reason.ASSESSMENT_CLOSED
    assert refused(ended(Cancel("No time.")), LeaveChannel(), ANA).reason is Reason.ASSESSMENT_CANCELLED


def test_what_was_cancelled_shows_no_votes_when_the_last_who_was_waited_for_takes_over() -> None:
    assessment = replace(started(facilitators=(NIA,)), mode=Mode.TOGETHER)
    assessment = after(assessment, AddPeople((GRACE, ANA), Role.ASSESSOR), OpenDimension("roads"))
    assessment = after(after(assessment, RecordLevel("roads-q1", 3), by=GRACE), Cancel("No time."))
    assessment = after(after(assessment, LeaveChannel(), by=NIA), TakeOver(), by=ANA)
    assert assessment.prompt("roads-q1").state is PromptState.ASKED
    assert assessment.state is AssessmentState.CANCELLED


def test_nothing_else_is_taken_up_again() -> None:
    assessment = after(ended(Close()), LeaveChannel(), by=NIA)
    assert refused(assessment, Pause(), OMAR).reason is Reason.ASSESSMENT_CLOSED
