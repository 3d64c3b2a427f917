"""The assessment before: chosen by channel and framework, kept, and forgotten with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from model.assessment.assessment import Assessment, AssessmentState
from model.framework.framework import Framework
from storage.database import Database
from tests.storage.material import FRAMEWORK, NOW, WORKSPACE, framework, started


async def _stored(
    database: Database,
    id_: str,
    *,
    state: AssessmentState = AssessmentState.CLOSED,
    day: int = 0,
    channel: str = "C1",
    of: Framework = FRAMEWORK,
    previous: str | None = None,
) -> Assessment:
    """An assessment in this state since some day."""
    begun, entries = started(id_, channel=channel, of=of)
    changed_at = None if state is AssessmentState.RUNNING else NOW + timedelta(days=day)
    assessment = replace(begun, state=state, state_changed_at=changed_at, previous=previous)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(assessment, entries)
        await work.commit()
    return assessment


async def test_it_is_the_one_of_the_same_framework_that_was_closed_last(database: Database) -> None:
    other = Framework.model_validate({**FRAMEWORK.model_dump(mode="json"), "id": "another"})
    await _stored(database, "A1", day=1)
    await _stored(database, "A2", day=3, of=framework("2.0.0"))
    await _stored(database, "A3", day=2)
    await _stored(database, "A4", day=4, of=other)
    await _stored(database, "A5", day=5, state=AssessmentState.CANCELLED)
    await _stored(database, "A6", state=AssessmentState.RUNNING)
    await _stored(database, "A7", day=9, channel="C2")
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.closed_before("C1", FRAMEWORK.id) == "A2", "the wording may differ"
        assert await work.assessments.closed_before("C1", "another") == "A4"
        assert await work.assessments.closed_before("C1", "a third") is None
        assert await work.assessments.closed_before("C9", FRAMEWORK.id) is None
    async with database.reading("T2") as work:
        assert await work.assessments.closed_before("C1", FRAMEWORK.id) is None


async def test_it_is_kept_and_can_be_forgotten(database: Database) -> None:
    await _stored(database, "A1")
    after = await _stored(database, "A2", day=1, previous="A1")
    await _stored(database, "A3", day=2, previous="A2")
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.get("A2") == after
        assert await work.assessments.following("A1") == ["A2"]
        assert await work.assessments.following("A3") == []
    async with database.unit_of_work(WORKSPACE) as work:
        locked = await work.assessments.lock("A2")
        assert locked is not None
        await work.assessments.save(locked, replace(locked, previous=None), ())
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.get("A2") == replace(after, previous=None)
        assert await work.assessments.following("A1") == []
