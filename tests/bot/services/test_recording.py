"""A change is made once for each delivery, all of it or nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.recording import allowed, existing, first_time, locked, record_once
from model.assessment.assessment import Assessment
from model.refusals import Reason, Refusal
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.material import NOW, WORKSPACE, stored

ASKED = Asked(WORKSPACE, "U1", NOW, "press:1")
NO = Refusal(Reason.FACILITATORS_ONLY)


async def put(work: UnitOfWork) -> str:
    await work.settings.put("test", "made", True)
    return "made"


async def made(database: Database) -> bool:
    async with database.reading(WORKSPACE) as work:
        return bool(await work.settings.get("test", "made"))


async def test_a_delivery_changes_something_once(database: Database) -> None:
    assert await record_once(database, ASKED, put) == "made"
    assert await record_once(database, ASKED, put) is None
    assert not await first_time(database, ASKED)
    assert await made(database)


async def test_what_is_refused_leaves_nothing_and_may_come_again(database: Database) -> None:
    assessment = await stored(database)

    async def refuse(work: UnitOfWork) -> None:
        await put(work)
        allowed(NO, await locked(work, assessment.id))

    for _ in range(2):
        with pytest.raises(Refused) as refused:
            await record_once(database, ASKED, refuse)
        assert (refused.value.refusal, refused.value.assessment) == (NO, assessment)
    assert not await made(database)
    assert await first_time(database, ASKED)


@pytest.mark.parametrize("read", [locked, existing])
async def test_what_is_not_there_is_no_state_to_judge(
    database: Database, read: Callable[[UnitOfWork, str], Awaitable[Assessment]]
) -> None:
    await stored(database, workspace="T2")
    with pytest.raises(NoSuchAssessment):
        await record_once(database, ASKED, lambda work: read(work, "A1"))


def test_what_is_allowed_is_handed_on() -> None:
    assert allowed("it") == "it"
    assert allowed(None) is None
