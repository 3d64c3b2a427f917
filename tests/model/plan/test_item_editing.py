"""The form of an item: everything at once, and nothing that somebody else changed meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from model.plan.history import PlanHappened
from model.plan.plan import OWNER_LIMIT, PLAN_REASON_LIMIT, ItemStatus, MilestoneState, Plan, PlanItem
from model.plan.steps import EditItem, FinishMilestone, SnoozeMilestone, WantedMilestone
from model.refusals import Reason
from tests.model.assessments import GRACE, LATER, NOW, OMAR
from tests.model.plans import (
    DONE,
    FIRST,
    ONE,
    WHOLE,
    ZED,
    day,
    edit_step,
    plan_refused,
    plan_taken,
    planned,
    status_step,
)


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
        plan = planned(status_step(ItemStatus.DOING), plan=ONE, by=ZED, at=LATER)
        refusal = plan_refused(plan, step)
        assert (refusal.reason, refusal.by, refusal.at) == (Reason.ITEM_HAS_CHANGED, ZED, LATER)

    def test_a_snooze_is_no_change(self) -> None:
        step = edit_step(ONE.items[0], title="Mine")
        plan = planned(SnoozeMilestone(FIRST, day(2)), plan=ONE, by=ZED)
        assert plan_taken(plan, step).plan.items[0].title == "Mine"

    def test_the_reason_of_the_status_before_goes(self) -> None:
        plan = planned(status_step(ItemStatus.BLOCKED, "No access"), plan=ONE)
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
