"""What is known of an earlier assessment of the same framework."""

from __future__ import annotations

from dataclasses import replace

from model.assessment.last_time import LastTime
from model.assessment.steps import Close, MarkNotApplicable, OpenDimension, PutOff
from model.calculation.calculator import NotApplicable
from tests.model.assessments import LATER, NOW, after, answered, confirmed, finished, opened, started


def test_it_knows_levels_title_and_when_it_ended() -> None:
    last = LastTime(after(finished(), Close(), at=LATER))
    assert (last.title, last.ended_at, last.overall()) == ("How are we doing?", LATER, 3)
    assert [last.level(each) for each in ("roads", "parks", "bins", "lamps")] == [3, 3, 3, None]
    found = last.prompt("roads-q1")
    assert found is not None
    assert found.level == 3


def test_what_was_not_answered_or_not_asked_is_not_known() -> None:
    last = LastTime(after(opened("roads"), PutOff("roads-q1")))
    assert last.prompt("roads-q1") is None
    assert last.prompt("roads-q2") is None
    assert last.prompt("lamps-q1") is None
    assert last.ended_at == NOW, "one that never ended began then"
    assert LastTime(started(scope=["bins"])).level("roads") is None


def test_what_did_not_apply_is_known() -> None:
    earlier = after(
        started(scope=["bins"]), OpenDimension("bins"), MarkNotApplicable("bins-q1", "None here.")
    )
    last = LastTime(earlier)
    found = last.prompt("bins-q1")
    assert found is not None
    assert found.answer is NotApplicable.NOT_APPLICABLE
    assert last.level("bins") is NotApplicable.NOT_APPLICABLE
    assert last.overall() is None


def test_the_confirmed_level_counts() -> None:
    earlier = confirmed(answered(opened("bins"), "bins", 4), "bins")
    assert LastTime(replace(earlier, title="Then")).level("bins") == 4
