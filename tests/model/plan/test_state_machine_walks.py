"""Whatever people try in a plan, in whatever order: the plan makes sense, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from model.plan.item_editing import matched
from model.plan.plan import (
    ITEM_LIMIT,
    MILESTONE_LIMIT,
    OWNER_LIMIT,
    ItemStatus,
    MilestoneState,
    Plan,
)
from model.plan.state_machine import take_in_plan
from model.plan.steps import PlanStep, PlanTaken, WantedMilestone
from tests.model.assessments import NOW
from tests.model.plans import ASSESSED, EMPTY, PLANNERS, TODAY, any_plan_step, day, item_step, planned

ITEMS = ("I1", "I2", "I3")
ANY = any_plan_step(ITEMS, (*ASSESSED.scope, "rivers"), PLANNERS, TODAY)
MOVES = st.lists(st.tuples(st.sampled_from(PLANNERS), ANY), max_size=25)


def _makes_sense(plan: Plan) -> None:
    assert len({each.dimension_id for each in plan.targets}) == len(plan.targets)
    order = [ASSESSED.scope.index(each.dimension_id) for each in plan.targets]
    assert order == sorted(order)
    assert len(plan.items) <= ITEM_LIMIT
    assert len({each.id for each in plan.items}) == len(plan.items)
    milestones = [each.id for item in plan.items for each in item.milestones]
    assert len(set(milestones)) == len(milestones)
    for item in plan.items:
        assert item.title
        assert 1 <= item.from_level < item.to_level <= 5
        assert len(item.owners) == len(set(item.owners)) <= OWNER_LIMIT
        assert len(item.live_milestones) <= MILESTONE_LIMIT
        assert (item.finished_at is None) == (item.status is not ItemStatus.DONE)
        assert item.outcome is None or item.status is ItemStatus.DONE
        if item.status in {ItemStatus.BLOCKED, ItemStatus.DROPPED}:
            assert item.status_reason or item.revision
        dates = [(each.due, each.id) for each in item.milestones]
        assert dates == sorted(dates)
        for each in item.milestones:
            assert each.name
            assert each.open == (each.settled_by is None) == (each.settled_at is None)
            assert each.open or not each.snoozes
            assert each.state is not MilestoneState.DONE or not each.reason
    for action in ("name-owners", "count-calls"):
        taken = [
            each for each in plan.items if each.action_id == action and each.status is not ItemStatus.DROPPED
        ]
        assert len(taken) <= 1
        assert not taken or plan.dismissal(action) is None


@given(MOVES)
@settings(max_examples=150, deadline=None)
def test_a_plan_makes_sense_after_any_walk(moves: list[tuple[str, PlanStep]]) -> None:
    plan, at = EMPTY, NOW
    for by, step in moves:
        at += timedelta(minutes=1)
        outcome = take_in_plan(plan, step, ASSESSED, by=by, at=at, today=TODAY)
        if not isinstance(outcome, PlanTaken):
            continue
        assert outcome.plan != plan
        assert outcome.entries
        assert {(entry.by, entry.at) for entry in outcome.entries} == {(by, at)}
        # Nothing that was planned disappears.
        assert [each.id for each in plan.items] == [each.id for each in outcome.plan.items][: len(plan.items)]
        for before, now in zip(plan.items, outcome.plan.items, strict=False):
            assert {each.id for each in before.milestones} <= {each.id for each in now.milestones}
            assert now.revision - before.revision in (0, 1)
            assert now.revision > before.revision or now.status is before.status
        plan = outcome.plan
        _makes_sense(plan)
        again = take_in_plan(plan, step, ASSESSED, by=by, at=at, today=TODAY)
        assert not isinstance(again, PlanTaken), "the same again changes nothing"


_wanted = st.builds(WantedMilestone, st.sampled_from("ABC"), st.integers(0, 3).map(day))


@given(st.lists(_wanted, max_size=5, unique=True), st.lists(_wanted, max_size=5, unique=True))
def test_every_milestone_is_matched_gone_or_new_once(
    current: list[WantedMilestone], wanted: list[WantedMilestone]
) -> None:
    [item] = planned(item_step(milestones=tuple(current))).items
    pairs, gone, fresh = matched(item.milestones, wanted)
    assert Counter(each.id for each in [*(pair[0] for pair in pairs), *gone]) == Counter(
        each.id for each in item.milestones
    )
    assert Counter([*(pair[1] for pair in pairs), *fresh]) == Counter(wanted)
    for milestone, now in pairs:
        assert milestone.name == now.name or milestone.due == now.due
    unchanged = set(current) & set(wanted)
    kept = {
        WantedMilestone(milestone.name, milestone.due)
        for milestone, now in pairs
        if (milestone.name, milestone.due) == (now.name, now.due)
    }
    assert kept == unchanged
