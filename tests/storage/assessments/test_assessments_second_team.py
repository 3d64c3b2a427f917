"""A second team's assessment beside a first: one channel or two, found, locked and saved together."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from model.assessment.assessment import Assessment, AssessmentState, Kind, Mode, Moderation, Role
from model.assessment.state_machine import take
from model.assessment.steps import AddPeople, Cancel, OpenDimension, RecordLevel, Step
from model.refusals import Refusal
from model.second_team.inviting import Invitation, Invited, invite
from model.second_team.pair import after_step, pair_of, seen_from
from storage.database import Database
from storage.engine.errors import AlreadyUnderWay
from storage.unit_of_work import UnitOfWork
from storage.upkeep.records import HIDDEN
from tests.storage.material import FIRST_PROMPT, NOW, WORKSPACE, started, stepped

SAME, OTHER = "C1", "C2"


def second_of(first: Assessment, id_: str = "A2", channel: str = SAME) -> Assessment:
    wish = Invitation(channel, Kind.PEER, "Peer team", ("U9",))
    outcome = invite(first, wish, assessment_id=id_, by="U1", at=NOW, today=NOW.date())
    assert isinstance(outcome, Invited), outcome
    return outcome.second.assessment


async def pair_in(database: Database, channel: str = SAME) -> tuple[Assessment, Assessment]:
    """Two teams, the second in this channel; the first has U2 as its assessor, the second U8."""
    first, entries = started(mode=Mode.TOGETHER)
    first = stepped(first, AddPeople(("U3",), Role.ASSESSOR)).assessment
    second = stepped(second_of(first, channel=channel), AddPeople(("U8",), Role.ASSESSOR), by="U9").assessment
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(first, entries)
        await work.assessments.add(second, ())
        await work.commit()
    return seen_from(first, second), seen_from(second, first)


async def step(database: Database, id_: str, step: Step, by: str) -> None:
    """Take a step on one side and save what it brings on both, as the service does."""
    async with database.unit_of_work(WORKSPACE) as work:
        await _step(work, id_, step, by)
        await work.commit()


async def _step(work: UnitOfWork, id_: str, step: Step, by: str) -> None:
    before = await work.assessments.lock(id_)
    assert before is not None
    outcome = take(before, step, by=by, at=NOW)
    assert not isinstance(outcome, Refusal), outcome
    other = await work.assessments.other_side(before)
    assert other is not None
    mine, theirs = after_step(outcome, other, by, NOW)
    await work.assessments.save(before, mine.assessment, mine.entries)
    await work.assessments.save(other, theirs.assessment, theirs.entries)


@pytest.mark.parametrize("channel", [SAME, OTHER])
async def test_both_sides_are_read_back_and_know_each_other(database: Database, channel: str) -> None:
    first, second = await pair_in(database, channel)
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.get("A1") == first
        assert await work.assessments.get("A2") == second
        assert await work.assessments.other_side(first) == second
        assert await work.assessments.other_side(second) == first
        assert {each.id: each for each in await work.assessments.running()} == {"A1": first, "A2": second}
    assert first.other is not None and first.other.team == "Peer team" and "U8" in first.other.people
    assert second.other is not None and second.other.linked == (channel == SAME)


async def test_in_one_channel_the_first_team_is_meant_where_one_is_asked_for(database: Database) -> None:
    first, second = await pair_in(database)
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.active_in(SAME) == first
        assert await work.assessments.latest_in(SAME) == first
        assert await work.assessments.all_active_in(SAME) == [first, second]
    await step(database, "A1", Cancel(), "U1")
    async with database.reading(WORKSPACE) as work:
        left = await work.assessments.active_in(SAME)
        assert left is not None
        assert (left.id, left.other) == ("A2", None), "nobody is beside what was cancelled"
        assert await work.assessments.latest_in(SAME) == left
        assert await work.assessments.other_side(left) is None


@pytest.mark.parametrize(
    ("channel", "under_way"),
    [(SAME, "a third team"), (OTHER, "another team's own"), (OTHER, "a second team")],
)
async def test_a_channel_has_no_more_than_a_team_and_its_second(
    database: Database, channel: str, under_way: str
) -> None:
    first, _ = await pair_in(database, channel)
    new = second_of(replace(first, other=None), "A3", channel)
    if under_way == "another team's own":
        new, _ = started("A3", channel=OTHER)
    async with database.unit_of_work(WORKSPACE) as work:
        with pytest.raises(AlreadyUnderWay):
            await work.assessments.add(new, ())
        await work.commit()


async def test_after_a_cancelled_second_team_comes_another(database: Database) -> None:
    await pair_in(database)
    await step(database, "A2", Cancel(), "U9")
    async with database.unit_of_work(WORKSPACE) as work:
        first = await work.assessments.lock("A1")
        assert first is not None and first.other is None
        await work.assessments.add(replace(second_of(first, "A3"), started_at=NOW + timedelta(days=1)), ())
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        found = await work.assessments.get("A1")
        gone = await work.assessments.get("A2")
    assert found is not None and found.other is not None and found.other.assessment_id == "A3"
    assert gone is not None and gone.state is AssessmentState.CANCELLED and gone.other is None


async def test_a_closed_second_team_is_no_last_time(database: Database) -> None:
    first, second = await pair_in(database, OTHER)
    async with database.unit_of_work(WORKSPACE) as work:
        for id_ in ("A1", "A2"):
            before = await work.assessments.lock(id_)
            assert before is not None
            over = replace(before, state=AssessmentState.CLOSED, state_changed_by="U1", state_changed_at=NOW)
            await work.assessments.save(before, over, ())
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.closed_before(SAME, first.framework.id) == "A1"
        assert await work.assessments.closed_before(OTHER, second.framework.id) is None


async def test_ready_sides_and_moderated_levels_are_kept(database: Database) -> None:
    await pair_in(database)
    for id_, by in (("A1", "U1"), ("A2", "U9")):
        await step(database, id_, OpenDimension("leadership"), by)
    await step(database, "A1", RecordLevel(FIRST_PROMPT, 2), "U3")
    async with database.unit_of_work(WORKSPACE) as work:
        second = await work.assessments.lock("A2")
        assert second is not None
        moderation = Moderation(None, "We looked.", "U9", NOW)
        dimension = replace(second.dimension("leadership"), moderation=moderation)
        await work.assessments.save(second, second.with_dimension(dimension), ())
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        first, second = await work.assessments.get("A1"), await work.assessments.get("A2")
    assert first is not None and second is not None
    assert (first.prompt(FIRST_PROMPT).ready_by, first.prompt(FIRST_PROMPT).ready_at) == ("U3", NOW)
    assert first.held_back(FIRST_PROMPT) and not second.held_back(FIRST_PROMPT)
    assert second.dimension("leadership").moderation == moderation


async def test_records_of_a_side_that_waits_for_the_other_hide_its_votes(database: Database) -> None:
    await pair_in(database)
    for id_, by in (("A1", "U1"), ("A2", "U9")):
        await step(database, id_, OpenDimension("leadership"), by)
    await step(database, "A1", RecordLevel(FIRST_PROMPT, 2), "U3")
    async with database.reading(WORKSPACE) as work:
        held_back = await work.records.everything(assessment_id="A1")
    assert [row["level"] for row in held_back["vote"]] == [HIDDEN]
    assert [row["level_after"] for row in held_back["history"] if row["what"] == "voted"] == [HIDDEN]
    await step(database, "A2", RecordLevel(FIRST_PROMPT, 4), "U8")
    async with database.reading(WORKSPACE) as work:
        shown = await work.records.everything(assessment_id="A1")
    assert [row["level"] for row in shown["vote"]] == [2], "and nothing of the other side is in it"


async def test_what_makes_it_a_second_side_never_changes(database: Database) -> None:
    _, second = await pair_in(database)
    async with database.unit_of_work(WORKSPACE) as work:
        before = await work.assessments.lock("A2")
        assert before == second
        with pytest.raises(ValueError, match="second_team"):
            await work.assessments.save(second, replace(second, second_team=None), ())


async def test_the_last_votes_of_both_teams_at_once_reveal_once(database: Database) -> None:
    """Whoever locks a side locks the other with it, in one order, so that neither waits for ever."""
    await pair_in(database)
    for id_, by in (("A1", "U1"), ("A2", "U9")):
        await step(database, id_, OpenDimension("leadership"), by)
    await asyncio.gather(
        step(database, "A1", RecordLevel(FIRST_PROMPT, 2), "U3"),
        step(database, "A2", RecordLevel(FIRST_PROMPT, 4), "U8"),
        *(step(database, "A1", AddPeople((f"U{n}",), Role.OBSERVER), "U1") for n in range(20, 25)),
        *(step(database, "A2", AddPeople((f"U{n}",), Role.OBSERVER), "U9") for n in range(30, 35)),
    )
    async with database.reading(WORKSPACE) as work:
        first, second = await work.assessments.get("A1"), await work.assessments.get("A2")
        histories = [await work.assessments.history(id_) for id_ in ("A1", "A2")]
    assert first is not None and second is not None and pair_of(first, second) is not None
    assert (first.prompt(FIRST_PROMPT).level, second.prompt(FIRST_PROMPT).level) == (2, 4)
    assert [sum(entry.what == "revealed" for entry in each) for each in histories] == [1, 1]
    assert len(first.people(Role.OBSERVER)) == len(second.people(Role.OBSERVER)) == 5


async def test_an_invitation_meanwhile_is_seen_by_a_step_that_waited_for_it(database: Database) -> None:
    first, entries = started(mode=Mode.TOGETHER)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(first, entries)
        await work.commit()
    inviting = asyncio.Event()

    async def invite_slowly() -> None:
        async with database.unit_of_work(WORKSPACE) as work:
            assert await work.assessments.lock("A1") is not None
            inviting.set()
            await work.assessments.add(second_of(first), ())
            await work.commit()

    async def lock_meanwhile() -> Assessment | None:
        await inviting.wait()
        async with database.unit_of_work(WORKSPACE) as work:
            found = await work.assessments.lock("A1")
            assert found is not None
            other = await work.assessments.other_side(found)
            assert other is not None
            await work.assessments.save(other, other, ())
            return found

    _, found = await asyncio.gather(invite_slowly(), lock_meanwhile())
    assert found is not None and found.other is not None
