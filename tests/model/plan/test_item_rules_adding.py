"""Adding an item to a plan, by hand or from an action of the library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from model.library.library import Library
from model.plan.history import PlanHappened
from model.plan.item_from_action import from_action
from model.plan.plan import (
    ITEM_LIMIT,
    ITEM_TITLE_LIMIT,
    MILESTONE_LIMIT,
    MILESTONE_NAME_LIMIT,
    NOTES_LIMIT,
    OWNER_LIMIT,
    SUCCESS_LIMIT,
    ItemStatus,
)
from model.plan.steps import Dismiss, WantedMilestone
from model.refusals import Reason
from tests.model.assessments import GRACE, NIA, NOW, OMAR
from tests.model.libraries import action_data, library_of
from tests.model.plans import (
    EMPTY,
    FIRST,
    IVY,
    ONE,
    WHOLE,
    ZED,
    day,
    edit_step,
    item_step,
    plan_refused,
    plan_taken,
    planned,
    status_step,
)


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
        plan = planned(item_step(action_id="name-owners"), status_step(ItemStatus.DROPPED, "Later"))
        plan = planned(item_step("I2", action_id="name-owners"), plan=plan)
        refusal = plan_refused(plan, status_step(ItemStatus.TO_DO))
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
