"""Handing an item over to another owner."""

from __future__ import annotations

import pytest

from model.plan.history import PlanHappened
from model.plan.plan import PLAN_REASON_LIMIT, Plan
from model.plan.steps import HandOver, PlanStep
from model.refusals import Reason
from tests.model.assessments import GRACE, LATER, NIA, NOW, OMAR
from tests.model.plans import DONE, DROPPED, ONE, ZED, item_step, plan_refused, plan_taken, planned


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
