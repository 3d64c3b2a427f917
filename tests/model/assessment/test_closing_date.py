"""Another closing date, the first one, or none: each rule and each refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from model.assessment.assessment import Assessment, Mode, PromptState, Role
from model.assessment.history import Happened
from model.assessment.steps import AddPeople, OpenDimension, Pause, RecordLevel, SetClosingDate
from model.assessment.voting import reveal_at_closing
from model.refusals import Reason
from tests.model.assessments import (
    FACILITATORS,
    GRACE,
    LATER,
    NIA,
    NOW,
    OMAR,
    after,
    refused,
    started,
    taken,
)

TODAY = NOW.date()
YESTERDAY, TOMORROW, NEXT_WEEK = (TODAY + timedelta(days=days) for days in (-1, 1, 7))


def closing(day: date | None) -> Assessment:
    """An assessment with this closing date, which may have passed."""
    return replace(started(), closing_date=day)


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize(
    ("before", "day"),
    [(None, TOMORROW), (TOMORROW, NEXT_WEEK), (NEXT_WEEK, TODAY), (YESTERDAY, TODAY), (TOMORROW, None)],
)
def test_it_is_set_changed_or_cleared_and_the_history_says_so(
    before: date | None, day: date | None, paused: bool
) -> None:
    assessment = after(closing(before), *([Pause()] if paused else []))
    step = taken(assessment, SetClosingDate(day, TODAY), OMAR, LATER)
    assert step.assessment == replace(assessment, closing_date=day)
    [entry] = step.entries
    assert (entry.what, entry.by, entry.at) == (Happened.CLOSING_DATE_SET, OMAR, LATER)
    assert (entry.date_before, entry.date_after) == (before, day)


@pytest.mark.parametrize("day", [None, YESTERDAY, TODAY])
def test_what_is_left_as_it_is_changes_nothing_even_where_it_has_passed(day: date | None) -> None:
    assert refused(closing(day), SetClosingDate(day, TODAY)).reason is Reason.NOTHING_CHANGED


@pytest.mark.parametrize("before", [None, YESTERDAY - timedelta(days=1), TOMORROW])
def test_not_to_a_day_that_has_passed(before: date | None) -> None:
    assert refused(closing(before), SetClosingDate(YESTERDAY, TODAY)).reason is Reason.CLOSING_DATE_PAST


@pytest.mark.parametrize("day", [None, YESTERDAY, TOMORROW])
def test_only_by_facilitators_and_it_says_who_they_are(day: date | None) -> None:
    refusal = refused(closing(TOMORROW), SetClosingDate(day, TODAY), GRACE)
    assert (refusal.reason, refusal.who_can) == (Reason.FACILITATORS_ONLY, FACILITATORS)


def with_a_vote() -> Assessment:
    """An assessment that closes today, in which one of two assessors voted."""
    assessment = replace(closing(TODAY), mode=Mode.TOGETHER)
    assessment = after(assessment, AddPeople((GRACE, "U4"), Role.ASSESSOR), OpenDimension("bins"))
    return after(assessment, RecordLevel("bins-q1", 3), by=GRACE)


def test_the_closing_date_itself_is_still_open() -> None:
    assert reveal_at_closing(with_a_vote(), TODAY, LATER) is None
    assert reveal_at_closing(with_a_vote(), TOMORROW, LATER) is not None


def test_votes_are_revealed_at_the_new_date_and_not_at_the_old_one() -> None:
    later = after(with_a_vote(), SetClosingDate(NEXT_WEEK, TODAY), by=NIA)
    assert reveal_at_closing(later, TOMORROW, LATER) is None
    revealed = reveal_at_closing(later, NEXT_WEEK + timedelta(days=1), LATER)
    assert revealed is not None
    assert revealed.assessment.prompt("bins-q1").state is PromptState.REVEALED
    never = after(later, SetClosingDate(None, TODAY))
    assert reveal_at_closing(never, NEXT_WEEK + timedelta(days=1), LATER) is None
