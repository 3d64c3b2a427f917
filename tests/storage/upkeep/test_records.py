"""Everything that is kept can be handed out, hidden votes excepted, and a person can be taken out of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from model.assessment.assessment import Assessment, Mode, Role
from model.assessment.steps import (
    Abstain,
    AddEvidence,
    AddPeople,
    Agree,
    GiveLead,
    OpenDimension,
    RecordLevel,
    Reveal,
    Step,
    VoteAgain,
)
from model.plan.plan import ItemStatus
from model.plan.state_machine import take_in_plan
from model.plan.steps import (
    AddItem,
    PlanStep,
    PlanTaken,
    SetStatus,
    SetTargets,
    WantedMilestone,
    WantedTarget,
)
from storage.database import Database
from storage.messages.messages import WantedMessage
from storage.tables import metadata
from storage.upkeep.records import HIDDEN, Records
from tests.storage.material import NOW, SECOND, WORKSPACE, started, stepped

SUE, ZOE, AMY, KIM = "U0SUE", "U0SUEZOE", "U0AMY", "U0KIM"
"""The id of one is the beginning of another's."""
STAND_IN = "erased-1"
FIRST, SECOND_PROMPT = "leadership-first", "leadership-second"


async def _filled(database: Database) -> Assessment:
    """An assessment, its plan, settings and direct messages, in all of which Sue and Zoe have a part."""
    assessment, entries = started()
    assessment = replace(assessment, mode=Mode.TOGETHER)
    steps: list[tuple[Step, str]] = [
        (AddPeople((SUE, ZOE, AMY, KIM), Role.ASSESSOR), "U1"),
        (AddPeople((SUE,), Role.FACILITATOR), "U1"),
        (GiveLead("leadership", SUE), "U1"),
        (OpenDimension("leadership"), SUE),
        (RecordLevel(FIRST, 2), SUE),
        (AddEvidence(FIRST, "E1", f"Ask <@{SUE}>, not <@{ZOE}>.", ""), SUE),
        (Reveal(FIRST), SUE),
        (VoteAgain(FIRST), SUE),
        (RecordLevel(FIRST, 3), SUE),
        (Reveal(FIRST), SUE),
        (Agree(FIRST, 3), SUE),
        (RecordLevel(SECOND_PROMPT, 4), ZOE),
    ]
    for step, by in steps:
        taken = stepped(assessment, step, by=by)
        assessment, entries = taken.assessment, (*entries, *taken.entries)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(assessment, entries)
        await work.settings.put("channel:C1", "start", {"facilitators": [SUE, ZOE]})
        await work.settings.put(f"person:{SUE}", "away", [])
        for key, channel in ((f"nudge:A1:{SUE}", SUE), ("board:A1", "C1")):
            wanted = WantedMessage(key, "board", channel, "A1", None, None)
            await work.messages.want(wanted, NOW, redraw_after=SECOND)
        await work.commit()
    plan_steps: list[PlanStep] = [
        SetTargets((WantedTarget("leadership", 4, "Sue said so"),)),
        _item("I1", "Under way"),
        _item("I2", "Done"),
        SetStatus("I2", ItemStatus.DONE),
    ]
    async with database.unit_of_work(WORKSPACE) as work:
        plan = await work.plans.lock("A1")
        assert plan is not None
        for planned in plan_steps:
            outcome = take_in_plan(plan, planned, assessment, by=SUE, at=NOW, today=NOW.date())
            assert isinstance(outcome, PlanTaken), outcome
            await work.plans.save(plan, outcome.plan, outcome.entries)
            plan = outcome.plan
        await work.commit()
    return assessment


def _item(item_id: str, title: str) -> AddItem:
    due = NOW.date() + timedelta(days=9)
    milestones = (WantedMilestone("First", due),)
    return AddItem(item_id, title, "leadership", 2, 3, (SUE, ZOE), SUE, milestones)


async def _everything(database: Database, assessment_id: str | None = None) -> Records:
    async with database.reading(WORKSPACE) as work:
        return await work.records.everything(assessment_id=assessment_id)


async def test_every_table_is_handed_out_and_can_be_written_as_json(database: Database) -> None:
    await _filled(database)
    found = await _everything(database)
    assert set(found) == set(metadata.tables) - {"delivery_seen", "channel_pace"}
    assert json.loads(json.dumps(found)) == found
    assert [row["title"] for row in found["plan_item"]] == ["Under way", "Done"]
    async with database.reading("T2") as work:
        assert not any((await work.records.everything()).values()), "another workspace's are its own"
    one = await _everything(database, "A1")
    assert one["vote"] == found["vote"] and "setting" not in one
    assert not any((await _everything(database, "A2")).values())


async def test_hidden_votes_stay_hidden_and_revealed_ones_do_not(database: Database) -> None:
    await _filled(database)
    async with database.unit_of_work(WORKSPACE) as work:
        before = await work.assessments.lock("A1")
        assert before is not None
        taken = stepped(before, Abstain(SECOND_PROMPT), by=AMY)
        await work.assessments.save(before, taken.assessment, taken.entries)
        await work.commit()
    found = await _everything(database)
    levels = {(row["prompt_id"], row["person"], row["round"]): row["level"] for row in found["vote"]}
    assert levels == {
        (FIRST, SUE, 1): 2,
        (FIRST, SUE, 2): 3,
        (SECOND_PROMPT, ZOE, 1): HIDDEN,
        (SECOND_PROMPT, AMY, 1): HIDDEN,
    }
    cast = [row for row in found["history"] if row["prompt_id"] == SECOND_PROMPT]
    assert {(row["what"], row["level_after"]) for row in cast} == {("voted", HIDDEN)}


async def test_what_names_a_person_is_found_and_the_rest_is_not(database: Database) -> None:
    await _filled(database)
    async with database.reading(WORKSPACE) as work:
        about_zoe, about_nobody = await work.records.about(ZOE), await work.records.about("U0SU")
    assert {row["person"] for row in about_zoe["vote"]} == {ZOE}
    assert about_nobody == {}


async def test_what_an_erased_person_only_owned_or_led_is_drawn_anew_as_well(database: Database) -> None:
    """Their name stands in the plan and on the board, though nothing else of the assessment names them."""
    owner, lead = "U0OWNER", "U0LEAD"
    assessment, entries = started()
    async with database.unit_of_work(WORKSPACE) as work:
        led = replace(assessment.dimensions[0], lead=lead)
        await work.assessments.add(assessment.with_dimension(led), entries)
        plan = await work.plans.lock("A1")
        assert plan is not None
        step = replace(_item("I1", "Under way"), owners=(owner,), sponsor=None)
        outcome = take_in_plan(plan, step, assessment, by="U1", at=NOW, today=NOW.date())
        assert isinstance(outcome, PlanTaken), outcome
        await work.plans.save(plan, outcome.plan, ())
        await work.commit()
    for person in (owner, lead):
        async with database.unit_of_work(WORKSPACE) as work:
            assert await work.records.erase(person, STAND_IN, NOW) == {"A1"}
            await work.commit()


async def test_an_erased_person_is_nowhere_and_their_votes_stay(database: Database) -> None:
    await _filled(database)
    async with database.unit_of_work(WORKSPACE) as work:
        touched = await work.records.erase(SUE, STAND_IN, NOW)
        await work.commit()
    assert touched == {"A1"}
    found = await _everything(database)
    async with database.reading(WORKSPACE) as work:
        assert await work.records.about(SUE) == {}
        after = await work.assessments.get("A1")
        plan = await work.plans.get("A1")
        assert await work.messages.get(f"nudge:A1:{SUE}") is None
        assert await work.messages.get("board:A1") is not None
    assert after is not None and plan is not None
    assert after.participant(STAND_IN) is None and after.dimension("leadership").lead is None
    assert {vote.person for vote in after.prompt(FIRST).votes} == {STAND_IN}
    assert after.prompt(FIRST).level == 3
    assert after.prompt(FIRST).evidence[0].text == f"Ask <@{STAND_IN}>, not <@{ZOE}>."
    assert after.participant(ZOE) is not None
    assert plan.item("I1").owners == (ZOE,) and plan.item("I1").sponsor is None
    assert plan.item("I2").owners == (STAND_IN, ZOE)
    assert [row["scope"] for row in found["setting"]] == ["channel:C1"]
