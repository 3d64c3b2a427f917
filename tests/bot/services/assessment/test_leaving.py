"""Whom a departure from a channel, or a deactivated account, takes off which rosters."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.services.asking import Asked
from bot.services.assessment.leaving import left_channel, take_off_who_is_gone
from model.assessment.assessment import Mode, Role
from model.assessment.history import Happened
from model.assessment.steps import AddPeople, Cancel, Step
from storage.database import Database
from tests.bot.desks import EVERYBODY, Inside, People, desk_of, only
from tests.storage.material import NOW as AT
from tests.storage.material import WORKSPACE, started, stepped


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(sqlite_url)
    yield opened
    await opened.close()


async def keep(database: Database, id_: str, channel: str, *more: Step, cancelled: bool = False) -> None:
    """U1 and U2 facilitate, and U3 is an assessor."""
    assessment, entries = started(id_, channel=channel, mode=Mode.TOGETHER)
    over: list[Step] = [Cancel("No time.")] if cancelled else []
    for step in (AddPeople(("U3",), Role.ASSESSOR), *more, *over):
        taken = stepped(assessment, step)
        assessment, entries = taken.assessment, (*entries, *taken.entries)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(assessment, entries)
        await work.commit()


async def go(database: Database, person: str, channel_id: str | None) -> bool:
    key = f"{person} leaves {channel_id}"
    return await left_channel(database, Asked(WORKSPACE, person, AT, key), channel_id)


async def without(database: Database, person: str) -> set[str]:
    """The assessments whose roster somebody has left, by what their histories and boards say."""
    left = set()
    async with database.reading(WORKSPACE) as work:
        for id_ in ("A1", "A2", "A3"):
            assessment = await work.assessments.get(id_)
            assert assessment is not None
            told = [each.what for each in await work.assessments.history(id_) if each.by == person]
            gone = assessment.participant(person) is None
            assert (Happened.LEFT_CHANNEL in told) == gone
            board = await work.messages.get(f"board:{id_}")
            assert board is not None or not gone, "the board says who facilitates, and for whom it waits"
            left |= {id_} if gone else set()
    return left


@pytest.mark.parametrize(
    ("person", "channel", "gone"),
    [
        ("U3", None, {"A2", "A3"}),
        ("U3", "C1", {"A2"}),
        ("U1", None, {"A1", "A2", "A3"}),
        ("U1", "C1", {"A1", "A2"}),
    ],
    ids=["assessor deactivated", "assessor left", "facilitator deactivated", "facilitator left"],
)
async def test_rosters_lose_whoever_left(
    database: Database, person: str, channel: str | None, gone: set[str]
) -> None:
    await keep(database, "A1", "C1", cancelled=True)
    await keep(database, "A2", "C1")
    await keep(database, "A3", "C2")
    assert await go(database, person, channel)
    assert await without(database, person) == gone
    assert not await go(database, person, channel), "delivered twice"
    assert not await go(database, "U9", None), "nobody knows them"


async def look(database: Database, membership: Inside = EVERYBODY, *deactivated: str) -> int:
    """How many are taken off when the clock looks."""
    accounts = People(deactivated=dict.fromkeys(deactivated, "Lee March"))
    return await take_off_who_is_gone(desk_of(database, membership, accounts=accounts), WORKSPACE, AT)


async def test_whoever_was_deactivated_while_we_were_not_there_is_found(database: Database) -> None:
    await keep(database, "A1", "C1", cancelled=True)
    await keep(database, "A2", "C1")
    await keep(database, "A3", "C2")
    assert await look(database, EVERYBODY, "U1", "U3") == 2
    assert await without(database, "U1") == {"A1", "A2", "A3"}
    assert await without(database, "U3") == {"A2", "A3"}
    assert await look(database, EVERYBODY, "U1", "U3") == 0


async def test_who_is_only_not_there_yet_stays_unless_nobody_is_there_to_lead(database: Database) -> None:
    await keep(database, "A1", "C1", cancelled=True)
    await keep(database, "A2", "C1")
    await keep(database, "A3", "C2")
    assert await look(database, only("U2")) == 0, "U1 and U3 may be invited yet"
    assert await look(database, only("U3")) == 6, "two in each of three assessments"
    assert await without(database, "U1") == await without(database, "U2") == {"A1", "A2", "A3"}
    assert await without(database, "U3") == set()


async def test_an_assessment_that_nobody_leads_costs_nobody_their_place_in_another(
    database: Database,
) -> None:
    await keep(database, "A1", "C1", cancelled=True)
    await keep(database, "A2", "C1", AddPeople(("U5",), Role.FACILITATOR))
    await keep(database, "A3", "C2", AddPeople(("U5",), Role.FACILITATOR))
    assert await look(database, only("U5")) == 2
    assert await without(database, "U1") == await without(database, "U2") == {"A1"}
