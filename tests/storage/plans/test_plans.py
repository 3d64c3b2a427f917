"""Plans: read back as written, found by date and person, changed by many at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.assessment.assessment import Assessment
from model.assessment.steps import Cancel
from model.library.library import Amount
from model.plan.history import PlanEntry, PlanHappened
from model.plan.plan import ItemStatus, Plan, Worked
from model.plan.state_machine import take_in_plan
from model.plan.steps import (
    AddItem,
    Dismiss,
    FinishMilestone,
    PlanStep,
    PlanTaken,
    RecordOutcome,
    SetCapacity,
    SetStatus,
    SetTargets,
    SnoozeMilestone,
    WantedMilestone,
    WantedTarget,
)
from storage.database import Database
from tests.model.plans import any_plan_step
from tests.storage.material import NOW, WORKSPACE, started, stepped, stored

TODAY = NOW.date()


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def item(item_id: str, *owners: str, sponsor: str | None = None, due: int = 10) -> AddItem:
    """An item for data with two milestones."""
    return AddItem(
        item_id,
        "Mend the list",
        "data",
        2,
        3,
        owners,
        sponsor,
        (WantedMilestone("First", day(due)), WantedMilestone("Whole", day(due + 30))),
        "See <the> wiki\x00",
        "Fewer calls",
        action_id=f"do-{item_id}",
    )


async def plan_with(
    database: Database, assessment: Assessment, *steps: PlanStep, by: str = "U1", workspace: str = WORKSPACE
) -> Plan:
    """Take steps, each in a unit of work of its own."""
    plan = Plan(assessment.id, assessment.channel_id)
    for step in steps:
        async with database.unit_of_work(workspace) as work:
            before = await work.plans.lock(assessment.id)
            assert before is not None
            taken = take_in_plan(before, step, assessment, by=by, at=NOW, today=TODAY)
            assert isinstance(taken, PlanTaken), taken
            await work.plans.save(before, taken.plan, taken.entries)
            await work.commit()
        plan = taken.plan
    return plan


async def test_a_plan_is_made_when_it_is_first_locked(database: Database) -> None:
    await stored(database)
    async with database.reading(WORKSPACE) as work:
        assert await work.plans.get("A1") is None
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.plans.lock("A1") == Plan("A1", "C1")
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        assert await work.plans.get("A1") == Plan("A1", "C1")
        assert await work.plans.history("A1") == []


async def test_without_the_assessment_there_is_no_plan(database: Database) -> None:
    await stored(database, workspace="T2")
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.plans.lock("A1") is None


async def test_all_of_it_is_read_back(database: Database) -> None:
    assessment = await stored(database)
    plan = await plan_with(
        database,
        assessment,
        SetTargets((WantedTarget("culture", 4, "Why <not>?", day(300)), WantedTarget("leadership", 3))),
        item("I1", "U2", "U3", sponsor="U1"),
        item("I2"),
        SnoozeMilestone("I1-01", day(5)),
        FinishMilestone("I1-02"),
        SetStatus("I2", ItemStatus.DONE),
        RecordOutcome("I2", Worked.PARTLY, "Half of it"),
        Dismiss("name-owners", "We have them"),
        Dismiss("count-calls", "Nobody calls"),
        SetCapacity(Amount.LOW),
    )
    async with database.reading(WORKSPACE) as work:
        found = await work.plans.get("A1")
        history = await work.plans.history("A1")
        of_item = await work.plans.history("A1", "I2")
    expected = [replace(each, notes=each.notes.replace("\x00", "\ufffd")) for each in plan.items]
    assert found == replace(plan, items=tuple(expected))
    assert [entry.what for entry in of_item] == [
        PlanHappened.ITEM_ADDED,
        PlanHappened.MILESTONE_ADDED,
        PlanHappened.MILESTONE_ADDED,
        PlanHappened.STATUS_SET,
        PlanHappened.OUTCOME_RECORDED,
    ]
    assert history[0] == PlanEntry(
        PlanHappened.TARGET_SET,
        "U1",
        NOW,
        dimension_id="culture",
        after=f"4 {day(300)}",
        reason="Why <not>?",
    )


async def test_open_milestones_by_date_over_the_workspace(database: Database) -> None:
    first = await stored(database)
    second = await stored(database, "A2", channel="C2")
    elsewhere = await stored(database, "A1", channel="C1", workspace="T2")
    dropped = SetStatus("I2", ItemStatus.DROPPED, "No")
    await plan_with(database, first, item("I1", "U2", due=10), item("I2", "U2", due=5), dropped)
    await plan_with(
        database, second, item("I1", "U2", due=3), FinishMilestone("I1-01"), item("I3", "U2", due=20)
    )
    # Proposals have no dates to keep.
    await plan_with(database, second, item("I4", "U2", due=1), by="U3")
    await plan_with(database, elsewhere, item("I9", "U2", due=1), workspace="T2")
    async with database.reading(WORKSPACE) as work:
        found = await work.plans.open_milestones_of("U2")
    assert [(each.plan.assessment_id, each.milestone.id) for each in found] == [
        ("A1", "I1-01"),
        ("A2", "I3-01"),
        ("A2", "I1-02"),
        ("A1", "I1-02"),
        ("A2", "I3-02"),
    ]
    assert {each.plan.channel_id for each in found} == {"C1", "C2"}


async def test_a_cancelled_assessment_has_nothing_to_remind_of(database: Database) -> None:
    assessment = await stored(database)
    await plan_with(database, assessment, item("I1", "U2"))
    async with database.unit_of_work(WORKSPACE) as work:
        before = await work.assessments.lock("A1")
        assert before is not None
        taken = stepped(before, Cancel())
        await work.assessments.save(before, taken.assessment, taken.entries)
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        assert await work.plans.open_milestones_of("U2") == []
        assert await work.plans.all() == []
        assert await work.plans.taken_from_action("do-I1") == []
        assert await work.plans.get("A1") is not None


async def test_the_milestones_of_a_person(database: Database) -> None:
    first = await stored(database)
    second = await stored(database, "A2", channel="C2")
    await plan_with(database, first, item("I1", "U2", "U3"), item("I2", "U3", due=2))
    await plan_with(database, second, item("I3", sponsor="U2", due=1))
    async with database.reading(WORKSPACE) as work:
        found = await work.plans.open_milestones_of("U2")
        nobodys = await work.plans.open_milestones_of("U9")
        taken = await work.plans.taken_from_action("do-I3")
        assert [each.assessment_id for each in await work.plans.all()] == ["A1", "A2"]
    assert [(each.item.id, each.milestone.due) for each in found] == [
        ("I3", day(1)),
        ("I1", day(10)),
        ("I3", day(31)),
        ("I1", day(40)),
    ]
    assert nobodys == []
    assert [(plan.assessment_id, each.id) for plan, each in taken] == [("A2", "I3")]


async def test_plans_with_something_proposed(database: Database) -> None:
    async with database.reading(WORKSPACE) as work:
        assert await work.plans.with_proposed_items() == []


async def test_plans_with_something_to_judge(database: Database) -> None:
    done = SetStatus("I1", ItemStatus.DONE)
    for number, outcome in enumerate((None, Worked.TOO_EARLY, Worked.NO), start=1):
        assessment = await stored(database, f"A{number}", channel=f"C{number}")
        said = [] if outcome is None else [RecordOutcome("I1", outcome)]
        await plan_with(database, assessment, item("I1"), done, *said)
    await plan_with(database, await stored(database, "A4", channel="C4"), item("I1"))
    async with database.reading(WORKSPACE) as work:
        assert [each.assessment_id for each in await work.plans.with_items_to_judge()] == ["A1", "A2"]


async def test_what_must_not_be_done(database: Database) -> None:
    assessment = await stored(database)
    plan = await plan_with(database, assessment, item("I1"))
    async with database.unit_of_work(WORKSPACE) as work:
        with pytest.raises(RuntimeError, match="locked before it is saved"):
            await work.plans.save(plan, plan, ())
        before = await work.plans.lock("A1")
        assert before is not None
        with pytest.raises(ValueError, match="keeps its assessment"):
            await work.plans.save(before, replace(before, assessment_id="A2"), ())
        with pytest.raises(ValueError, match="items of a plan stay"):
            await work.plans.save(before, replace(before, items=()), ())
        emptied = replace(before.items[0], milestones=())
        with pytest.raises(ValueError, match="milestones of an item stay"):
            await work.plans.save(before, before.with_item(emptied), ())
    async with database.reading(WORKSPACE) as work:
        with pytest.raises(RuntimeError, match="cannot change"):
            await work.plans.lock("A1")


async def test_many_at_once_lose_nothing(database: Database) -> None:
    """Each locks first a plan that is not there yet, and adds one item."""
    assessment = await stored(database)
    await asyncio.gather(
        *(plan_with(database, assessment, item(f"I{number:02}", f"U{number}")) for number in range(12))
    )
    async with database.reading(WORKSPACE) as work:
        plan = await work.plans.get("A1")
        history = await work.plans.history("A1")
    assert plan is not None
    assert sorted(each.id for each in plan.items) == [f"I{number:02}" for number in range(12)]
    assert len(history) == 36


async def test_of_many_who_add_the_same_action_one_does(database: Database) -> None:
    assessment = await stored(database)

    async def add(number: int) -> bool:
        async with database.unit_of_work(WORKSPACE) as work:
            before = await work.plans.lock("A1")
            assert before is not None
            step = replace(item(f"I{number}"), action_id="name-owners")
            taken = take_in_plan(before, step, assessment, by="U1", at=NOW, today=TODAY)
            if isinstance(taken, PlanTaken):
                await work.plans.save(before, taken.plan, taken.entries)
                await work.commit()
            return isinstance(taken, PlanTaken)

    assert sorted(await asyncio.gather(*map(add, range(8)))) == [False] * 7 + [True]


_PEOPLE = ("U1", "U2", "U3")
_steps = any_plan_step(("I1", "I2"), ("leadership", "data", "culture"), _PEOPLE, TODAY)
_walks = st.lists(st.lists(st.tuples(st.sampled_from(_PEOPLE), _steps), max_size=6), max_size=5)
_numbers = count()


@given(_walks)
@settings(
    max_examples=25,
    deadline=None,
    # The database is shared by the examples; each has an assessment and a channel of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_a_walk_is_read_back_unchanged(
    database: Database, walk: list[list[tuple[str, PlanStep]]]
) -> None:
    id_ = f"A{next(_numbers)}"
    assessment, entries = started(id_, channel=f"C-{id_}")
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(assessment, entries)
        await work.commit()
    current, noted = Plan(id_, f"C-{id_}"), []
    for moves in walk:
        async with database.unit_of_work(WORKSPACE) as work:
            before = await work.plans.lock(id_)
            assert before == current
            written: list[PlanEntry] = []
            for person, step in moves:
                outcome = take_in_plan(current, step, assessment, by=person, at=NOW, today=TODAY)
                if isinstance(outcome, PlanTaken):
                    current = outcome.plan
                    written += outcome.entries
            await work.plans.save(before, current, written)
            await work.commit()
        noted += written
    async with database.reading(WORKSPACE) as work:
        assert (await work.plans.get(id_) or Plan(id_, f"C-{id_}")) == current
        assert await work.plans.history(id_) == noted
