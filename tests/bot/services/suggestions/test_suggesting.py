"""Asking for suggestions as a use case: once a delivery, in turn, and which cards a decision redraws."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.assessment.reviewing import start_review
from bot.services.assessment.stepping import take_step
from bot.services.desk import Desk
from bot.services.messages.kinds import MessageKind
from bot.services.plan.stepping import take_plan_step
from bot.services.suggestions.adopting import adopt_action
from bot.services.suggestions.suggesting import Came, Offer, offer_suggestions, see_suggesting, suggestion_now
from model.assessment.history import HistoryEntry
from model.assessment.steps import Close, ConfirmLevel, OpenDimension, RecordLevel, ReopenAnswer, Step
from model.errors import UnknownAction
from model.library.library import Amount, Library
from model.plan.plan import ItemStatus
from model.plan.steps import (
    Dismiss,
    PlanStep,
    SetCapacity,
    SetStatus,
    SetTargets,
    TakeBackDismissal,
    WantedTarget,
)
from model.refusals import Reason
from storage.database import Database
from storage.messages.messages import MessageRow
from tests.bot.desks import EVERYBODY, Inside, all_but, desk_of
from tests.model.days import at
from tests.model.libraries import action_data, library_of
from tests.model.plans import edit_step
from tests.storage.material import FRAMEWORK, LEASE, NOW, SECOND, WORKSPACE, message, stepped, stored, want

SHIPPED: Library = library_of(
    [action_data(f"action-{number}", dimension="leadership", from_level=2) for number in range(5)]
    + [action_data("elsewhere", dimension="parks")]
)


def at_desk(database: Database, membership: Inside = EVERYBODY) -> Desk:
    """With the library of this file."""
    return desk_of(database, membership, library=SHIPPED)


def asked(key: str, person: str = "U1", workspace: str = WORKSPACE) -> Asked:
    return Asked(workspace, person, NOW, key)


async def levelled(database: Database, *, target: int | None = 4) -> None:
    """Leadership is at 2, with a target."""
    await stored(database, opened=True)
    async with database.unit_of_work(WORKSPACE) as work:
        before = await work.assessments.lock("A1")
        assert before is not None
        after = before
        entries: list[HistoryEntry] = []
        for prompt in FRAMEWORK.dimension("leadership").prompts:
            taken = stepped(after, RecordLevel(prompt.id, 2))
            after, entries = taken.assessment, [*entries, *taken.entries]
        await work.assessments.save(before, after, entries)
        await work.commit()
    await want(database, message("board:A1", assessment="A1"))
    if target is not None:
        await step(database, "target", SetTargets((WantedTarget("leadership", target),)))


async def step(database: Database, key: str, what: PlanStep) -> None:
    await take_plan_step(at_desk(database), asked(key), "A1", what)


async def ask(database: Database, key: str, *, more: bool = False, by: str = "U2") -> Offer | None:
    return await offer_suggestions(at_desk(database), asked(key, by), "A1", more=more)


async def suggestions(database: Database) -> list[MessageRow]:
    async with database.reading(WORKSPACE) as work:
        rows = await work.messages.of_assessment("A1")
    return [row for row in rows if row.kind == MessageKind.SUGGESTION]


async def delivered(database: Database) -> None:
    """Every message that waits is posted, one after the other as in one channel."""
    number = 0
    while claims := await database.outbox.claim(owner="test", now=NOW + LEASE, lease=LEASE, limit=9):
        for claim in claims:
            number += 1
            assert await database.outbox.delivered(
                claim,
                ts=f"{number}.1",
                channel_id=claim.channel_id,
                generation=claim.generation,
                now=NOW,
                redraw_after=SECOND,
            )


async def test_three_are_wanted_in_the_thread_of_the_board_once_a_delivery(database: Database) -> None:
    await levelled(database)
    offer = await ask(database, "1")
    assert offer is not None and offer.came is Came.OFFERED
    assert [each.action.id for each in offer.fresh] == ["action-0", "action-1", "action-2"]
    assert await ask(database, "1") is None
    rows = await suggestions(database)
    assert [row.subject for row in rows] == ["action-0", "action-1", "action-2"]
    assert {(row.parent_key, row.channel_id) for row in rows} == {("board:A1", "C1")}


async def test_the_thread_of_the_results_is_taken_when_there_is_one(database: Database) -> None:
    await levelled(database)
    await want(database, message("results:A1", assessment="A1"))
    await ask(database, "1")
    assert {row.parent_key for row in await suggestions(database)} == {"results:A1"}


async def test_what_is_on_its_way_is_waited_for(database: Database) -> None:
    await levelled(database)
    offers = await asyncio.gather(ask(database, "1", more=True), ask(database, "2", more=True, by="U3"))
    came = sorted(each.came for each in offers if each is not None)
    assert came == [Came.OFFERED, Came.ON_THE_WAY]
    assert len(await suggestions(database)) == 3


async def test_more_goes_on_until_all_was_offered(database: Database) -> None:
    await levelled(database)
    await ask(database, "1")
    await delivered(database)
    open_still = await ask(database, "2")
    assert open_still is not None and open_still.came is Came.STILL_OPEN
    assert [each.action.id for each in open_still.open] == ["action-0", "action-1", "action-2"]
    more = await ask(database, "3", more=True)
    assert more is not None and [each.action.id for each in more.fresh] == ["action-3", "action-4"]
    await delivered(database)
    nothing_more = await ask(database, "4", more=True)
    assert nothing_more is not None and nothing_more.came is Came.ALL_OFFERED
    assert len(nothing_more.open) == 5


async def test_what_is_decided_makes_room_for_others(database: Database) -> None:
    await levelled(database)
    await ask(database, "1")
    await delivered(database)
    await step(database, "2", Dismiss("action-0", "Not ours"))
    more = await ask(database, "3")
    assert more is not None and [each.action.id for each in more.fresh] == ["action-3", "action-4"]


async def test_without_targets_and_without_anything_that_fits(database: Database) -> None:
    await levelled(database, target=None)
    nothing = await ask(database, "1")
    assert nothing is not None and nothing.came is Came.NO_TARGETS
    await step(database, "2", SetTargets((WantedTarget("leadership", 2),)))
    nothing = await ask(database, "3")
    assert nothing is not None and nothing.came is Came.NOTHING_FITS
    assert await suggestions(database) == []


async def out_of_date(database: Database) -> list[str | None]:
    """The actions whose cards have to be drawn again; they are up to date after that."""
    rows = await suggestions(database)
    found = [row.subject for row in rows if row.wanted > row.delivered]
    await delivered(database)
    return found


async def test_what_was_decided_is_drawn_again_and_what_comes_after_it(database: Database) -> None:
    await levelled(database)
    await ask(database, "1")
    await delivered(database)
    await step(database, "2", Dismiss("action-0", "Not ours"))
    assert await out_of_date(database) == ["action-0"]
    await step(database, "3", Dismiss("action-4", "Never offered"))
    assert await out_of_date(database) == []
    await step(database, "4", TakeBackDismissal("action-0"))
    assert await out_of_date(database) == ["action-0"]
    await adopt(database, "5", "action-1")
    assert await out_of_date(database) == ["action-0", "action-1", "action-2"], "others may come after it"
    async with database.reading(WORKSPACE) as work:
        plan = await work.plans.get("A1")
    assert plan is not None
    [item] = plan.items
    await step(database, "6", edit_step(item, notes="A note that no card shows"))
    assert await out_of_date(database) == []
    await step(database, "7", SetStatus(item.id, ItemStatus.BLOCKED, "Waiting for IT"))
    assert await out_of_date(database) == ["action-1"]
    await step(database, "8", SetStatus(item.id, ItemStatus.PROPOSED))
    assert await out_of_date(database) == ["action-0", "action-1", "action-2"], "it is only proposed now"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_undecided_cards_follow_targets_capacity_levels_and_reviews(database: Database) -> None:
    await levelled(database)
    await ask(database, "1")
    await adopt(database, "2", "action-1")
    await delivered(database)
    undecided = ["action-0", "action-2"]
    await step(database, "3", SetTargets((WantedTarget("leadership", 5),)))
    assert await out_of_date(database) == undecided
    await step(database, "4", SetTargets((WantedTarget("leadership", 5, "Since it matters"),)))
    assert await out_of_date(database) == [], "no card says why there is a target"
    await step(database, "5", SetCapacity(Amount.LOW))
    assert await out_of_date(database) == undecided
    first, *others = FRAMEWORK.dimension("leadership").prompts
    await assess(database, "6", "A1", ReopenAnswer(first.id), RecordLevel(first.id, 1))
    assert await out_of_date(database) == undecided, "it is what holds the dimension back now"
    await assess(database, "7", "A1", ConfirmLevel("leadership", 2, 2))
    assert await out_of_date(database) == [], "no level changed"
    for each in FRAMEWORK.dimensions[1:]:
        answers = [RecordLevel(prompt.id, 2) for prompt in each.prompts]
        await assess(database, each.id, "A1", OpenDimension(each.id), *answers, ConfirmLevel(each.id, 2, 2))
    await assess(database, "closed", "A1", Close())
    assert await out_of_date(database) == undecided, "it weighs otherwise now"
    review = await start_review(at_desk(database), asked("8", "U1"), "A1", "leadership")
    assert review is not None and await out_of_date(database) == []
    answers = [RecordLevel(each.id, 3) for each in (first, *others)]
    await assess(database, "9", review.id, *answers)
    assert await out_of_date(database) == [], "nothing is confirmed yet"
    await assess(database, "10", review.id, ConfirmLevel("leadership", 3, 3))
    assert await out_of_date(database) == undecided


async def assess(database: Database, key: str, assessment_id: str, *steps: Step) -> None:
    """Take steps in an assessment."""
    for number, each in enumerate(steps):
        assert await take_step(at_desk(database), asked(f"{key}/{number}"), assessment_id, each) is not None


async def adopt(database: Database, key: str, action_id: str) -> None:
    await adopt_action(at_desk(database), asked(key), "A1", action_id)


async def test_milestones_fall_on_working_days_of_the_nation(database: Database) -> None:
    """Weeks 3 and 6 from Monday, 15 February 2027: a Monday, and Easter Monday the week after Good Friday."""
    await levelled(database)
    monday = replace(asked("1"), at=at("2027-02-15 09:00"))
    await adopt_action(at_desk(database), monday, "A1", "action-0")
    async with database.reading(WORKSPACE) as work:
        plan = await work.plans.get("A1")
    assert plan is not None
    assert [each.due for each in plan.items[0].milestones] == [date(2027, 3, 8), date(2027, 3, 30)]


async def test_unknown_actions_and_assessments_and_other_workspaces(database: Database) -> None:
    await levelled(database)
    with pytest.raises(UnknownAction):
        await adopt(database, "1", "elsewhere")
    elsewhere = asked("2", workspace="T2")
    with pytest.raises(NoSuchAssessment):
        await offer_suggestions(at_desk(database), elsewhere, "A1", more=False)
    with pytest.raises(NoSuchAssessment):
        await see_suggesting(at_desk(database), elsewhere, "A1")
    async with database.reading("T2") as work:
        assert await suggestion_now(work, "A1", "action-0", SHIPPED) is None
    outside = at_desk(database, all_but("U1"))
    with pytest.raises(Refused) as refused:
        await offer_suggestions(outside, asked("3"), "A1", more=False)
    assert refused.value.refusal.reason is Reason.NOT_IN_CHANNEL
    with pytest.raises(Refused):
        await see_suggesting(outside, asked("3"), "A1")
