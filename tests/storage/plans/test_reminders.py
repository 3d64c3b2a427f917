"""What was said about milestones: whom they concern, and that nothing is said twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from model.assessment.assessment import Assessment, Role
from model.assessment.steps import AddPeople, Cancel
from model.plan.history import PlanHappened
from model.plan.plan import ItemStatus
from model.plan.steps import (
    AddItem,
    DropMilestone,
    EditItem,
    FinishMilestone,
    HandOver,
    MoveMilestone,
    PlanStep,
    ReopenMilestone,
    SetStatus,
    SnoozeMilestone,
    WantedMilestone,
)
from storage.database import Database
from storage.plans.reminders import Concern, Spent
from tests.storage.material import NOW, SECOND, WORKSPACE, message, stepped, stored
from tests.storage.plans.test_plans import day, plan_with

HANDED_OVER, LAST = "handed_over-0", "overdue-3"
FAR = date(2027, 12, 31)


def item(item_id: str, *owners: str, due: int = 10, sponsor: str | None = None) -> AddItem:
    """An item with one milestone."""
    milestones = (WantedMilestone("First", day(due)),)
    return AddItem(item_id, "Mend the list", "data", 2, 3, owners, sponsor, milestones)


async def planned(database: Database, *steps: PlanStep, id_: str = "A1", by: str = "U1") -> Assessment:
    """An assessment whose plan has had these steps."""
    assessment = await stored(database, id_, channel=f"C{id_}")
    await plan_with(database, assessment, *steps, by=by)
    return assessment


async def concerns(database: Database, until: date = FAR, **more: list[str]) -> list[Concern]:
    async with database.reading(WORKSPACE) as work:
        return await work.reminders.concerns(until=until, handed_over=HANDED_OVER, last=LAST, **more)


async def people(database: Database, until: date = FAR) -> list[tuple[str, str]]:
    return [(each.milestone_id, each.person) for each in await concerns(database, until)]


def spent(person: str = "U2", occasion: str = "before-5", **changes: object) -> Spent:
    said = Spent("A1", "I1-01", person, NOW, occasion, day(10), person, "due", NOW, NOW, f"reminder:{person}")
    return replace(said, **changes)  # type: ignore[arg-type]


async def spend(database: Database, *rows: Spent) -> list[Spent]:
    async with database.unit_of_work(WORKSPACE) as work:
        added = await work.reminders.spend(rows)
        await work.commit()
    return added


async def test_a_milestone_concerns_each_owner(database: Database) -> None:
    await planned(database, item("I1", "U3", "U2"), SnoozeMilestone("I1-01", day(4)), by="U1")
    [second, third] = await concerns(database)
    assert second == Concern("A1", "CA1", "I1", "I1-01", "U2", False, day(10), NOW, NOW, None)
    assert (third.person, third.snoozed_until) == ("U3", None), "the snooze was of somebody else"


async def test_a_snooze_is_that_of_the_person(database: Database) -> None:
    assessment = await planned(database, item("I1", "U2", "U3"))
    await plan_with(database, assessment, SnoozeMilestone("I1-01", day(4)), by="U3")
    assert [each.snoozed_until for each in await concerns(database)] == [None, day(4)]


async def test_without_an_owner_it_concerns_the_sponsor_and_else_the_facilitators(database: Database) -> None:
    assessment = await planned(database, item("I1", sponsor="U9"), item("I2"))
    assert await people(database) == [("I1-01", "U9"), ("I2-01", "U1"), ("I2-01", "U2")]
    assert all(each.in_place for each in await concerns(database))
    async with database.unit_of_work(WORKSPACE) as work:
        before = await work.assessments.lock("A1")
        assert before is not None
        taken = stepped(before, AddPeople(("U7",), Role.FACILITATOR))
        await work.assessments.save(before, taken.assessment, taken.entries)
        await work.commit()
    assert assessment.facilitators == ("U1", "U2")
    assert ("I2-01", "U7") in await people(database)
    async with database.reading(WORKSPACE) as work:
        assert await work.participants.facilitators_of("A1") == ("U1", "U2", "U7")
        assert await work.participants.facilitators_of("A2") == ()


async def test_only_what_is_open_and_under_way_and_due_by_then(database: Database) -> None:
    await planned(
        database,
        item("I1", "U2", due=1),
        item("I2", "U2", due=2),
        item("I3", "U2", due=3),
        item("I4", "U2", due=4),
        item("I5", "U2", due=5),
        FinishMilestone("I2-01"),
        DropMilestone("I3-01", "No"),
        SetStatus("I4", ItemStatus.DONE),
    )
    assert await people(database) == [("I1-01", "U2"), ("I5-01", "U2")]
    assert await people(database, until=day(4)) == [("I1-01", "U2")]


async def test_a_proposal_or_a_cancelled_assessment_concerns_nobody(database: Database) -> None:
    await planned(database, item("I1", "U2"), by="U3")
    assert await people(database) == []
    await planned(database, item("I2", "U2"), id_="A2")
    async with database.unit_of_work(WORKSPACE) as work:
        before = await work.assessments.lock("A2")
        assert before is not None
        taken = stepped(before, Cancel())
        await work.assessments.save(before, taken.assessment, taken.entries)
        await work.commit()
    assert await people(database) == []


async def test_since_is_the_later_of_date_and_owner(database: Database) -> None:
    await planned(database, item("I1", "U2", "U3"))
    hour = timedelta(hours=1)
    async with database.unit_of_work(WORKSPACE) as work:
        before = await work.plans.lock("A1")
        assert before is not None
        first, second = before.items[0].owned
        owned = (replace(first, since=NOW + hour), replace(second, since=NOW - hour))
        after = before.with_item(replace(before.items[0], owned=owned))
        await work.plans.save(before, after, [])
        await work.commit()
    assert [each.since for each in await concerns(database)] == [NOW + hour, NOW]


async def test_other_assessments_and_workspaces_are_left_alone(database: Database) -> None:
    await planned(database, item("I1", "U2"))
    await planned(database, item("I2", "U2"), id_="A2")
    other = await stored(database, "A3", workspace="T2")
    await plan_with(database, other, item("I3", "U2"), workspace="T2")
    assert await people(database) == [("I1-01", "U2"), ("I2-01", "U2")]
    assert [each.item for each in await concerns(database, assessments=["A2"])] == [("A2", "I2")]
    assert await concerns(database, assessments=[]) == []


async def test_nothing_is_said_twice(database: Database) -> None:
    await planned(database, item("I1", "U2"))
    both = (spent(), spent(occasion="before-1", message_key=None, cause="settled"))
    assert await spend(database, *both) == list(both)
    again = spent(message_key="reminder:other", planned_at=NOW + SECOND)
    fresh = spent(since=NOW + SECOND)
    assert await spend(database, again, fresh) == [fresh]
    async with database.reading(WORKSPACE) as work:
        assert sorted(await work.reminders.spent(["I1-01"]), key=str) == sorted([*both, fresh], key=str)
        assert await work.reminders.spent(["I9-01"]) == []
        assert await work.reminders.spent([]) == []
        assert await work.reminders.of_message("reminder:U2") == [both[0], fresh]
        assert await work.reminders.messages_of("A1") == {"reminder:U2"}
        assert await work.reminders.messages_of("A2") == set()
    async with database.reading("T2") as work:
        assert await work.reminders.spent(["I1-01"]) == []


async def test_of_two_who_say_it_at_once_one_does(database: Database) -> None:
    await planned(database, item("I1", "U2"), item("I2", "U2"))
    keys = [f"reminder:{number}" for number in range(8)]

    async def say(key: str) -> list[str]:
        # In two orders, since nobody may wait for somebody who waits for them.
        rows = [spent(milestone_id=f"I{number}-01", message_key=key) for number in (1, 2)]
        added = await spend(database, *rows)
        return [each.milestone_id for each in added]

    said = await asyncio.gather(*map(say, keys))
    assert sorted(said, key=len)[:-1] == [[]] * 7
    assert max(said, key=len) == ["I1-01", "I2-01"]


async def test_more_than_one_statement_can_hold(database: Database) -> None:
    await planned(database, item("I1", "U2"))
    rows = [spent(occasion=f"snoozed-{number}") for number in range(1_100)]
    assert len(await spend(database, *rows)) == 1_100
    async with database.reading(WORKSPACE) as work:
        ids = [f"I{number}-01" for number in range(2_500)]
        assert len(await work.reminders.spent(ids)) == 1_100


async def test_who_was_handed_over_to_is_not_asked_for_again(database: Database) -> None:
    assessment = await planned(database, item("I1", "U2", "U3"), item("I2", "U2"))
    await spend(database, spent(occasion=LAST), spent(occasion=HANDED_OVER))
    assert await people(database) == [("I1-01", "U3"), ("I2-01", "U2")]
    await plan_with(database, assessment, SnoozeMilestone("I1-01", day(9)), by="U2")
    assert ("I1-01", "U2") in await people(database), "they want to hear of it again"
    assert [each.person for each in await concerns(database) if each.milestone_id == "I1-01"] == ["U2", "U3"]


async def all_said(database: Database, *, noting: bool = True) -> dict[str, str | None]:
    """What is noted of milestones, after noting what is over."""
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.plans.lock("A1") is not None
        if noting:
            await work.reminders.note_all_said(["A1"], handed_over=HANDED_OVER, last=LAST)
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        return {each["id"]: each["all_said"] for each in (await work.records.everything())["milestone"]}


async def test_what_is_over_for_everybody_is_noted_until_its_item_changes(database: Database) -> None:
    assessment = await planned(database, item("I1", "U2", "U3"), item("I2"), item("I3", sponsor="U2"))
    await spend(database, spent(occasion=LAST), spent(occasion=HANDED_OVER))
    assert await all_said(database) == {"I1-01": None, "I2-01": None, "I3-01": None}, "U3 is still told"
    for each in ("U1", "U2", "U3"):
        for milestone in ("I1-01", "I2-01", "I3-01"):
            said = spent(each, LAST, milestone_id=milestone)
            await spend(database, said, replace(said, occasion=HANDED_OVER))
    assert await people(database) == []
    noted = {"I1-01": LAST, "I2-01": None, "I3-01": LAST}
    assert await all_said(database) == noted, "other facilitators may come to the second"
    async with database.reading(WORKSPACE) as work:
        more = await work.reminders.concerns(until=FAR, handed_over=HANDED_OVER, last="overdue-5")
    assert len(more) == 5, "with other settings there is more to say"
    await plan_with(database, assessment, SnoozeMilestone("I1-01", day(9)), by="U2")
    assert await people(database) == [("I1-01", "U2")]
    assert await all_said(database) == {**noted, "I1-01": None}
    await plan_with(database, assessment, SetStatus("I3", ItemStatus.DOING), by="U2")
    assert await all_said(database, noting=False) == {"I1-01": None, "I2-01": None, "I3-01": None}


async def test_what_an_erased_person_leaves_is_said_to_whom_it_falls(database: Database) -> None:
    """Erased, they own and sponsor nothing any more, and nobody else has heard of it."""
    await planned(database, item("I1", "U8"), item("I2", sponsor="U8"), item("I3", "U3"))
    for milestone, each in (("I1-01", "U8"), ("I2-01", "U8"), ("I3-01", "U3")):
        said = spent(each, LAST, milestone_id=milestone)
        await spend(database, said, replace(said, occasion=HANDED_OVER))
    assert await all_said(database) == {"I1-01": LAST, "I2-01": LAST, "I3-01": LAST}
    async with database.unit_of_work(WORKSPACE) as work:
        await work.records.erase("U8", "erased-1", NOW)
        await work.commit()
    assert await people(database) == [(each, who) for each in ("I1-01", "I2-01") for who in ("U1", "U2")]
    assert await all_said(database) == {"I1-01": None, "I2-01": None, "I3-01": LAST}


async def test_who_was_not_told_before_the_handing_over_is_asked_for(database: Database) -> None:
    await planned(database, item("I1", "U2"))
    earlier = NOW - SECOND
    await spend(database, spent(occasion=HANDED_OVER), spent(occasion=LAST, since=earlier))
    assert await people(database) == [("I1-01", "U2")], "they had an earlier date for the last time"
    await spend(database, spent("U3", LAST), spent(occasion="overdue-2"))
    assert await people(database) == [("I1-01", "U2")]
    await spend(database, spent(occasion=LAST))
    assert await people(database) == []


async def test_a_change_after_the_handing_over_counts_anew(database: Database) -> None:
    await planned(database, item("I1", "U2"))
    earlier, later = NOW - SECOND, NOW + SECOND
    await spend(database, spent(occasion=LAST), spent(occasion=HANDED_OVER, spent_at=earlier))
    assert await people(database) == [("I1-01", "U2")]
    await spend(database, spent(occasion=LAST, since=later), spent(occasion=HANDED_OVER, since=later))
    assert await people(database) == []


async def test_what_makes_an_item_somebodys_anew(database: Database) -> None:
    steps: tuple[PlanStep, ...] = (
        item("I1", "U2"),
        item("I2", "U2"),
        SetStatus("I1", ItemStatus.DOING),
        FinishMilestone("I1-01"),
        ReopenMilestone("I1-01"),
        MoveMilestone("I1-01", day(12)),
        HandOver("I1", "U3"),
    )
    await planned(database, *steps)
    async with database.reading(WORKSPACE) as work:
        turns = await work.reminders.turns([("A1", "I1"), ("A1", "I2")])
    assert [each.what for each in turns["A1", "I1"]] == [
        PlanHappened.STATUS_SET,
        PlanHappened.MILESTONE_REOPENED,
        PlanHappened.HANDED_OVER,
    ]
    assert turns["A1", "I2"] == []


async def test_a_milestone_that_is_dropped_keeps_what_was_said(database: Database) -> None:
    await planned(database, item("I1", "U2"))
    await spend(database, spent())
    async with database.reading(WORKSPACE) as work:
        plan = await work.plans.get("A1")
    assert plan is not None
    one = plan.items[0]
    edited = EditItem(one.id, one.revision, "Other", "data", 2, 3, ("U2",), None, one.status, "", (), "", "")
    await plan_with(database, await _assessment(database), edited)
    async with database.reading(WORKSPACE) as work:
        assert len(await work.reminders.spent(["I1-01"])) == 1, (
            "a milestone that is dropped keeps what was said"
        )


async def _assessment(database: Database) -> Assessment:
    async with database.reading(WORKSPACE) as work:
        found = await work.assessments.get("A1")
    assert found is not None
    return found


async def test_only_what_is_in_slack_or_on_its_way_is_drawn_again(database: Database) -> None:
    async with database.unit_of_work(WORKSPACE) as work:
        await work.messages.want_all(
            [message("sent"), message("nothing"), message("waits")], NOW, redraw_after=SECOND
        )
        await work.commit()
    for key in ("sent", "nothing"):
        [claim] = await database.outbox.claim(owner="x", now=NOW, lease=SECOND, limit=1)
        assert claim.key == key
        if key == "sent":
            await database.outbox.delivered(
                claim, ts="1.0", channel_id="C1", generation=1, now=NOW, redraw_after=SECOND
            )
        else:
            await database.outbox.drop(claim)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.messages.redraw(["sent", "nothing", "waits", "unknown"], NOW, redraw_after=SECOND)
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        rows = [await work.messages.get(key) for key in ("sent", "nothing", "waits", "unknown")]
    assert [None if row is None else row.wanted - row.delivered for row in rows] == [1, 0, 2, None]
