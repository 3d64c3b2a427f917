"""What a step on one side of a pair makes out of date on both, and the comparison that comes of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.asking import Asked, Refused
from bot.services.assessment.closing_date import reveal_past_closing
from bot.services.assessment.stepping import take_step
from bot.services.records.deleting import delete_assessment
from bot.services.second_team.second_team import invite_second_team, moderate_level
from bot.services.setting_scopes import scope_of_assessment
from model.assessment.assessment import Assessment, Kind, Mode, PromptState, Role
from model.assessment.history import THE_CLOSING_DATE
from model.assessment.steps import AddPeople, ConfirmLevel, OpenDimension, RecordLevel, SetClosingDate, Step
from model.refusals import Reason
from model.second_team.inviting import Invitation
from model.second_team.moderating import Moderate
from storage.database import Database
from tests.bot.desks import desk_of, only
from tests.bot.services.messages.test_of_assessments import check
from tests.model.assessments import GRACE, LATER, NIA
from tests.model.pairs import ANA, JO, TOM, Sides
from tests.model.second_team.test_pair_walks import MOVES
from tests.storage.material import WORKSPACE, started


@given(MOVES, st.sampled_from(["C1", "C2"]))
@settings(max_examples=60, deadline=None)
def test_what_looks_different_on_either_side_is_wanted(
    moves: list[tuple[bool, Step, str]], channel: str
) -> None:
    sides = Sides.opened(channel=channel)
    for on_first, step, by in moves:
        first, second = sides.first, sides.second
        sides.attempt(first if on_first else second, step, by)
        check(first, sides.first)
        check(second, sides.second)


def asked(by: str, key: str) -> Asked:
    return Asked(WORKSPACE, by, LATER, key)


async def two_teams(database: Database, channel: str = "C1", *, mode: Mode = Mode.TOGETHER) -> str:
    """U1 leads the first, where U3 votes, and Jo the second, where Tom votes; the second's id."""
    first, entries = started(mode=mode)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(first, entries)
        await work.commit()
    invitation = Invitation(channel, Kind.PEER, "Peer team", (JO,))
    second = await invite_second_team(desk_of(database), asked("U1", "invite"), "A1", invitation)
    assert second is not None
    await do(database, "A1", AddPeople(("U3",), Role.ASSESSOR), "U1")
    await do(database, second.id, AddPeople((TOM,), Role.ASSESSOR), JO)
    return second.id


async def do(database: Database, id_: str, step: Step, by: str) -> None:
    taken = await take_step(desk_of(database), asked(by, f"{id_}:{by}:{step}"), id_, step)
    assert taken is not None


async def find(database: Database, id_: str) -> Assessment:
    async with database.reading(WORKSPACE) as work:
        found = await work.assessments.get(id_)
    assert found is not None
    return found


async def wanted(database: Database, key: str) -> int:
    """How often a message was wanted."""
    async with database.reading(WORKSPACE) as work:
        row = await work.messages.get(key)
    return 0 if row is None else row.wanted


async def all_but_the_last(database: Database, second_id: str) -> None:
    """Everything answered and confirmed at level 3 on both sides, but for one confirmation on each."""
    for id_, lead, voter in (("A1", "U1", "U3"), (second_id, JO, TOM)):
        for dimension in (await find(database, id_)).dimensions:
            await do(database, id_, OpenDimension(dimension.dimension_id), lead)
            for prompt in dimension.prompts:
                await do(database, id_, RecordLevel(prompt.prompt_id, 3), voter)
    for id_, lead in (("A1", "U1"), (second_id, JO)):
        for dimension_id in (await find(database, id_)).scope[1:]:
            await do(database, id_, ConfirmLevel(dimension_id, 3, 3), lead)


@pytest.mark.parametrize("channel", ["C1", "C2"])
async def test_two_who_finish_at_once_want_the_comparison_once(database: Database, channel: str) -> None:
    second = await two_teams(database, channel)
    await all_but_the_last(database, second)
    assert await wanted(database, "comparison:A1") == 0
    last = ConfirmLevel("leadership", 3, 3)
    await asyncio.gather(do(database, "A1", last, "U1"), do(database, second, last, JO))
    assert await wanted(database, "comparison:A1") == 1
    assert await wanted(database, f"comparison:{second}") == (1 if channel == "C2" else 0)
    step = Moderate("data", 4, "We looked.")
    await moderate_level(desk_of(database), asked("U1", "m"), second, step)
    assert await moderate_level(desk_of(database), asked("U1", "m"), second, step) is None, "redelivered"
    assert await wanted(database, "comparison:A1") == 2
    await do(database, "A1", AddPeople((ANA,), Role.OBSERVER), "U1")
    assert await wanted(database, "comparison:A1") == 2, "it says nothing of who takes part"
    async with database.reading(WORKSPACE) as work:
        told = [[e.reason for e in await work.assessments.history(id_)] for id_ in ("A1", second)]
    assert [each[-2 if index == 0 else -1] for index, each in enumerate(told)] == ["We looked."] * 2


async def test_a_second_delivery_of_an_invitation_invites_nobody(database: Database) -> None:
    await two_teams(database)
    invitation = Invitation("C2", Kind.PEER, "More", (JO,))
    again = await invite_second_team(desk_of(database), asked("U1", "invite"), "A1", invitation)
    assert again is None
    async with database.reading(WORKSPACE) as work:
        assert len(await work.assessments.running()) == 2


async def test_of_two_invitations_at_once_one_is_taken(database: Database) -> None:
    first, entries = started(mode=Mode.TOGETHER)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(first, entries)
        await work.commit()

    async def invite(channel: str) -> Reason | None:
        wish = Invitation(channel, Kind.PEER, "Peer team", (JO,))
        try:
            await invite_second_team(desk_of(database), asked("U1", channel), "A1", wish)
        except Refused as refused:
            return refused.refusal.reason
        return None

    outcomes = await asyncio.gather(*(invite(channel) for channel in ("C1", "C2", "C3")))
    assert sorted(map(str, outcomes)) == ["None", "second_team_there", "second_team_there"]


async def test_who_is_in_neither_channel_invites_and_leads_nowhere(database: Database) -> None:
    first, entries = started(mode=Mode.TOGETHER)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(first, entries)
        await work.commit()
    wish = Invitation("C2", Kind.PEER, "Peer team", (JO,))
    for inside, reason in ((only(JO), Reason.NOT_IN_CHANNEL), (only("U1"), Reason.FACILITATORS_OUTSIDE)):
        with pytest.raises(Refused) as caught:
            await invite_second_team(desk_of(database, inside), asked("U1", str(reason)), "A1", wish)
        assert caught.value.refusal.reason is reason


async def test_the_second_teams_channel_brings_its_people_of_last_time(database: Database) -> None:
    earlier, entries = started("A0", channel="C2", mode=Mode.TOGETHER)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(earlier, entries)
        await work.commit()
    await do(database, "A0", AddPeople((ANA,), Role.ASSESSOR), "U1")
    async with database.unit_of_work(WORKSPACE) as work:
        before = await work.assessments.lock("A0")
        assert before is not None
        over = replace(before, state=type(before.state).CLOSED)
        await work.assessments.save(before, over, ())
        await work.commit()
    second = await find(database, await two_teams(database, "C2"))
    assert ANA in second.assessors and GRACE not in second.assessors


async def test_at_the_closing_dates_both_are_revealed_by_the_later(database: Database) -> None:
    second = await two_teams(database)
    for id_, lead, voter, late in (("A1", "U1", "U3", "U8LATE"), (second, JO, TOM, "U9LATE")):
        await do(database, id_, AddPeople((late,), Role.ASSESSOR), lead)
        await do(database, id_, OpenDimension("leadership"), lead)
        await do(database, id_, RecordLevel("leadership-first", 2), voter)
    closing = (await find(database, "A1")).closing_date
    assert closing is not None and (await find(database, second)).closing_date is None
    after = closing + timedelta(days=1)
    assert await reveal_past_closing(database, WORKSPACE, after, LATER) == 1
    prompt = (await find(database, "A1")).prompt("leadership-first")
    assert prompt.state is PromptState.ASKED and prompt.ready_by == "closing-date"
    assert await reveal_past_closing(database, WORKSPACE, after, LATER) == 0, "once"
    await do(database, second, RecordLevel("leadership-first", 5), "U9LATE")
    for id_ in ("A1", second):
        assert (await find(database, id_)).prompt("leadership-first").state is PromptState.REVEALED


async def test_another_date_is_one_sides_own_and_due_again(database: Database) -> None:
    """Also where the reveal of the date before was remembered by its moment, as it was at first."""
    second = await two_teams(database)
    closing = (await find(database, "A1")).closing_date
    assert closing is not None
    for id_, lead, voter, late in (("A1", "U1", "U3", "U8LATE"), (second, JO, TOM, "U9LATE")):
        await do(database, id_, AddPeople((late,), Role.ASSESSOR), lead)
        await do(database, id_, OpenDimension("leadership"), lead)
        await do(database, id_, RecordLevel("leadership-first", 2), voter)
    async with database.unit_of_work(WORKSPACE) as work:
        moment = datetime.combine(closing, time(23, 0), UTC).isoformat()
        await work.settings.put(scope_of_assessment("A1"), "revealed_at_closing", moment)
        await work.commit()
    after = closing + timedelta(days=1)
    assert await reveal_past_closing(database, WORKSPACE, after, LATER) == 0, "done already"
    boards = [await wanted(database, f"board:{id_}") for id_ in ("A1", second)]
    await do(database, "A1", SetClosingDate(after, after), "U1")
    assert [await wanted(database, f"board:{id_}") for id_ in ("A1", second)] == [boards[0] + 1, boards[1]]
    assert (await find(database, second)).closing_date is None
    assert await reveal_past_closing(database, WORKSPACE, after, LATER) == 0
    both = [
        await reveal_past_closing(database, WORKSPACE, after + timedelta(days=1), LATER) for _ in range(2)
    ]
    assert both == [1, 0]
    assert (await find(database, "A1")).prompt("leadership-first").ready_by == THE_CLOSING_DATE


@pytest.mark.parametrize("deleted", ["first", "second"])
async def test_when_one_side_is_deleted_the_other_goes_on_alone(database: Database, deleted: str) -> None:
    second = await two_teams(database)
    for id_, lead in (("A1", "U1"), (second, JO)):
        await do(database, id_, OpenDimension("leadership"), lead)
    gone, left, lead, voter = ("A1", second, "U1", TOM) if deleted == "first" else (second, "A1", JO, "U3")
    await do(database, left, RecordLevel("leadership-first", 2), voter)
    assert (await find(database, left)).prompt("leadership-first").state is PromptState.ASKED
    boards = await wanted(database, f"board:{left}")
    title = (await find(database, gone)).title
    await delete_assessment(desk_of(database), asked(lead, "delete"), gone, title)
    alone = await find(database, left)
    assert alone.other is None and alone.prompt("leadership-first").level == 2
    assert await wanted(database, f"board:{left}") > boards
    assert NIA not in alone.facilitators
