"""What is still open in an assessment, and when its facilitators are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from model.assessment.assessment import Assessment, Mode, Role
from model.assessment.steps import (
    AddPeople,
    Cancel,
    ConfirmLevel,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    Reveal,
)
from model.calendar.council_calendar import WorkingCalendar
from model.calendar.working_hours import Diary
from model.reminders.closing_date import StillOpen, closing_due, still_open
from tests.model.assessments import GRACE, NIA, OMAR, after, confirmed, finished, started
from tests.model.days import LONDON, at, span

ANA = "U4ANA"
DIARY = Diary(zone=LONDON)


def closing_on(day: str) -> Assessment:
    return started(closing_date=date.fromisoformat(day))


def due(assessment: Assessment, moment: str, said: tuple[str, ...] = (), diary: Diary = DIARY) -> str | None:
    found = closing_due(assessment, NIA, said, diary, at(moment))
    return None if found is None else found.occasion.key


def test_one_working_day_before_and_on_the_day() -> None:
    # A Monday: the day before is the Friday.
    assessment = closing_on("2026-12-07")
    assert due(assessment, "2026-12-04 09:29") is None
    assert due(assessment, "2026-12-04 09:30") == "before-1"
    assert due(assessment, "2026-12-05 12:00") is None
    assert due(assessment, "2026-12-07 09:30", ("before-1",)) == "on_the_day-0"
    assert due(assessment, "2026-12-07 12:00", ("before-1", "on_the_day-0")) is None
    assert due(assessment, "2026-12-07 12:00", ("on_the_day-0",)) is None


def test_a_closing_date_on_a_day_off_is_told_of_on_the_next_and_not_a_week_later() -> None:
    assessment = closing_on("2026-12-25")
    assert due(assessment, "2026-12-24 10:00") == "before-1"
    assert due(assessment, "2026-12-29 10:00", ("before-1",)) == "on_the_day-0"
    away = Diary(zone=LONDON, away=(span("2026-12-24", "2027-01-03"),))
    assert due(assessment, "2027-01-04 10:00", diary=away) == "on_the_day-0"
    assert due(assessment, "2027-01-06 10:00") is None
    paused = Diary(WorkingCalendar(pauses=(span("2026-12-24", "2027-02-01"),)), LONDON)
    assert due(assessment, "2027-02-02 10:00", diary=paused) == "on_the_day-0"


def test_what_is_more_than_a_week_late_is_not_said() -> None:
    assessment = closing_on("2026-12-07")
    assert due(assessment, "2026-12-14 09:30") == "on_the_day-0"
    assert due(assessment, "2026-12-14 09:31") is None


def test_who_is_not_told() -> None:
    assessment = closing_on("2026-12-07")
    moment = at("2026-12-07 10:00")
    assert closing_due(assessment, GRACE, (), DIARY, moment) is None, "not on the roster"
    assert due(after(assessment, Pause()), "2026-12-07 10:00") is None
    assert due(after(assessment, Cancel("")), "2026-12-07 10:00") is None
    assert due(started(), "2026-12-07 10:00") is None, "no closing date"
    done = replace(finished(), closing_date=date(2026, 12, 7))
    assert due(done, "2026-12-07 10:00") is None, "nothing is open"


def test_whoever_began_it_for_today_or_came_to_it_on_the_day_knows() -> None:
    assert due(closing_on("2026-11-23"), "2026-11-23 10:00") is None
    assessment = closing_on("2026-12-07")
    late = after(assessment, AddPeople((GRACE,), Role.FACILITATOR), at=at("2026-12-07 09:10"))
    assert closing_due(late, GRACE, (), DIARY, at("2026-12-07 10:00")) is None
    assert closing_due(late, OMAR, (), DIARY, at("2026-12-07 10:00")) is not None


def test_what_is_open_is_named_by_dimension() -> None:
    assessment = replace(started(), mode=Mode.TOGETHER)
    assert still_open(assessment) == tuple(StillOpen(each, opened=False) for each in assessment.scope)
    assessment = after(assessment, AddPeople((GRACE, ANA), Role.ASSESSOR), OpenDimension("roads"))
    assessment = after(assessment, RecordLevel("roads-q1", 2), by=GRACE)
    assert still_open(assessment)[0] == StillOpen("roads", unanswered=5, waiting_for=(ANA,))
    assessment = after(assessment, Reveal("roads-q1"))
    assert still_open(assessment)[0] == StillOpen("roads", unanswered=5, to_agree=1)
    assessment = after(assessment, PutOff("roads-q1"))
    assert still_open(assessment)[0] == StillOpen("roads", unanswered=5, put_off=1, waiting_for=(GRACE, ANA))


@pytest.mark.parametrize("confirm", [False, True])
def test_a_level_to_be_confirmed_is_open(confirm: bool) -> None:
    assessment = after(started(scope=["bins"]), OpenDimension("bins"), RecordLevel("bins-q1", 3))
    assert still_open(assessment) == (StillOpen("bins", to_confirm=True),)
    if confirm:
        assert still_open(confirmed(assessment, "bins")) == ()
        assert still_open(after(assessment, ConfirmLevel("bins", 3, 3))) == ()
