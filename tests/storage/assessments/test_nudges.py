"""Nudges and who wants none: kept once, apart in each workspace, and gone with their assessment."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from model.reminders.nudges import Nudge
from storage.database import Database
from storage.engine.errors import ConstraintBroken
from tests.storage.material import FIRST_PROMPT, NOW, SECOND, WORKSPACE, stored

SECOND_PROMPT = FIRST_PROMPT.replace("first", "second")


async def test_nudges_are_kept_in_order_and_none_twice(database: Database) -> None:
    await stored(database, opened=True)
    nudges = [
        Nudge(FIRST_PROMPT, "U3", 1, 1, NOW),
        Nudge(SECOND_PROMPT, "U3", 1, 1, NOW),
        Nudge(FIRST_PROMPT, "U4", 1, 1, NOW + SECOND),
        Nudge(FIRST_PROMPT, "U3", 2, 2, NOW + 2 * SECOND),
    ]
    async with database.unit_of_work(WORKSPACE) as work:
        await work.nudges.add("A1", reversed(nudges))
        await work.nudges.add("A1", ())
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        assert await work.nudges.of_assessment("A1") == nudges
        assert await work.nudges.of_assessment("A2") == []
    with pytest.raises(ConstraintBroken):
        async with database.unit_of_work(WORKSPACE) as work:
            await work.nudges.add("A1", [Nudge(FIRST_PROMPT, "U4", 1, 7, NOW)])
    with pytest.raises(ConstraintBroken):
        async with database.unit_of_work(WORKSPACE) as work:
            await work.nudges.add("A1", [Nudge(FIRST_PROMPT, "U4", 3, 7, NOW)])
    async with database.reading("T2") as work:
        assert await work.nudges.of_assessment("A1") == []


async def test_who_wants_no_more_and_who_does_again(database: Database) -> None:
    await stored(database)
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.nudges.stop("A1", "U3", NOW)
        assert not await work.nudges.stop("A1", "U3", NOW + SECOND)
        await work.commit()
    async with database.reading("T2") as work:
        assert await work.nudges.stopped("A1") == {}
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.nudges.stopped("A1") == {"U3": NOW}
        assert await work.nudges.allow("A1", "U3")
        assert not await work.nudges.allow("A1", "U3")
        assert await work.nudges.stopped("A1") == {}


async def test_when_a_question_was_asked_is_kept(database: Database) -> None:
    assessment = await stored(database, opened=True)
    assert assessment.prompt(FIRST_PROMPT).asked_at == NOW
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.get("A1") == assessment


async def test_they_go_with_their_assessment(database: Database) -> None:
    await stored(database, opened=True)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.nudges.add("A1", [Nudge(FIRST_PROMPT, "U3", 1, 1, NOW)])
        await work.nudges.stop("A1", "U3", NOW)
        await work._transaction.execute(text("DELETE FROM assessment"))
        assert await work.nudges.of_assessment("A1") == []
        assert await work.nudges.stopped("A1") == {}
