"""Steps in a plan as use cases: once a delivery, refused by the rules, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.plan.stepping import (
    find_plan,
    plan_history,
    see_plan,
    take_plan_step,
    why_not_in_plan,
)
from bot.services.suggestions.adopting import adopt_action
from model.library.library import Amount
from model.plan.history import PlanHappened
from model.plan.plan import ItemStatus, Plan
from model.plan.steps import (
    AddItem,
    Dismiss,
    PlanStep,
    SetCapacity,
    SetStatus,
    SetTargets,
    TakeBackDismissal,
    WantedTarget,
)
from model.refusals import Reason, Refusal
from storage.database import Database
from tests.bot.desks import People, all_but, desk_of
from tests.model.libraries import action_data, library_of
from tests.storage.material import NOW, WORKSPACE, stored

TODAY = NOW.date()
TARGET = SetTargets((WantedTarget("data", 3),))
ACTION = action_data("name-owners", dimension="data")


def asked(key: str, person: str = "U1", workspace: str = WORKSPACE) -> Asked:
    return Asked(workspace, person, NOW, key)


async def test_a_step_is_taken_once_a_delivery(database: Database) -> None:
    await stored(database)
    taken = await take_plan_step(desk_of(database), asked("1"), "A1", TARGET)
    assert taken is not None
    assert (taken.before, taken.after.targeted_levels()) == (Plan("A1", "C1"), {"data": 3})
    assert taken.assessment.id == "A1"
    assert [entry.what for entry in taken.entries] == [PlanHappened.TARGET_SET]
    assert await take_plan_step(desk_of(database), asked("1"), "A1", TARGET) is None
    planned = await find_plan(database, WORKSPACE, "A1")
    assert planned.plan == taken.after


async def test_a_refused_step_changes_nothing_and_may_come_again(database: Database) -> None:
    await stored(database)
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            await take_plan_step(desk_of(database), asked("1", "U3"), "A1", TARGET)
        assert refused.value.refusal.reason is Reason.FACILITATORS_ONLY
        assert refused.value.assessment is not None
    planned = await find_plan(database, WORKSPACE, "A1")
    assert planned.plan.empty
    refusal = why_not_in_plan(planned, asked("2", "U3"), TARGET, TODAY)
    assert refusal is not None
    assert refusal.reason is Reason.FACILITATORS_ONLY
    assert why_not_in_plan(planned, asked("2"), TARGET, TODAY) is None


async def test_an_assessment_of_nobody_or_of_another_workspace(database: Database) -> None:
    await stored(database, workspace="T2")
    with pytest.raises(NoSuchAssessment):
        await take_plan_step(desk_of(database), asked("1"), "A1", TARGET)
    with pytest.raises(NoSuchAssessment):
        await find_plan(database, WORKSPACE, "A1")


async def test_an_action_becomes_an_item_once(database: Database) -> None:
    await stored(database)
    desk = desk_of(database, library=library_of([ACTION]))
    await adopt_action(desk, asked("1", "U2"), "A1", "name-owners")
    planned = await find_plan(database, WORKSPACE, "A1")
    [item] = planned.plan.items
    assert (item.action_id, item.added_by) == ("name-owners", "U2")
    assert [each.due - TODAY for each in item.milestones] == [timedelta(21), timedelta(42)]
    with pytest.raises(Refused) as refused:
        await adopt_action(desk, asked("2", "U2"), "A1", "name-owners")
    assert (refused.value.refusal.reason, refused.value.refusal.by) == (Reason.IN_PLAN_ALREADY, "U2")
    await take_plan_step(desk, asked("3"), "A1", SetStatus(item.id, ItemStatus.DONE))
    history = await plan_history(database, WORKSPACE, "A1", item.id)
    assert [entry.what for entry in history][-1] is PlanHappened.STATUS_SET


async def test_whoever_is_not_in_the_channel_neither_sees_nor_changes_it(database: Database) -> None:
    await stored(database)
    with pytest.raises(Refused) as refused:
        await take_plan_step(desk_of(database, all_but("U1")), asked("1"), "A1", TARGET)
    assert refused.value.refusal.reason is Reason.NOT_IN_CHANNEL
    with pytest.raises(Refused):
        await see_plan(desk_of(database, all_but("U1")), asked("1"), "A1")
    assert (await see_plan(desk_of(database, all_but("U1")), asked("1", "U2"), "A1")).plan.empty


GUEST = "U9"
OPEN_TO_ALL: list[PlanStep] = [
    AddItem("I9", "Count the calls", "data", 1, 2),
    Dismiss("name-owners", "We have them"),
    TakeBackDismissal("name-owners"),
    SetCapacity(Amount.LOW),
]


async def test_guests_decide_nothing_for_the_team_unless_they_take_part(database: Database) -> None:
    await stored(database)

    async def take(key: str, step: PlanStep, person: str = GUEST) -> None:
        guests = People(guests=frozenset({GUEST, "U1"}))
        await take_plan_step(desk_of(database, guests=guests), asked(key, person), "A1", step)

    for step in OPEN_TO_ALL:
        with pytest.raises(Refused) as refused:
            await take(repr(step), step)
        assert refused.value.refusal == Refusal(Reason.GUESTS_READ, who_can=("U1", "U2"))
    # Who is on the roster takes part, and a guest who owns something may finish it.
    await take("add", AddItem("I1", "Count the calls", "data", 1, 2, owners=(GUEST,)), "U1")
    await take("done", SetStatus("I1", ItemStatus.DONE))
    assert (await find_plan(database, WORKSPACE, "A1")).plan.item("I1").status is ItemStatus.DONE
