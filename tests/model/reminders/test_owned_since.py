"""Since when a milestone is somebody's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from model.plan.history import PlanEntry, PlanHappened
from model.reminders.owned_since import held_since
from tests.model.assessments import NIA, NOW

LATER = NOW + timedelta(hours=1)


def entry(what: PlanHappened, before: str = "", after: str = "", milestone: str | None = None) -> PlanEntry:
    return PlanEntry(what, NIA, LATER, item_id="I1", milestone_id=milestone, before=before, after=after)


def since(*entries: PlanEntry, in_place: bool = False) -> bool:
    """Whether an entry made it theirs anew."""
    return held_since(NOW, "I1-01", entries, in_place=in_place) == LATER


@pytest.mark.parametrize("before", ["proposed", "done", "dropped"])
def test_when_its_item_was_taken_on(before: str) -> None:
    assert since(entry(PlanHappened.STATUS_SET, before, "to_do"))
    assert not since(entry(PlanHappened.STATUS_SET, "to_do", before))


def test_not_when_it_was_only_got_on_with() -> None:
    assert not since(entry(PlanHappened.STATUS_SET, "to_do", "doing"))
    assert not since(entry(PlanHappened.STATUS_SET, "blocked", "blocked"))
    assert not since(entry(PlanHappened.TITLE_CHANGED, "A", "B"))
    assert not since()


def test_when_it_was_taken_up_again() -> None:
    assert since(entry(PlanHappened.MILESTONE_REOPENED, milestone="I1-01"))
    assert not since(entry(PlanHappened.MILESTONE_REOPENED, milestone="I1-02"))


@pytest.mark.parametrize(
    "what", [PlanHappened.OWNERS_CHANGED, PlanHappened.HANDED_OVER, PlanHappened.SPONSOR_CHANGED]
)
def test_other_people_matter_to_those_who_stand_in(what: PlanHappened) -> None:
    assert since(entry(what, "U1", ""), in_place=True)
    assert not since(entry(what, "U1", "U2")), "owners have their own date"


def test_the_last_turn_counts_and_no_earlier_one_makes_it_earlier() -> None:
    turns = [
        PlanEntry(PlanHappened.STATUS_SET, NIA, NOW + timedelta(hours=hours), before="done", after="doing")
        for hours in (-2, 3, 1)
    ]
    assert held_since(NOW, "I1-01", turns, in_place=False) == NOW + timedelta(hours=3)
    assert held_since(NOW, "I1-01", turns[:1], in_place=False) == NOW
