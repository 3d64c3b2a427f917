"""The milestones of an item: added, moved, settled, taken up again and snoozed."""

from __future__ import annotations

import pytest

from model.plan.plan import MILESTONE_LIMIT, PLAN_REASON_LIMIT, MilestoneState, Plan, Snooze
from model.plan.steps import (
    AddMilestone,
    DropMilestone,
    FinishMilestone,
    MoveMilestone,
    PlanStep,
    ReopenMilestone,
    SnoozeMilestone,
    WantedMilestone,
)
from model.refusals import Reason
from tests.model.assessments import GRACE, LATER, NIA, NOW
from tests.model.plans import (
    DONE,
    DROPPED,
    FIRST,
    ONE,
    WHOLE,
    ZED,
    day,
    edit_step,
    plan_refused,
    plan_taken,
    planned,
)


class TestMilestones:
    def test_one_is_added_in_its_place(self) -> None:
        [item] = planned(AddMilestone("I1", " Soon\n", day(2)), plan=ONE).items
        assert [(each.id, each.name) for each in item.milestones] == [
            ("I1-03", "Soon"),
            (FIRST, "First list"),
            (WHOLE, "Whole list"),
        ]

    def test_a_move_is_noted_and_wakes_whoever_snoozed(self) -> None:
        plan = planned(SnoozeMilestone(FIRST, day(5)), plan=ONE)
        taken = plan_taken(plan, MoveMilestone(FIRST, day(50), "Waiting"), ZED, LATER)
        milestone = taken.plan.items[0].milestone(FIRST)
        assert (milestone.due, milestone.due_set_at, milestone.reason) == (day(50), LATER, "Waiting")
        assert (milestone.snoozes, milestone.revision, milestone.changed_at) == ((), 1, LATER)
        assert [each.id for each in taken.plan.items[0].milestones] == [WHOLE, FIRST]
        [entry] = taken.entries
        assert (entry.before, entry.after) == (str(day(10)), str(day(50)))

    def test_done_dropped_and_taken_up_again(self) -> None:
        plan = planned(FinishMilestone(FIRST), DropMilestone(WHOLE, "No need"), plan=ONE)
        first, whole = plan.items[0].milestones
        assert (first.state, first.settled_by, first.settled_at) == (MilestoneState.DONE, NIA, NOW)
        assert (whole.state, whole.reason) == (MilestoneState.DROPPED, "No need")
        plan = planned(ReopenMilestone(FIRST), ReopenMilestone(WHOLE), plan=plan)
        for milestone in plan.items[0].milestones:
            assert (milestone.state, milestone.settled_by, milestone.settled_at, milestone.reason) == (
                MilestoneState.OPEN,
                None,
                None,
                "",
            )
            assert milestone.revision == 2

    def test_a_snooze_is_for_one_person_and_no_change_for_others(self) -> None:
        plan = planned(SnoozeMilestone(FIRST, day(5)), plan=ONE, by=ZED)
        plan = planned(SnoozeMilestone(FIRST, day(6)), plan=plan)
        plan = planned(SnoozeMilestone(FIRST, day(7)), plan=plan)
        [item] = plan.items
        assert item.milestone(FIRST).snoozes == (Snooze(NIA, day(7)), Snooze(ZED, day(5)))
        assert item.milestone(FIRST).snoozed_until(ZED) == day(5)
        assert item.milestone(FIRST).snoozed_until(GRACE) is None
        assert (item.revision, item.milestone(FIRST).revision) == (0, 0)

    @pytest.mark.parametrize("number", [0, -1, 367])
    def test_a_snooze_ends_some_day_soon(self, number: int) -> None:
        refusal = plan_refused(ONE, SnoozeMilestone(FIRST, day(number)))
        assert refusal.reason is Reason.SNOOZE_OUT_OF_RANGE

    FINISHED = planned(FinishMilestone(FIRST), plan=ONE)
    LEFT_OUT = planned(DropMilestone(FIRST, "No need"), plan=ONE)

    @pytest.mark.parametrize(
        ("plan", "step", "reason"),
        [
            (FINISHED, FinishMilestone(FIRST), Reason.ALREADY_DONE),
            (FINISHED, DropMilestone(FIRST, "No"), Reason.MILESTONE_DONE),
            (FINISHED, MoveMilestone(FIRST, day(9)), Reason.MILESTONE_DONE),
            (FINISHED, SnoozeMilestone(FIRST, day(9)), Reason.MILESTONE_DONE),
            (LEFT_OUT, FinishMilestone(FIRST), Reason.MILESTONE_DROPPED),
            (LEFT_OUT, DropMilestone(FIRST, "No"), Reason.ALREADY_DONE),
            (ONE, DropMilestone(FIRST, " "), Reason.REASON_MISSING),
            (ONE, ReopenMilestone(FIRST), Reason.NOTHING_CHANGED),
            (ONE, MoveMilestone(FIRST, day(10)), Reason.NOTHING_CHANGED),
            (ONE, MoveMilestone(FIRST, day(-1)), Reason.DATE_PAST),
            (ONE, MoveMilestone(FIRST, day(9), "x" * (PLAN_REASON_LIMIT + 1)), Reason.TEXT_TOO_LONG),
            (
                planned(SnoozeMilestone(FIRST, day(2)), plan=ONE),
                SnoozeMilestone(FIRST, day(2)),
                Reason.NOTHING_CHANGED,
            ),
            (ONE, AddMilestone("I1", "", day(9)), Reason.MILESTONE_UNNAMED),
            (ONE, AddMilestone("I1", "Past", day(-1)), Reason.DATE_PAST),
            (ONE, AddMilestone("I1", "First list", day(10)), Reason.MILESTONE_TWICE),
            *(
                (plan, step, reason)
                for plan, reason in ((DONE, Reason.ITEM_DONE), (DROPPED, Reason.ITEM_DROPPED))
                for step in (
                    FinishMilestone(FIRST),
                    DropMilestone(FIRST, "No"),
                    MoveMilestone(FIRST, day(9)),
                    SnoozeMilestone(FIRST, day(9)),
                    AddMilestone("I1", "New", day(9)),
                    ReopenMilestone(FIRST),
                )
            ),
        ],
    )
    def test_refusals(self, plan: Plan, step: PlanStep, reason: Reason) -> None:
        assert plan_refused(plan, step).reason is reason

    def test_dropped_ones_do_not_come_back_over_the_limit(self) -> None:
        plan = LEFT_OUT = self.LEFT_OUT
        for number in range(MILESTONE_LIMIT - len(LEFT_OUT.items[0].live_milestones)):
            plan = planned(AddMilestone("I1", f"M{number}", day(number + 1)), plan=plan)
        assert plan_refused(plan, AddMilestone("I1", "M", day(1))).reason is Reason.TOO_MANY_MILESTONES
        assert plan_refused(plan, ReopenMilestone(FIRST)).reason is Reason.TOO_MANY_MILESTONES

    def test_there_is_an_end_to_adding_and_dropping(self) -> None:
        plan = ONE
        for number in range(3, 100):
            name = f"M{number}"
            plan = planned(
                AddMilestone("I1", name, day(1)), DropMilestone(f"I1-{number:02}", "No"), plan=plan
            )
        refusal = plan_refused(plan, AddMilestone("I1", "M", day(1)))
        assert (refusal.reason, refusal.limit) == (Reason.TOO_MANY_MILESTONES, 99)
        form = edit_step(plan.items[0], milestones=(WantedMilestone("New", day(1)),))
        assert plan_refused(plan, form).reason is Reason.TOO_MANY_MILESTONES
