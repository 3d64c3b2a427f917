"""What a plan answers about itself."""

from __future__ import annotations

import pytest

from model.library.library import Amount
from model.plan.plan import ItemStatus, Worked
from model.plan.steps import FinishMilestone, RecordOutcome, SetCapacity, SetStatus
from tests.model.assessments import GRACE, NOW, OMAR
from tests.model.plans import DONE, EMPTY, FIRST, ONE, TODAY, ZED, day, item_step, planned, target_step


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
        assert not planned(target_step()).empty
        assert planned(SetCapacity(Amount.LOW)).empty
        assert NOW.date() == TODAY
