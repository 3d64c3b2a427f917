"""Who may do what in a plan, and how long there is one to do it in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from model.assessment.assessment import AssessmentState
from model.assessment.steps import Cancel, Close, Pause
from model.library.library import Amount
from model.plan.history import PlanHappened
from model.plan.item_from_action import counted_anew
from model.plan.plan import ItemStatus
from model.plan.steps import (
    AddMilestone,
    Dismiss,
    DropMilestone,
    FinishMilestone,
    HandOver,
    MoveMilestone,
    PlanStep,
    SetCapacity,
    SetStatus,
    SnoozeMilestone,
    TakeBackDismissal,
)
from model.refusals import Reason
from tests.model.assessments import GRACE, NIA, OMAR, after
from tests.model.plans import (
    ASSESSED,
    EMPTY,
    FIRST,
    IVY,
    ONE,
    ZED,
    day,
    edit_step,
    item_step,
    plan_refused,
    plan_taken,
    planned,
    status_step,
    target_step,
)


def same_day(day: date) -> date:
    return day


class TestRights:
    STEPS: tuple[PlanStep, ...] = (
        status_step(ItemStatus.DOING),
        HandOver("I1", GRACE),
        AddMilestone("I1", "Third", day(50)),
        MoveMilestone(FIRST, day(12)),
        FinishMilestone(FIRST),
        DropMilestone(FIRST, "No need"),
        SnoozeMilestone(FIRST, day(3)),
        edit_step(ONE.items[0], title="Other"),
    )

    @pytest.mark.parametrize("step", STEPS)
    def test_facilitators_owners_and_the_sponsor_may(self, step: PlanStep) -> None:
        sponsored = ONE.with_item(replace(ONE.items[0], sponsor=IVY))
        for person in (NIA, OMAR, ZED, IVY):
            plan_taken(sponsored, step, person)

    @pytest.mark.parametrize("step", STEPS)
    def test_others_may_not_and_are_told_who(self, step: PlanStep) -> None:
        refusal = plan_refused(ONE, step, GRACE)
        assert (refusal.reason, refusal.who_can) == (Reason.OWNERS_ONLY, (ZED, NIA, OMAR))

    def test_whoever_added_a_proposal_may_change_it_but_not_take_it_on(self) -> None:
        plan = planned(item_step(owners=()), by=GRACE)
        assert plan_taken(plan, AddMilestone("I1", "Third", day(50)), GRACE).plan
        assert plan_taken(plan, status_step(ItemStatus.DROPPED, "No"), GRACE).plan
        refusal = plan_refused(plan, status_step(ItemStatus.TO_DO), GRACE)
        assert (refusal.reason, refusal.who_can) == (Reason.PROPOSALS_ARE_ACCEPTED, (NIA, OMAR))
        form = edit_step(plan.items[0], status=ItemStatus.DONE)
        assert plan_refused(plan, form, GRACE).reason is Reason.PROPOSALS_ARE_ACCEPTED
        accepted = planned(status_step(ItemStatus.TO_DO), plan=plan)
        assert plan_refused(accepted, AddMilestone("I1", "X", day(50)), GRACE).reason is Reason.OWNERS_ONLY

    def test_what_is_taken_in_late_counts_from_then_on(self) -> None:
        plan = planned(item_step(owners=(), action_id="do-it"), by=GRACE)
        plan = planned(MoveMilestone("I1-02", day(60)), plan=plan)
        assert counted_anew(plan.items[0], day(0), same_day) == ()
        dates = counted_anew(plan.items[0], day(30), same_day)
        assert dates == (("I1-01", day(40)),), "what was moved by hand stays"
        taken = plan_taken(plan, SetStatus("I1", ItemStatus.TO_DO, dates=(*dates, ("I1-02", day(99)))), NIA)
        assert [each.due for each in taken.plan.items[0].milestones] == [day(40), day(60)]
        assert [each.what for each in taken.entries] == [
            PlanHappened.STATUS_SET,
            PlanHappened.MILESTONE_MOVED,
        ]
        again = plan_taken(taken.plan, SetStatus("I1", ItemStatus.DOING, dates=(("I1-01", day(1)),)), NIA)
        assert again.plan.items[0].milestones[0].due == day(40), "only what is proposed"
        by_hand = planned(item_step(owners=()), by=GRACE)
        assert counted_anew(by_hand.items[0], day(30), same_day) == ()

    def test_capacity_is_for_all_who_do_not_watch(self) -> None:
        assert plan_taken(EMPTY, SetCapacity(Amount.LOW), ZED).plan.capacity is Amount.LOW
        for step in (
            SetCapacity(Amount.LOW),
            Dismiss("name-owners", "No"),
            TakeBackDismissal("name-owners"),
        ):
            assert plan_refused(EMPTY, step, IVY).reason is Reason.OBSERVERS_READ


class TestLife:
    def test_a_plan_goes_on_after_the_end_but_not_after_a_cancellation(self) -> None:
        for assessment in (after(ASSESSED, Close()), after(ASSESSED, Pause())):
            assert plan_taken(EMPTY, item_step(), assessment=assessment).plan.items
        cancelled = after(ASSESSED, Cancel("No more"))
        assert cancelled.state is AssessmentState.CANCELLED
        refusal = plan_refused(EMPTY, item_step(), assessment=cancelled)
        assert (refusal.reason, refusal.by) == (Reason.ASSESSMENT_CANCELLED, NIA)

    @pytest.mark.parametrize(
        ("step", "reason"),
        [
            (SetStatus("I9", ItemStatus.DONE), Reason.UNKNOWN_ITEM),
            (FinishMilestone("I1-99"), Reason.UNKNOWN_MILESTONE),
            (item_step("I2", dimension_id="rivers"), Reason.UNKNOWN_DIMENSION),
            (edit_step(ONE.items[0], dimension_id="rivers"), Reason.UNKNOWN_DIMENSION),
            (target_step("rivers"), Reason.UNKNOWN_DIMENSION),
        ],
    )
    def test_what_is_not_there(self, step: PlanStep, reason: Reason) -> None:
        assert plan_refused(ONE, step).reason is reason
