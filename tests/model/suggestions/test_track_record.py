"""What is counted of an action, and that fewer than three say nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.plan.plan import ItemStatus, PlanItem, Worked
from model.plan.steps import RecordOutcome, SetStatus
from model.suggestions.track_record import TakenOn, TrackRecord, track_record
from tests.model.plans import item_step, planned


def item(*, done: bool = True, worked: Worked | None = None) -> PlanItem:
    plan = planned(item_step())
    if done:
        plan = planned(SetStatus("I1", ItemStatus.DONE), plan=plan)
    if worked is not None:
        plan = planned(RecordOutcome("I1", worked), plan=plan)
    return plan.item("I1")


def test_it_counts_what_happened() -> None:
    proposed = replace(item(done=False), status=ItemStatus.PROPOSED)
    assert item().level_when_added == 3
    record = track_record(
        [
            TakenOn(item(worked=Worked.YES), 4),
            TakenOn(item(worked=Worked.YES), 3),
            TakenOn(item(worked=Worked.PARTLY), 2),
            TakenOn(item(worked=Worked.TOO_EARLY), None),
            TakenOn(item(done=False), 5),
            TakenOn(proposed, None),
        ]
    )
    assert record == TrackRecord(
        taken=5, done=4, worked={Worked.YES: 2, Worked.PARTLY: 1}, looked_again=3, higher=1, lower=1
    )


@pytest.mark.parametrize("number", [0, 1, 2])
def test_fewer_than_three_say_nothing(number: int) -> None:
    assert track_record([TakenOn(item(), 4)] * number) is None
    proposed = TakenOn(replace(item(done=False), status=ItemStatus.PROPOSED), None)
    assert track_record([TakenOn(item(), 4)] * number + [proposed] * 3) is None
    assert track_record([TakenOn(item(), 4)] * 3) is not None
