"""The status of an item: who set it, when and why."""

from __future__ import annotations

import pytest

from model.plan.plan import PLAN_REASON_LIMIT, ItemStatus, Worked
from model.plan.steps import RecordOutcome
from model.refusals import Reason
from tests.model.assessments import GRACE, LATER, NIA, NOW
from tests.model.plans import DONE, ONE, ZED, plan_refused, plan_taken, planned, status_step


class TestStatus:
    def test_a_change_is_kept_with_who_when_and_why(self) -> None:
        taken = plan_taken(ONE, status_step(ItemStatus.BLOCKED, " No access "), ZED, LATER)
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
        assert plan_refused(ONE, status_step(status, " ")).reason is Reason.REASON_MISSING
        long = status_step(status, "x" * (PLAN_REASON_LIMIT + 1))
        assert (plan_refused(ONE, long).reason, plan_refused(ONE, long).part) == (
            Reason.TEXT_TOO_LONG,
            "reason",
        )

    def test_the_same_again_names_who_and_when(self) -> None:
        refusal = plan_refused(DONE, status_step(ItemStatus.DONE), ZED)
        assert (refusal.reason, refusal.by, refusal.at) == (Reason.ALREADY_DONE, NIA, NOW)
        assert plan_refused(DONE, status_step(ItemStatus.DONE), GRACE).reason is Reason.OWNERS_ONLY

    def test_done_and_not_done_after_all(self) -> None:
        told = planned(RecordOutcome("I1", Worked.YES), plan=DONE)
        assert told.items[0].finished_at == NOW
        [item] = planned(status_step(ItemStatus.DOING), plan=told).items
        assert (item.finished_at, item.outcome) == (None, None)
