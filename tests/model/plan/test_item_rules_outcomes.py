"""Whether work that is done has worked."""

from __future__ import annotations

from datetime import timedelta

from model.plan.item_rules import ASK_AGAIN
from model.plan.plan import PLAN_REASON_LIMIT, Worked
from model.plan.steps import RecordOutcome
from model.refusals import Reason
from tests.model.assessments import GRACE, LATER, NOW
from tests.model.plans import DONE, ONE, ZED, plan_refused, plan_taken, planned


class TestOutcomes:
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
