"""Deleting an assessment takes every row that belongs to it, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Table, func, select

from model.assessment.assessment import Assessment
from model.assessment.steps import AddEvidence, RecordLevel
from model.records.deletion import Deletion
from storage.database import Database
from storage.engine.errors import ConstraintBroken
from storage.tables import metadata
from tests.storage.material import FIRST_PROMPT, NOW, SECOND, WORKSPACE, message, stepped, stored, want

DELETION = Deletion("A1", "C1", "How are <we> doing?", "U1", NOW)


async def _filled(database: Database, id_: str, channel: str) -> Assessment:
    """An assessment with a vote, evidence, history, a plan and a message."""
    before = await stored(database, id_, channel=channel, opened=True)
    one = stepped(before, AddEvidence(FIRST_PROMPT, f"E{id_}", "The survey", ""))
    two = stepped(one.assessment, RecordLevel(FIRST_PROMPT, 3))
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.lock(id_)
        await work.assessments.save(before, two.assessment, (*one.entries, *two.entries))
        await work.plans.lock(id_)
        await work.settings.put(f"assessment:{id_}", "done", True)
        await work.commit()
    await want(database, message(f"board{id_}", channel=channel, assessment=id_))
    return two.assessment


async def _delete(database: Database, assessment: Assessment) -> None:
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.lock(assessment.id)
        await work.messages.remove_all_of(assessment.id, NOW + SECOND)
        await work.settings.forget(f"assessment:{assessment.id}")
        await work.assessments.delete(assessment)
        await work.deletions.add(DELETION)
        await work.commit()


def _owned() -> list[Table]:
    """The tables whose rows belong to an assessment."""
    return [table for name, table in metadata.tables.items() if "assessment_id" in table.c]


async def _counted(database: Database, id_: str) -> dict[str, int]:
    counted: dict[str, Any] = {}
    async with database.reading(WORKSPACE) as work:
        for table in _owned():
            query = select(func.count()).select_from(table).where(table.c.assessment_id == id_)
            counted[table.name] = (await work._transaction.execute(query)).scalar_one()
    return counted


async def test_it_takes_all_that_belongs_to_it_and_leaves_the_others(database: Database) -> None:
    one = await _filled(database, "A1", "C1")
    other = await _filled(database, "A2", "C2")
    before = await _counted(database, "A2")
    for name in ("participant", "dimension_progress", "prompt_progress", "vote", "evidence", "history"):
        assert before[name] > 0
    await _delete(database, one)
    left = await _counted(database, "A1")
    assert {name for name, rows in left.items() if rows} == {"deletion"}
    assert await _counted(database, "A2") == before
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.get("A1") is None
        assert await work.assessments.get("A2") == other
        assert await work.deletions.get("A1") == DELETION
        assert await work.deletions.get("A2") is None
        assert await work.settings.get("assessment:A1", "done") is None
        assert await work.settings.get("assessment:A2", "done") is True
        board = await work.messages.get("boardA1")
    assert board is not None
    assert board.unwanted_at == NOW + SECOND
    async with database.reading("T2") as work:
        assert await work.deletions.get("A1") is None


def test_every_table_of_an_assessment_is_emptied_by_the_database() -> None:
    """By a chain of foreign keys that cascade, so that nothing can be forgotten."""

    def goes_with(table: Table, seen: tuple[str, ...] = ()) -> bool:
        cascading = [key for key in table.foreign_key_constraints if key.ondelete == "CASCADE"]
        owners = {"assessment_id", "proposal_id"}
        targets = [key.referred_table for key in cascading if owners & {*key.column_keys}]
        return any(
            each.name == "assessment" or (each.name not in seen and goes_with(each, (*seen, table.name)))
            for each in targets
        )

    stays = {table.name for table in _owned() if not goes_with(table)}
    assert stays == {"deletion"}


async def test_an_assessment_is_locked_before_it_is_deleted(database: Database) -> None:
    assessment = await stored(database)
    async with database.unit_of_work(WORKSPACE) as work:
        with pytest.raises(RuntimeError):
            await work.assessments.delete(assessment)


async def test_what_was_deleted_once_is_not_deleted_again(database: Database) -> None:
    async with database.unit_of_work(WORKSPACE) as work:
        await work.deletions.add(DELETION)
        await work.commit()
    async with database.unit_of_work(WORKSPACE) as work:
        with pytest.raises(ConstraintBroken):
            await work.deletions.add(DELETION)


async def test_the_latest_come_first_whatever_their_state(database: Database) -> None:
    for id_, channel in (("A1", "C1"), ("A2", "C2"), ("A3", "C3")):
        await stored(database, id_, channel=channel)
    await stored(database, "A9", workspace="T2")
    async with database.reading(WORKSPACE) as work:
        assert [each.id for each in await work.assessments.latest(2)] == ["A3", "A2"]
        assert len(await work.assessments.latest(9)) == 3
