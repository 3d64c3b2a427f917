"""What the team tells a plan for its suggestions: the actions it does not want, and its capacity."""

from __future__ import annotations

from model.library.library import Amount
from model.plan.plan import Dismissal
from model.plan.steps import Dismiss, SetCapacity, TakeBackDismissal
from model.refusals import Reason
from tests.model.assessments import NIA, NOW, OMAR
from tests.model.plans import EMPTY, item_step, plan_refused, planned


class TestDismissals:
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


class TestCapacity:
    def test_capacity_is_said_and_taken_back(self) -> None:
        plan = planned(SetCapacity(Amount.HIGH))
        assert plan.capacity is Amount.HIGH
        assert plan_refused(plan, SetCapacity(Amount.HIGH)).reason is Reason.NOTHING_CHANGED
        assert planned(SetCapacity(None), plan=plan) == EMPTY
