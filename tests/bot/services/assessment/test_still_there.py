"""A roster that is remembered brings back who is still there, and nobody else to be waited for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from bot.services.asking import Asked
from bot.services.assessment.reviewing import start_review
from bot.services.assessment.starting import start_assessment
from bot.services.desk import Desk
from bot.services.second_team.second_team import invite_second_team
from model.assessment.assessment import Assessment, AssessmentState, Kind, Mode, Role
from model.assessment.roster import ERASED
from model.assessment.steps import AddPeople, NewAssessment
from model.second_team.inviting import Invitation
from storage.database import Database
from tests.bot.desks import desk_of, only
from tests.bot.services.assessment.test_chosen_people import GONE, SCOPE, Accounts
from tests.storage.material import NOW, WORKSPACE, started, stepped

Begin = Callable[[Desk], Awaitable[Assessment | None]]
LEFT, FORGOTTEN = "U7LEFT", f"{ERASED}1"
ALL = (LEFT, "U4", GONE, FORGOTTEN)
OBSERVER, GONE_OBSERVER = "U5", "U6LEFT"
THERE = ("U1", "U2", "U8", "U4", "U5", GONE)


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    """A closed assessment in C1, whose assessors and observers have gone in part since."""
    opened = await Database.open(sqlite_url)
    assessment, entries = started(mode=Mode.TOGETHER)
    for step in (AddPeople(ALL, Role.ASSESSOR), AddPeople((OBSERVER, GONE_OBSERVER), Role.OBSERVER)):
        assessment = stepped(assessment, step).assessment
    async with opened.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(replace(assessment, state=AssessmentState.CLOSED), entries)
        await work.commit()
    yield opened
    await opened.close()


async def again(desk: Desk) -> Assessment | None:
    new = NewAssessment("C1", "Spring", Kind.SELF, Mode.TOGETHER, SCOPE, ("U1",))
    return await start_assessment(desk, Asked(WORKSPACE, "U1", NOW, "again"), new)


async def beside(desk: Desk) -> Assessment | None:
    """A second team in the channel of the closed one."""
    first, entries = started("A2", channel="C2", mode=Mode.TOGETHER)
    async with desk.database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(first, entries)
        await work.commit()
    invitation = Invitation("C1", Kind.PEER, "Peer team", ("U8",))
    return await invite_second_team(desk, Asked(WORKSPACE, "U1", NOW, "beside"), "A2", invitation)


async def looked_at_again(desk: Desk) -> Assessment | None:
    return await start_review(desk, Asked(WORKSPACE, "U1", NOW, "review"), "A1", "data")


@pytest.mark.parametrize("begin", [again, beside, looked_at_again])
async def test_whoever_is_gone_is_not_brought_back(database: Database, begin: Begin) -> None:
    begun = await begin(desk_of(database, only(*THERE), accounts=Accounts()))
    assert begun is not None and begun.assessors == ("U4",)
    assert begun.people(Role.OBSERVER) == (OBSERVER,)
    assert GONE not in begun.facilitators


@pytest.mark.parametrize("begin", [again, beside, looked_at_again])
async def test_where_slack_cannot_tell_all_are_there_but_the_erased(database: Database, begin: Begin) -> None:
    class Silent(Accounts):
        async def name_of_deactivated(self, workspace_id: str, user: str) -> str | None:
            raise TimeoutError

    begun = await begin(desk_of(database, accounts=Silent()))
    assert begun is not None and begun.assessors == (LEFT, "U4", GONE)


async def test_a_review_is_led_by_whoever_is_still_there(database: Database) -> None:
    begun = await looked_at_again(desk_of(database, only("U1", "U4"), accounts=Accounts()))
    assert begun is not None and begun.facilitators == ("U1",)
