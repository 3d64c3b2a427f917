"""The plan: each rule and each refusal, and what a plan answers about itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from model.assessment import AssessmentState
from model.calculator import NotApplicable
from model.library import Amount, Library
from model.plan import (
    ITEM_LIMIT,
    ITEM_TITLE_LIMIT,
    MILESTONE_LIMIT,
    MILESTONE_NAME_LIMIT,
    NOTES_LIMIT,
    OWNER_LIMIT,
    PLAN_REASON_LIMIT,
    SUCCESS_LIMIT,
    Dismissal,
    ItemStatus,
    MilestoneState,
    Plan,
    PlanItem,
    Snooze,
    Worked,
)
from model.plan_from_action import counted_anew, from_action
from model.plan_history import PlanHappened
from model.plan_items import ASK_AGAIN
from model.plan_steps import (
    AddMilestone,
    Dismiss,
    DropMilestone,
    EditItem,
    FinishMilestone,
    HandOver,
    MoveMilestone,
    PlanStep,
    RecordOutcome,
    ReopenMilestone,
    SetCapacity,
    SetStatus,
    SetTargets,
    SnoozeMilestone,
    TakeBackDismissal,
    WantedMilestone,
    WantedTarget,
)
from model.refusals import Reason
from model.steps import Cancel, Close, Pause
from model.targets import projected
from tests.model.assessments import FRAMEWORK, GRACE, LATER, NIA, NOW, OMAR, after, started
from tests.model.libraries import action_data, library_of
from tests.model.plans import (
    ASSESSED,
    EMPTY,
    IVY,
    TODAY,
    ZED,
    day,
    edit_step,
    item_step,
    plan_refused,
    plan_taken,
    planned,
)

ONE = planned(item_step())
"""An item under way."""
FIRST, WHOLE = "I1-01", "I1-02"


def _target(dimension_id: str = "roads", level: int | None = 4, **rest: Any) -> SetTargets:
    return SetTargets((WantedTarget(dimension_id, level, **rest),))


def same_day(day: date) -> date:
    return day


def _status(status: ItemStatus, reason: str = "") -> SetStatus:
    return SetStatus("I1", status, reason)


DONE = planned(_status(ItemStatus.DONE), plan=ONE)
DROPPED = planned(_status(ItemStatus.DROPPED, "No money"), plan=ONE)


class TestTargets:
    def test_several_at_once_in_the_order_of_the_dimensions(self) -> None:
        taken = plan_taken(
            EMPTY,
            SetTargets(
                (
                    WantedTarget("bins", 5, "  The new contract.\n", day(300)),
                    WantedTarget("roads", 4),
                    WantedTarget("parks", None),
                )
            ),
        )
        assert [(each.dimension_id, each.level) for each in taken.plan.targets] == [("roads", 4), ("bins", 5)]
        bins = taken.plan.target("bins")
        assert bins is not None
        assert (bins.reason, bins.by_date, bins.set_by, bins.set_at) == (
            "The new contract.",
            day(300),
            NIA,
            NOW,
        )
        assert [(each.what, each.dimension_id, each.before, each.after) for each in taken.entries] == [
            (PlanHappened.TARGET_SET, "bins", "", f"5 {day(300)}"),
            (PlanHappened.TARGET_SET, "roads", "", "4"),
        ]

    def test_a_change_keeps_the_others_and_is_noted(self) -> None:
        plan = planned(_target("roads", 4), _target("bins", 4))
        taken = plan_taken(plan, _target("bins", 5, reason="More."), OMAR, LATER)
        assert taken.plan.target("roads") == plan.target("roads")
        [entry] = taken.entries
        assert (entry.by, entry.before, entry.after, entry.reason) == (OMAR, "4", "5", "More.")

    def test_what_stays_as_it_is_keeps_who_set_it(self) -> None:
        plan = planned(_target("roads", 4), _target("bins", 4))
        both = SetTargets((WantedTarget("roads", 4), WantedTarget("bins", 5)))
        taken = plan_taken(plan, both, OMAR, LATER)
        roads = taken.plan.target("roads")
        assert roads is not None
        assert roads.set_by == NIA
        assert len(taken.entries) == 1

    def test_one_can_be_taken_away(self) -> None:
        taken = plan_taken(planned(_target()), _target(level=None))
        assert taken.plan == EMPTY
        assert [(each.what, each.before) for each in taken.entries] == [(PlanHappened.TARGET_REMOVED, "4")]

    def test_the_level_that_is_reached_already_may_be_aimed_at(self) -> None:
        assert planned(_target(level=3)).targeted_levels() == {"roads": 3}

    def test_a_level_below_is_refused_and_names_the_dimension(self) -> None:
        refusal = plan_refused(EMPTY, _target(level=2))
        assert (refusal.reason, refusal.level, refusal.part) == (Reason.TARGET_BELOW_LEVEL, 3, "roads")

    def test_one_that_was_passed_meanwhile_may_get_another_date(self) -> None:
        plan = planned(_target(level=3))
        low = replace(plan, targets=(replace(plan.targets[0], level=2),))
        assert planned(_target(level=2, by_date=day(9)), plan=low).targets[0].by_date == day(9)

    @pytest.mark.parametrize(
        ("rest", "reason"),
        [
            ({"level": 0}, Reason.LEVEL_OUT_OF_RANGE),
            ({"level": 6}, Reason.LEVEL_OUT_OF_RANGE),
            ({"level": True}, Reason.LEVEL_OUT_OF_RANGE),
            ({"by_date": day(-1)}, Reason.DATE_PAST),
            ({"reason": "x" * (PLAN_REASON_LIMIT + 1)}, Reason.TEXT_TOO_LONG),
        ],
    )
    def test_what_cannot_be_a_target(self, rest: dict[str, Any], reason: Reason) -> None:
        refusal = plan_refused(EMPTY, _target(**rest))
        assert (refusal.reason, refusal.part) == (reason, "roads")

    def test_an_old_date_may_stay(self) -> None:
        plan = planned(_target(by_date=day(1)))
        later = plan_taken(plan, _target(level=5, by_date=day(1)), today=day(30))
        assert later.plan.targets[0].by_date == day(1)

    def test_all_or_none(self) -> None:
        both = SetTargets((WantedTarget("roads", 4), WantedTarget("bins", 1)))
        assert plan_refused(EMPTY, both).part == "bins"

    def test_a_dimension_that_does_not_apply_has_none(self) -> None:
        dimension = ASSESSED.dimension("bins")
        assert dimension.confirmation is not None
        gone = replace(dimension, confirmation=replace(dimension.confirmation, level=None))
        assessment = ASSESSED.with_dimension(gone)
        assert assessment.dimension_level("bins") is NotApplicable.NOT_APPLICABLE
        refusal = plan_refused(EMPTY, _target("bins"), assessment=assessment)
        assert refusal.reason is Reason.TARGET_NOT_APPLICABLE

    def test_a_dimension_without_a_level_yet_may_have_any(self) -> None:
        assert plan_taken(EMPTY, _target(level=1), assessment=started()).plan.targets[0].level == 1

    def test_nothing_new(self) -> None:
        plan = planned(_target())
        assert plan_refused(plan, _target()).reason is Reason.NOTHING_CHANGED
        assert plan_refused(plan, SetTargets(())).reason is Reason.NOTHING_CHANGED

    def test_who_may(self) -> None:
        assert plan_refused(EMPTY, _target("roads"), ZED).who_can == (NIA, OMAR)
        # Grace leads parks and nothing else.
        assert plan_taken(EMPTY, _target("parks"), GRACE).plan.targets
        assert plan_refused(EMPTY, _target("roads"), GRACE).reason is Reason.FACILITATORS_ONLY

    def test_a_lead_sends_the_whole_form(self) -> None:
        plan = planned(_target("roads", 4, reason="Ours."))
        form = SetTargets((WantedTarget("roads", 4, "Ours."), WantedTarget("parks", 5)))
        assert len(plan_taken(plan, form, GRACE).plan.targets) == 2

    def test_where_it_would_lead(self) -> None:
        plan = planned(SetTargets((WantedTarget("roads", 5), WantedTarget("bins", 4))))
        lead = projected(FRAMEWORK, ASSESSED.levels(), plan.targeted_levels())
        assert lead is not None
        assert lead.score.value == Decimal(4)


class TestAdding:
    def test_a_facilitators_item_is_taken_on(self) -> None:
        taken = plan_taken(EMPTY, item_step(title="  Mend the\nroad list "))
        [item] = taken.plan.items
        assert (item.title, item.status, item.owners) == (
            "Mend the road list",
            ItemStatus.TO_DO,
            (ZED,),
        )
        assert (item.added_by, item.added_at, item.level_when_added, item.revision) == (NIA, NOW, 3, 0)
        assert [(each.id, each.name, each.due, each.due_set_at) for each in item.milestones] == [
            (FIRST, "First list", day(10), NOW),
            (WHOLE, "Whole list", day(40), NOW),
        ]
        assert [each.what for each in taken.entries] == [
            PlanHappened.ITEM_ADDED,
            PlanHappened.MILESTONE_ADDED,
            PlanHappened.MILESTONE_ADDED,
        ]

    @pytest.mark.parametrize("person", [GRACE, ZED])
    def test_anybody_elses_is_a_proposal(self, person: str) -> None:
        assert plan_taken(EMPTY, item_step(), person).plan.items[0].status is ItemStatus.PROPOSED

    def test_a_leads_in_their_dimension_is_taken_on(self) -> None:
        step = item_step(dimension_id="parks")
        assert plan_taken(EMPTY, step, GRACE).plan.items[0].status is ItemStatus.TO_DO

    def test_observers_read(self) -> None:
        assert plan_refused(EMPTY, item_step(), IVY).reason is Reason.OBSERVERS_READ

    @pytest.mark.parametrize(
        ("changes", "reason", "part"),
        [
            ({"title": " \n"}, Reason.ITEM_UNNAMED, "title"),
            ({"title": "x" * (ITEM_TITLE_LIMIT + 1)}, Reason.TEXT_TOO_LONG, "title"),
            ({"notes": "x" * (NOTES_LIMIT + 1)}, Reason.TEXT_TOO_LONG, "notes"),
            ({"success": "x" * (SUCCESS_LIMIT + 1)}, Reason.TEXT_TOO_LONG, "success"),
            ({"dimension_id": "rivers"}, Reason.UNKNOWN_DIMENSION, ""),
            ({"from_level": 4}, Reason.LEVELS_OUT_OF_ORDER, "to_level"),
            ({"to_level": 6}, Reason.LEVEL_OUT_OF_RANGE, "to_level"),
            ({"from_level": 0}, Reason.LEVEL_OUT_OF_RANGE, "to_level"),
            ({"owners": tuple(f"U{n}" for n in range(OWNER_LIMIT + 1))}, Reason.TOO_MANY_OWNERS, "owners"),
            ({"milestones": (WantedMilestone(" ", day(1)),)}, Reason.MILESTONE_UNNAMED, "milestones"),
            (
                {"milestones": (WantedMilestone("x" * (MILESTONE_NAME_LIMIT + 1), day(1)),)},
                Reason.TEXT_TOO_LONG,
                "milestones",
            ),
            ({"milestones": (WantedMilestone("Past", day(-1)),)}, Reason.DATE_PAST, "milestones"),
            ({"milestones": (WantedMilestone("Twice", day(1)),) * 2}, Reason.MILESTONE_TWICE, "milestones"),
            (
                {
                    "milestones": tuple(
                        WantedMilestone(f"M{number}", day(number)) for number in range(MILESTONE_LIMIT + 1)
                    )
                },
                Reason.TOO_MANY_MILESTONES,
                "milestones",
            ),
        ],
    )
    def test_what_is_wrong_is_named_at_its_field(
        self, changes: dict[str, Any], reason: Reason, part: str
    ) -> None:
        refusal = plan_refused(EMPTY, item_step(**changes))
        assert (refusal.reason, refusal.part) == (reason, part)

    def test_a_full_plan(self) -> None:
        [item] = ONE.items
        full = replace(EMPTY, items=tuple(replace(item, id=f"I{n}") for n in range(ITEM_LIMIT)))
        assert plan_refused(full, item_step("new")).reason is Reason.TOO_MANY_ITEMS

    def test_an_action_or_a_proposal_once_with_who_and_when(self) -> None:
        plan = planned(item_step(action_id="name-owners", proposal_id="P1"))
        for twice in (item_step("I2", action_id="name-owners"), item_step("I2", proposal_id="P1")):
            refusal = plan_refused(plan, twice, OMAR)
            assert (refusal.reason, refusal.by, refusal.at) == (Reason.IN_PLAN_ALREADY, NIA, NOW)

    def test_the_same_item_once(self) -> None:
        assert plan_refused(ONE, item_step()).reason is Reason.IN_PLAN_ALREADY

    def test_again_once_it_was_dropped_and_not_both(self) -> None:
        plan = planned(item_step(action_id="name-owners"), _status(ItemStatus.DROPPED, "Later"))
        plan = planned(item_step("I2", action_id="name-owners"), plan=plan)
        refusal = plan_refused(plan, _status(ItemStatus.TO_DO))
        assert refusal.reason is Reason.IN_PLAN_ALREADY
        item = plan.item("I1")
        form = edit_step(item, status=ItemStatus.DOING)
        assert plan_refused(plan, form).reason is Reason.IN_PLAN_ALREADY

    def test_adding_takes_a_dismissal_back(self) -> None:
        plan = planned(Dismiss("name-owners", "Too small"), Dismiss("count-calls", "Done"))
        plan = planned(item_step(action_id="name-owners"), plan=plan)
        assert [each.action_id for each in plan.dismissed] == ["count-calls"]


class TestFromAnAction:
    LIBRARY: Library = library_of(
        [
            action_data(
                "name-owners",
                weeks=8,
                milestones=[
                    {"name": "Agreed", "week": 0},
                    {"name": "Half way", "week": 4},
                    {"name": "Done", "week": 5},
                ],
            )
        ]
    )

    def test_milestones_are_counted_from_the_start_and_moved_to_working_days(self) -> None:
        """From Monday 30 November 2026: week 4 is 28 December, a bank holiday in lieu of Boxing Day."""
        closed = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}

        def next_working_day(day: date) -> date:
            while day.weekday() > 4 or day in closed:
                day += timedelta(days=1)
            return day

        step = from_action(
            self.LIBRARY.action("name-owners"),
            item_id="I1",
            start=date(2026, 11, 30),
            next_working_day=next_working_day,
            owners=(GRACE,),
        )
        assert step.milestones == (
            WantedMilestone("Agreed", date(2026, 11, 30)),
            WantedMilestone("Half way", date(2026, 12, 29)),
            WantedMilestone("Done", date(2027, 1, 4)),
        )
        [item] = planned(step).items
        assert (item.action_id, item.title, item.success, item.owners) == (
            "name-owners",
            "Do name owners",
            "One can see it.",
            (GRACE,),
        )
        assert (item.from_level, item.to_level, item.dimension_id) == (1, 2, "roads")


class TestRights:
    STEPS: tuple[PlanStep, ...] = (
        _status(ItemStatus.DOING),
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
        assert plan_taken(plan, _status(ItemStatus.DROPPED, "No"), GRACE).plan
        refusal = plan_refused(plan, _status(ItemStatus.TO_DO), GRACE)
        assert (refusal.reason, refusal.who_can) == (Reason.PROPOSALS_ARE_ACCEPTED, (NIA, OMAR))
        form = edit_step(plan.items[0], status=ItemStatus.DONE)
        assert plan_refused(plan, form, GRACE).reason is Reason.PROPOSALS_ARE_ACCEPTED
        accepted = planned(_status(ItemStatus.TO_DO), plan=plan)
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
            (_target("rivers"), Reason.UNKNOWN_DIMENSION),
        ],
    )
    def test_what_is_not_there(self, step: PlanStep, reason: Reason) -> None:
        assert plan_refused(ONE, step).reason is reason


class TestStatus:
    def test_a_change_is_kept_with_who_when_and_why(self) -> None:
        taken = plan_taken(ONE, _status(ItemStatus.BLOCKED, " No access "), ZED, LATER)
        [item] = taken.plan.items
        assert (item.status, item.status_reason, item.status_by, item.status_at, item.revision) == (
            ItemStatus.BLOCKED,
            "No access",
            ZED,
            LATER,
            1,
        )
        [entry] = taken.entries
        assert (entry.before, entry.after, entry.reason) == ("to_do", "blocked", "No access")

    @pytest.mark.parametrize("status", [ItemStatus.BLOCKED, ItemStatus.DROPPED])
    def test_some_need_a_reason(self, status: ItemStatus) -> None:
        assert plan_refused(ONE, _status(status, " ")).reason is Reason.REASON_MISSING
        long = _status(status, "x" * (PLAN_REASON_LIMIT + 1))
        assert (plan_refused(ONE, long).reason, plan_refused(ONE, long).part) == (
            Reason.TEXT_TOO_LONG,
            "reason",
        )

    def test_the_same_again_names_who_and_when(self) -> None:
        refusal = plan_refused(DONE, _status(ItemStatus.DONE), ZED)
        assert (refusal.reason, refusal.by, refusal.at) == (Reason.ALREADY_DONE, NIA, NOW)
        assert plan_refused(DONE, _status(ItemStatus.DONE), GRACE).reason is Reason.OWNERS_ONLY

    def test_done_and_not_done_after_all(self) -> None:
        told = planned(RecordOutcome("I1", Worked.YES), plan=DONE)
        assert told.items[0].finished_at == NOW
        [item] = planned(_status(ItemStatus.DOING), plan=told).items
        assert (item.finished_at, item.outcome) == (None, None)


class TestHandingOver:
    def test_all_of_it(self) -> None:
        taken = plan_taken(ONE, HandOver("I1", GRACE, reason="On leave"), ZED, LATER)
        [item] = taken.plan.items
        assert [(each.person, each.since) for each in item.owned] == [(GRACE, LATER)]
        [entry] = taken.entries
        assert (entry.what, entry.before, entry.after, entry.reason) == (
            PlanHappened.HANDED_OVER,
            ZED,
            GRACE,
            "On leave",
        )

    def test_one_of_several_owners(self) -> None:
        plan = planned(item_step(owners=(ZED, OMAR)))
        [item] = plan_taken(plan, HandOver("I1", GRACE, ZED), at=LATER).plan.items
        assert [(each.person, each.since) for each in item.owned] == [(GRACE, LATER), (OMAR, NOW)]
        [item] = plan_taken(plan, HandOver("I1", OMAR, ZED), at=LATER).plan.items
        assert item.owners == (OMAR,)

    def test_nobody_owned_it(self) -> None:
        plan = planned(item_step(owners=()))
        assert plan_taken(plan, HandOver("I1", GRACE)).plan.items[0].owners == (GRACE,)

    @pytest.mark.parametrize(
        ("plan", "step", "reason"),
        [
            (ONE, HandOver("I1", ZED), Reason.NOTHING_CHANGED),
            (ONE, HandOver("I1", ""), Reason.NOBODY_CHOSEN),
            (ONE, HandOver("I1", NIA, OMAR), Reason.NOT_AN_OWNER),
            (ONE, HandOver("I1", NIA, reason="x" * (PLAN_REASON_LIMIT + 1)), Reason.TEXT_TOO_LONG),
            (DONE, HandOver("I1", NIA), Reason.ITEM_DONE),
            (DROPPED, HandOver("I1", NIA), Reason.ITEM_DROPPED),
        ],
    )
    def test_refusals(self, plan: Plan, step: PlanStep, reason: Reason) -> None:
        assert plan_refused(plan, step).reason is reason


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


def _edited(plan: Plan, **changes: Any) -> tuple[PlanItem, list[PlanHappened]]:
    taken = plan_taken(plan, edit_step(plan.items[0], **changes), ZED, LATER)
    return taken.plan.items[0], [each.what for each in taken.entries]


class TestEditing:
    def test_everything_at_once_with_an_entry_for_each(self) -> None:
        item, happened = _edited(
            ONE,
            title="Another",
            dimension_id="bins",
            from_level=2,
            to_level=5,
            owners=(ZED, GRACE, ZED),
            sponsor=OMAR,
            status=ItemStatus.DOING,
            notes=" See the wiki. ",
            success="Fewer calls",
            milestones=(WantedMilestone("Begun", day(3)),),
        )
        assert happened == [
            PlanHappened.TITLE_CHANGED,
            PlanHappened.DIMENSION_CHANGED,
            PlanHappened.LEVELS_CHANGED,
            PlanHappened.OWNERS_CHANGED,
            PlanHappened.SPONSOR_CHANGED,
            PlanHappened.NOTES_CHANGED,
            PlanHappened.SUCCESS_CHANGED,
            PlanHappened.STATUS_SET,
            PlanHappened.MILESTONE_DROPPED,
            PlanHappened.MILESTONE_DROPPED,
            PlanHappened.MILESTONE_ADDED,
        ]
        assert (item.title, item.dimension_id, item.from_level, item.to_level) == ("Another", "bins", 2, 5)
        assert [(each.person, each.since) for each in item.owned] == [(ZED, NOW), (GRACE, LATER)]
        assert (item.sponsor, item.status, item.notes, item.success) == (
            OMAR,
            ItemStatus.DOING,
            "See the wiki.",
            "Fewer calls",
        )
        assert [(each.name, each.due) for each in item.open_milestones] == [("Begun", day(3))]
        assert (item.revision, item.changed_by, item.changed_at) == (1, ZED, LATER)

    def test_milestones_are_known_again(self) -> None:
        """By name with another date, by date with another name; the rest is new or gone."""
        item, happened = _edited(
            ONE,
            milestones=(
                WantedMilestone("First list", day(20)),
                WantedMilestone("All of it", day(40)),
                WantedMilestone("Party", day(60)),
            ),
        )
        assert [(each.id, each.name, each.due) for each in item.milestones] == [
            (FIRST, "First list", day(20)),
            (WHOLE, "All of it", day(40)),
            ("I1-03", "Party", day(60)),
        ]
        assert happened == [
            PlanHappened.MILESTONE_MOVED,
            PlanHappened.MILESTONE_RENAMED,
            PlanHappened.MILESTONE_ADDED,
        ]

    def test_what_is_done_is_left_alone(self) -> None:
        plan = planned(FinishMilestone(FIRST), plan=ONE)
        item, happened = _edited(plan, milestones=())
        assert happened == [PlanHappened.MILESTONE_DROPPED]
        assert item.milestone(FIRST).state is MilestoneState.DONE

    def test_an_old_date_may_stay_and_no_new_one_be_past(self) -> None:
        step = edit_step(ONE.items[0], title="Late")
        assert plan_taken(ONE, step, today=day(20)).plan.items[0].overdue(day(20))
        moved = edit_step(ONE.items[0], milestones=(WantedMilestone("First list", day(5)),))
        refusal = plan_refused(ONE, moved, today=day(20))
        assert (refusal.reason, refusal.words) == (Reason.DATE_PAST, "First list")

    def test_somebody_was_faster(self) -> None:
        step = edit_step(ONE.items[0], title="Mine")
        plan = planned(_status(ItemStatus.DOING), plan=ONE, by=ZED, at=LATER)
        refusal = plan_refused(plan, step)
        assert (refusal.reason, refusal.by, refusal.at) == (Reason.ITEM_HAS_CHANGED, ZED, LATER)

    def test_a_snooze_is_no_change(self) -> None:
        step = edit_step(ONE.items[0], title="Mine")
        plan = planned(SnoozeMilestone(FIRST, day(2)), plan=ONE, by=ZED)
        assert plan_taken(plan, step).plan.items[0].title == "Mine"

    def test_the_reason_of_the_status_before_goes(self) -> None:
        plan = planned(_status(ItemStatus.BLOCKED, "No access"), plan=ONE)
        item, _ = _edited(plan, status=ItemStatus.DOING)
        assert item.status_reason == ""
        item, _ = _edited(plan, status=ItemStatus.DROPPED)
        assert item.status_reason == "No access"
        item, happened = _edited(plan, status_reason="Still no access")
        assert (item.status_reason, happened) == ("Still no access", [PlanHappened.STATUS_SET])

    def test_an_item_that_is_over_may_be_put_right(self) -> None:
        assert _edited(DONE, notes="What we learnt")[0].notes == "What we learnt"

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({}, Reason.NOTHING_CHANGED),
            ({"title": ""}, Reason.ITEM_UNNAMED),
            ({"to_level": 3}, Reason.LEVELS_OUT_OF_ORDER),
            ({"status": ItemStatus.BLOCKED}, Reason.REASON_MISSING),
            ({"status_reason": "x" * (PLAN_REASON_LIMIT + 1)}, Reason.TEXT_TOO_LONG),
            ({"owners": tuple(f"U{n}" for n in range(OWNER_LIMIT + 1))}, Reason.TOO_MANY_OWNERS),
            ({"milestones": (WantedMilestone("Twice", day(1)),) * 2}, Reason.MILESTONE_TWICE),
        ],
    )
    def test_refusals(self, changes: dict[str, Any], reason: Reason) -> None:
        step: EditItem = edit_step(ONE.items[0], **changes)
        assert plan_refused(ONE, step).reason is reason


class TestTheRest:
    def test_a_dismissal_is_remembered_and_taken_back(self) -> None:
        plan = planned(Dismiss("name-owners", " We have them. "))
        assert plan.dismissed == (Dismissal("name-owners", "We have them.", NIA, NOW),)
        assert plan.dismissal("count-calls") is None
        again = plan_refused(plan, Dismiss("name-owners", "No"), OMAR)
        assert (again.reason, again.by, again.at) == (Reason.ALREADY_DONE, NIA, NOW)
        back = planned(TakeBackDismissal("name-owners"), plan=plan)
        assert back == EMPTY
        assert plan_refused(back, TakeBackDismissal("name-owners")).reason is Reason.NOTHING_CHANGED

    def test_a_dismissal_needs_a_reason_and_an_action_that_is_not_in_the_plan(self) -> None:
        assert plan_refused(EMPTY, Dismiss("name-owners", "")).reason is Reason.REASON_MISSING
        plan = planned(item_step(action_id="name-owners"))
        assert plan_refused(plan, Dismiss("name-owners", "No")).reason is Reason.IN_PLAN_ALREADY

    def test_capacity_is_said_and_taken_back(self) -> None:
        plan = planned(SetCapacity(Amount.HIGH))
        assert plan.capacity is Amount.HIGH
        assert plan_refused(plan, SetCapacity(Amount.HIGH)).reason is Reason.NOTHING_CHANGED
        assert planned(SetCapacity(None), plan=plan) == EMPTY

    def test_whether_it_worked_may_be_said_again(self) -> None:
        plan = planned(RecordOutcome("I1", Worked.TOO_EARLY, "Ask in May"), plan=DONE)
        again = plan_refused(plan, RecordOutcome("I1", Worked.TOO_EARLY, "Ask in May"))
        assert again.reason is Reason.ALREADY_DONE
        taken = plan_taken(plan, RecordOutcome("I1", Worked.PARTLY), ZED, LATER)
        outcome = taken.plan.items[0].outcome
        assert outcome is not None
        assert (outcome.worked, outcome.by, outcome.at) == (Worked.PARTLY, ZED, LATER)
        assert [(each.before, each.after) for each in taken.entries] == [("too_early", "partly")]

    def test_too_early_may_be_said_again_when_it_was_asked_again(self) -> None:
        early = RecordOutcome("I1", Worked.TOO_EARLY)
        plan = planned(early, plan=DONE)
        soon = NOW + ASK_AGAIN - timedelta(seconds=1)
        assert plan_refused(plan, early, at=soon).reason is Reason.ALREADY_DONE
        taken = plan_taken(plan, early, at=NOW + ASK_AGAIN)
        outcome = taken.plan.items[0].outcome
        assert outcome is not None and outcome.at == NOW + ASK_AGAIN
        said = planned(RecordOutcome("I1", Worked.YES), plan=DONE)
        again = plan_refused(said, RecordOutcome("I1", Worked.YES), at=NOW + ASK_AGAIN)
        assert again.reason is Reason.ALREADY_DONE

    def test_nobody_can_say_whether_unfinished_work_worked(self) -> None:
        assert plan_refused(ONE, RecordOutcome("I1", Worked.YES)).reason is Reason.NOT_DONE_YET
        long = RecordOutcome("I1", Worked.YES, "x" * (PLAN_REASON_LIMIT + 1))
        assert plan_refused(DONE, long).reason is Reason.TEXT_TOO_LONG
        assert plan_refused(DONE, RecordOutcome("I1", Worked.YES), GRACE).reason is Reason.OWNERS_ONLY


class TestWhatAPlanSays:
    def test_progress(self) -> None:
        plan = planned(item_step("I2"), item_step("I3"), item_step("I4"), plan=DONE)
        plan = planned(SetStatus("I4", ItemStatus.DROPPED, "No"), FinishMilestone("I2-01"), plan=plan)
        plan = planned(item_step("I5"), plan=plan, by=GRACE)
        assert plan.progress == (1, 3)
        assert plan.item("I1").progress == (2, 2)
        assert plan.item("I2").progress == (1, 2)
        assert plan.levels_if_all_succeed() == {"roads": 4}
        assert [(item.id, each.id) for item, each in plan.milestones] == [
            ("I3", "I3-01"),
            ("I2", "I2-02"),
            ("I3", "I3-02"),
        ]

    @pytest.mark.parametrize("worked", Worked)
    def test_what_did_not_work_leads_nowhere(self, worked: Worked) -> None:
        plan = planned(RecordOutcome("I1", worked), plan=DONE)
        assert plan.levels_if_all_succeed() == ({} if worked is Worked.NO else {"roads": 4})

    def test_what_is_next_and_what_is_late(self) -> None:
        [item] = ONE.items
        assert item.next_milestone is not None
        assert item.next_milestone.id == FIRST
        assert not item.overdue(day(10))
        assert item.overdue(day(11))
        assert DONE.items[0].next_milestone is None
        assert not DONE.items[0].overdue(day(11))
        proposed = planned(item_step(), by=GRACE).items[0]
        assert not proposed.overdue(day(11))
        assert proposed.next_milestone is not None

    def test_whose_items(self) -> None:
        plan = planned(item_step("I2", owners=(GRACE,), sponsor=ZED), plan=ONE)
        assert [item.id for item in plan.items_of(ZED)] == ["I1", "I2"]
        assert [item.id for item in plan.items_of(GRACE)] == ["I2"]
        assert plan.items_of(OMAR) == ()

    def test_empty(self) -> None:
        assert EMPTY.empty
        assert not ONE.empty
        assert not planned(_target()).empty
        assert planned(SetCapacity(Amount.LOW)).empty
        assert NOW.date() == TODAY
