"""What became of an action, from the plans and the later levels that are stored, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.services.asking import Asked
from bot.services.library.track_records import record_of
from bot.services.plan.stepping import take_plan_step
from bot.services.suggestions.adopting import adopt_action
from bot.views.library.library import record_words
from model.assessment.assessment import Assessment, AssessmentState
from model.assessment.steps import ConfirmLevel, OpenDimension, RecordLevel, Step
from model.plan.plan import ItemStatus, Worked
from model.plan.steps import RecordOutcome, SetStatus
from model.suggestions.track_record import TrackRecord
from storage.database import Database
from tests.bot.desks import desk_of
from tests.bot.services.plan.test_stepping import ACTION
from tests.model.libraries import library_of
from tests.storage.material import NOW, WORKSPACE, started, stepped


async def _assessed(database: Database, id_: str, channel: str, level: int, days: int) -> None:
    """An assessment in which Data was confirmed at a level, some days from now."""
    at = NOW + timedelta(days=days)
    assessment, entries = started(id_, channel=channel, at=at)
    prompts = [prompt.id for prompt in assessment.framework.dimension("data").prompts]
    steps: list[Step] = [OpenDimension("data"), *(RecordLevel(prompt, level) for prompt in prompts)]
    confirm = ConfirmLevel("data", seen=level, level=level)
    after: Assessment = assessment
    for step in (*steps, confirm):
        after = stepped(after, step, at=at).assessment
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(after, entries)
        await work.commit()


async def _finished(database: Database, id_: str, worked: Worked) -> None:
    """The action taken on in the plan of an assessment, done, and answered for."""

    def asked(key: str) -> Asked:
        return Asked(WORKSPACE, "U1", NOW + timedelta(days=2), f"{id_}:{key}")

    desk = desk_of(database, library=library_of([ACTION]))
    added = await adopt_action(desk, asked("add"), id_, ACTION["id"])
    assert added is not None
    item_id = added.after.items[0].id
    for step in (SetStatus(item_id, ItemStatus.DONE), RecordOutcome(item_id, worked)):
        assert await take_plan_step(desk, asked(repr(step)), id_, step) is not None


async def test_it_is_told_from_the_third_on(database: Database) -> None:
    for number, worked in enumerate((Worked.YES, Worked.NO, Worked.YES)):
        await _assessed(database, f"A{number}", f"C{number}", 2, days=1)
        assert await record_of(database, WORKSPACE, ACTION["id"]) is None
        await _finished(database, f"A{number}", worked)
    record = await record_of(database, WORKSPACE, ACTION["id"])
    assert record == TrackRecord(3, 3, {Worked.YES: 2, Worked.NO: 1}, looked_again=0, higher=0, lower=0)
    assert await record_of(database, "T2", ACTION["id"]) is None, "another workspace has its own records"
    # Looked at again in two of the channels; what was confirmed before the item was done does not count.
    for number, level in ((0, 3), (1, 2)):
        async with database.unit_of_work(WORKSPACE) as work:
            before = await work.assessments.lock(f"A{number}")
            assert before is not None
            closed = stepped_to_the_end(before)
            await work.assessments.save(before, closed, [])
            await work.commit()
        await _assessed(database, f"B{number}", f"C{number}", level, days=60)
    record = await record_of(database, WORKSPACE, ACTION["id"])
    assert record is not None
    assert (record.looked_again, record.higher, record.lower) == (2, 1, 0)
    assert record_words(record) == (
        "Taken on 3 times, finished 3 times. Asked whether it worked, teams said yes twice and no once. "
        "Of the 2 times the dimension was looked at again, its level was higher once, the same once and "
        "lower never. That need not be because of the action."
    )


def stepped_to_the_end(assessment: Assessment) -> Assessment:
    """Cancelled would not count, so the other dimensions are left open and it is closed by hand."""
    return replace(assessment, state=AssessmentState.CLOSED, state_changed_by="U1", state_changed_at=NOW)
