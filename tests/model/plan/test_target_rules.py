"""The targets of a plan: how they are set, and what cannot be one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from model.calculation.calculator import NotApplicable
from model.calculation.gaps import projected
from model.plan.history import PlanHappened
from model.plan.plan import PLAN_REASON_LIMIT
from model.plan.steps import SetTargets, WantedTarget
from model.refusals import Reason
from tests.model.assessments import FRAMEWORK, GRACE, LATER, NIA, NOW, OMAR, started
from tests.model.plans import ASSESSED, EMPTY, ZED, day, plan_refused, plan_taken, planned, target_step


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
        plan = planned(target_step("roads", 4), target_step("bins", 4))
        taken = plan_taken(plan, target_step("bins", 5, reason="More."), OMAR, LATER)
        assert taken.plan.target("roads") == plan.target("roads")
        [entry] = taken.entries
        assert (entry.by, entry.before, entry.after, entry.reason) == (OMAR, "4", "5", "More.")

    def test_what_stays_as_it_is_keeps_who_set_it(self) -> None:
        plan = planned(target_step("roads", 4), target_step("bins", 4))
        both = SetTargets((WantedTarget("roads", 4), WantedTarget("bins", 5)))
        taken = plan_taken(plan, both, OMAR, LATER)
        roads = taken.plan.target("roads")
        assert roads is not None
        assert roads.set_by == NIA
        assert len(taken.entries) == 1

    def test_one_can_be_taken_away(self) -> None:
        taken = plan_taken(planned(target_step()), target_step(level=None))
        assert taken.plan == EMPTY
        assert [(each.what, each.before) for each in taken.entries] == [(PlanHappened.TARGET_REMOVED, "4")]

    def test_the_level_that_is_reached_already_may_be_aimed_at(self) -> None:
        assert planned(target_step(level=3)).targeted_levels() == {"roads": 3}

    def test_a_level_below_is_refused_and_names_the_dimension(self) -> None:
        refusal = plan_refused(EMPTY, target_step(level=2))
        assert (refusal.reason, refusal.level, refusal.part) == (Reason.TARGET_BELOW_LEVEL, 3, "roads")

    def test_one_that_was_passed_meanwhile_may_get_another_date(self) -> None:
        plan = planned(target_step(level=3))
        low = replace(plan, targets=(replace(plan.targets[0], level=2),))
        assert planned(target_step(level=2, by_date=day(9)), plan=low).targets[0].by_date == day(9)

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
        refusal = plan_refused(EMPTY, target_step(**rest))
        assert (refusal.reason, refusal.part) == (reason, "roads")

    def test_an_old_date_may_stay(self) -> None:
        plan = planned(target_step(by_date=day(1)))
        later = plan_taken(plan, target_step(level=5, by_date=day(1)), today=day(30))
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
        refusal = plan_refused(EMPTY, target_step("bins"), assessment=assessment)
        assert refusal.reason is Reason.TARGET_NOT_APPLICABLE

    def test_a_dimension_without_a_level_yet_may_have_any(self) -> None:
        assert plan_taken(EMPTY, target_step(level=1), assessment=started()).plan.targets[0].level == 1

    def test_nothing_new(self) -> None:
        plan = planned(target_step())
        assert plan_refused(plan, target_step()).reason is Reason.NOTHING_CHANGED
        assert plan_refused(plan, SetTargets(())).reason is Reason.NOTHING_CHANGED

    def test_who_may(self) -> None:
        assert plan_refused(EMPTY, target_step("roads"), ZED).who_can == (NIA, OMAR)
        # Grace leads parks and nothing else.
        assert plan_taken(EMPTY, target_step("parks"), GRACE).plan.targets
        assert plan_refused(EMPTY, target_step("roads"), GRACE).reason is Reason.FACILITATORS_ONLY

    def test_a_lead_sends_the_whole_form(self) -> None:
        plan = planned(target_step("roads", 4, reason="Ours."))
        form = SetTargets((WantedTarget("roads", 4, "Ours."), WantedTarget("parks", 5)))
        assert len(plan_taken(plan, form, GRACE).plan.targets) == 2

    def test_where_it_would_lead(self) -> None:
        plan = planned(SetTargets((WantedTarget("roads", 5), WantedTarget("bins", 4))))
        lead = projected(FRAMEWORK, ASSESSED.levels(), plan.targeted_levels())
        assert lead is not None
        assert lead.score.value == Decimal(4)
