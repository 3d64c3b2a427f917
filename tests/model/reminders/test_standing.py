"""What has become of a milestone that somebody was reminded of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.assessment.assessment import AssessmentState
from model.plan.history import PlanEntry
from model.plan.people import concerned
from model.plan.plan import ItemStatus, Plan, PlanItem
from model.plan.state_machine import take_in_plan
from model.plan.steps import (
    AddMilestone,
    DropMilestone,
    EditItem,
    FinishMilestone,
    HandOver,
    MoveMilestone,
    PlanStep,
    PlanTaken,
    SetStatus,
    SnoozeMilestone,
)
from model.reminders.standing import Cause, Remark, Standing, how_it_stands, what_did_it
from tests.model.assessments import GRACE, LATER, NIA, NOW, OMAR
from tests.model.plans import ASSESSED, EMPTY, TODAY, ZED, day, edit_step, item_step


def planned(*steps: PlanStep, by: str = NIA) -> tuple[PlanItem, list[PlanEntry]]:
    """The first item after these steps, and all that happened."""
    plan: Plan = EMPTY
    entries: list[PlanEntry] = []
    for number, step in enumerate((item_step(), *steps)):
        who, when = (NIA, NOW) if number == 0 else (by, LATER)
        taken = take_in_plan(plan, step, ASSESSED, by=who, at=when, today=TODAY)
        assert isinstance(taken, PlanTaken), taken
        plan = taken.plan
        entries += taken.entries
    return plan.items[0], entries


def edited(**changes: object) -> EditItem:
    return edit_step(planned()[0], **changes)


@pytest.mark.parametrize(
    ("step", "standing"),
    [
        (FinishMilestone("I1-01"), Standing.DONE),
        (DropMilestone("I1-01", "No"), Standing.DROPPED),
        (edited(milestones=()), Standing.DROPPED),
        (SetStatus("I1", ItemStatus.DONE), Standing.ITEM_DONE),
        (SetStatus("I1", ItemStatus.DROPPED, "No"), Standing.ITEM_DROPPED),
        (SetStatus("I1", ItemStatus.PROPOSED), Standing.PUT_BACK),
        (MoveMilestone("I1-01", day(11)), Standing.MOVED),
        (HandOver("I1", OMAR), Standing.GIVEN_AWAY),
        (edited(owners=(OMAR,)), Standing.GIVEN_AWAY),
    ],
    ids=lambda each: type(each).__name__ if not isinstance(each, Standing) else each.value,
)
def test_what_has_become_of_it_and_who_did_it(step: PlanStep, standing: Standing) -> None:
    item, entries = planned(step, by=OMAR)
    found = how_it_stands(ASSESSED, item, item.milestone("I1-01"), day(10), ZED)
    assert found is standing
    did = what_did_it(found, "I1-01", entries)
    assert did is not None and (did.by, did.at) == (OMAR, LATER)


@pytest.mark.parametrize(
    "step",
    [
        SetStatus("I1", ItemStatus.BLOCKED, "Money"),
        FinishMilestone("I1-02"),
        MoveMilestone("I1-02", day(50)),
        AddMilestone("I1", "Third", day(60)),
        edited(owners=(OMAR, ZED)),
        edited(title="Other"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_leaves_it_open(step: PlanStep) -> None:
    item, entries = planned(step)
    found = how_it_stands(ASSESSED, item, item.milestone("I1-01"), day(10), ZED)
    assert found is Standing.OPEN
    assert what_did_it(found, "I1-01", entries) is None


def test_a_cancelled_assessment_takes_its_plan_along() -> None:
    item, _ = planned(FinishMilestone("I1-01"))
    cancelled = replace(ASSESSED, state=AssessmentState.CANCELLED)
    assert how_it_stands(cancelled, item, item.milestones[0], day(10), ZED) is Standing.CANCELLED


def test_whom_it_concerns() -> None:
    item, _ = planned()
    assert concerned(item, (NIA,)) == (ZED,)
    unowned = replace(item, owned=())
    assert concerned(unowned, (NIA, OMAR)) == (NIA, OMAR)
    assert concerned(replace(unowned, sponsor=GRACE), (NIA,)) == (GRACE,)
    assert how_it_stands(ASSESSED, unowned, item.milestones[0], day(10), NIA) is Standing.OPEN
    assert how_it_stands(ASSESSED, unowned, item.milestones[0], day(10), ZED) is Standing.GIVEN_AWAY
    assert how_it_stands(ASSESSED, unowned, item.milestones[0], day(10), "") is Standing.OPEN


def test_a_snooze_holds_until_its_day() -> None:
    item, _ = planned(SnoozeMilestone("I1-01", day(3)), by=ZED)
    remark = Remark(ASSESSED, item, item.milestones[0], day(10), NOW, ZED, Cause.DUE, Standing.OPEN)
    assert remark.open
    assert remark.snoozed_until(ZED, TODAY) == day(3)
    assert remark.snoozed_until(ZED, day(3)) is None
    assert remark.snoozed_until(NIA, TODAY) is None
