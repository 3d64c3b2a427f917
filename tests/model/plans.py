"""A plan of the small assessment, and any steps that people may try in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from model.assessment.assessment import Assessment, Role
from model.assessment.steps import AddPeople, GiveLead
from model.library.library import Amount
from model.plan.plan import ItemStatus, Plan, PlanItem, Worked
from model.plan.state_machine import take_in_plan
from model.plan.steps import (
    AddItem,
    AddMilestone,
    Dismiss,
    DropMilestone,
    EditItem,
    FinishMilestone,
    HandOver,
    MoveMilestone,
    PlanStep,
    PlanTaken,
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
from model.refusals import Refusal
from tests.model.assessments import GRACE, LATER, NIA, NOW, OMAR, after, finished

TODAY = NOW.date()
IVY, ZED = "U4IVY", "U5ZED"
"""Ivy observes; Zed is in the channel and not on the roster."""
PLANNERS = (NIA, OMAR, GRACE, IVY, ZED)


def assessed() -> Assessment:
    """Every dimension confirmed at 3; Nia and Omar facilitate, Grace leads parks, Ivy observes."""
    assessment = after(finished(), AddPeople((GRACE,), Role.ASSESSOR), AddPeople((IVY,), Role.OBSERVER))
    return after(assessment, GiveLead("parks", GRACE))


ASSESSED = assessed()
EMPTY = Plan("A1", "C1")


def day(number: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=number)


def item_step(item_id: str = "I1", **changes: Any) -> AddItem:
    """An item for roads from 3 to 4 with two milestones, that Zed owns."""
    values: dict[str, Any] = {
        "title": "Mend the road list",
        "dimension_id": "roads",
        "from_level": 3,
        "to_level": 4,
        "owners": (ZED,),
        "milestones": (WantedMilestone("First list", day(10)), WantedMilestone("Whole list", day(40))),
    }
    return AddItem(item_id, **{**values, **changes})


def edit_step(item: PlanItem, **changes: Any) -> EditItem:
    """The form of an item as it was filled in, with these fields changed."""
    values: dict[str, Any] = {
        "seen": item.revision,
        "title": item.title,
        "dimension_id": item.dimension_id,
        "from_level": item.from_level,
        "to_level": item.to_level,
        "owners": item.owners,
        "sponsor": item.sponsor,
        "status": item.status,
        "status_reason": item.status_reason,
        "milestones": tuple(WantedMilestone(each.name, each.due) for each in item.open_milestones),
        "notes": item.notes,
        "success": item.success,
    }
    return EditItem(item.id, **{**values, **changes})


def plan_taken(
    plan: Plan,
    step: PlanStep,
    by: str = NIA,
    at: datetime = NOW,
    assessment: Assessment = ASSESSED,
    today: date = TODAY,
) -> PlanTaken:
    """A step that the rules allow."""
    outcome = take_in_plan(plan, step, assessment, by=by, at=at, today=today)
    assert isinstance(outcome, PlanTaken), outcome
    return outcome


def planned(*steps: PlanStep, plan: Plan = EMPTY, by: str = NIA, at: datetime = NOW) -> Plan:
    """The plan after steps that the rules allow."""
    for step in steps:
        plan = plan_taken(plan, step, by, at).plan
    return plan


def target_step(dimension_id: str = "roads", level: int | None = 4, **rest: Any) -> SetTargets:
    """A target for one dimension."""
    return SetTargets((WantedTarget(dimension_id, level, **rest),))


def status_step(status: ItemStatus, reason: str = "") -> SetStatus:
    """Another status of the first item."""
    return SetStatus("I1", status, reason)


def plan_refused(
    plan: Plan,
    step: PlanStep,
    by: str = NIA,
    at: datetime = LATER,
    assessment: Assessment = ASSESSED,
    today: date = TODAY,
) -> Refusal:
    """Why a step is refused."""
    outcome = take_in_plan(plan, step, assessment, by=by, at=at, today=today)
    assert isinstance(outcome, Refusal), outcome
    return outcome


ONE = planned(item_step())
"""A plan of one item that is to do."""
DONE = planned(status_step(ItemStatus.DONE), plan=ONE)
DROPPED = planned(status_step(ItemStatus.DROPPED, "No money"), plan=ONE)
"""The same once its item is done, or dropped."""
FIRST, WHOLE = "I1-01", "I1-02"
"""Its two milestones."""


def any_plan_step(
    items: Sequence[str], dimensions: Sequence[str], people: Sequence[str], today: date
) -> st.SearchStrategy[PlanStep]:
    """Any step at all, sensible or not, in a plan whose items may have these ids."""
    words = st.sampled_from(["", "Because.", "<!channel> & co", "x" * 301])
    levels = st.integers(1, 5)
    days = st.integers(-2, 60).map(lambda number: today + timedelta(days=number))
    item_ids = st.sampled_from(items)
    dimension_ids = st.sampled_from(dimensions)
    milestone_ids = st.builds(lambda item, number: f"{item}-{number:02}", item_ids, st.integers(1, 4))
    persons = st.sampled_from(people)
    milestones = st.lists(
        st.builds(WantedMilestone, st.sampled_from(["First", "Second", "Third", " "]), days), max_size=3
    ).map(tuple)
    owners = st.lists(persons, max_size=3).map(tuple)
    actions = st.sampled_from(["name-owners", "count-calls"])
    titles = st.sampled_from(["Do it", "Do it\nwell", ""])
    add = st.builds(
        AddItem,
        item_ids.filter(bool),
        titles,
        dimension_ids,
        levels,
        levels,
        owners,
        st.none() | persons,
        milestones,
        words,
        words,
        st.none() | actions,
        st.none() | st.just("P1"),
    )
    edit = st.builds(
        EditItem,
        item_ids,
        st.integers(0, 4),
        titles,
        dimension_ids,
        levels,
        levels,
        owners,
        st.none() | persons,
        st.sampled_from(ItemStatus),
        words,
        milestones,
        words,
        words,
    )
    targets = st.lists(
        st.builds(WantedTarget, dimension_ids, st.none() | levels, words, st.none() | days), max_size=3
    ).map(tuple)
    return st.one_of(
        st.builds(SetTargets, targets),
        add,
        add,
        edit,
        edit,
        st.builds(SetStatus, item_ids, st.sampled_from(ItemStatus), words),
        st.builds(HandOver, item_ids, persons, st.none() | persons, words),
        st.builds(AddMilestone, item_ids, st.sampled_from(["First", "Fourth", ""]), days),
        st.builds(MoveMilestone, milestone_ids, days, words),
        st.builds(FinishMilestone, milestone_ids),
        st.builds(DropMilestone, milestone_ids, words),
        st.builds(ReopenMilestone, milestone_ids),
        st.builds(SnoozeMilestone, milestone_ids, days),
        st.builds(RecordOutcome, item_ids, st.sampled_from(Worked), words),
        st.builds(Dismiss, actions, words),
        st.builds(TakeBackDismissal, actions),
        st.builds(SetCapacity, st.none() | st.sampled_from(Amount)),
    )
