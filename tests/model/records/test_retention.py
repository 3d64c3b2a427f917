"""How long an ended assessment is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.assessment.assessment import Assessment, AssessmentState
from model.plan.plan import ItemStatus
from model.plan.steps import SetStatus
from model.records.retention import NOTICE, kept_until, last_day
from tests.model.assessments import started
from tests.model.plans import item_step, planned


def closed(on: date) -> Assessment:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return replace(started(), state=AssessmentState.CLOSED, state_changed_at=at)


@pytest.mark.parametrize(
    ("on", "months", "until"),
    [
        (date(2026, 11, 25), 12, date(2027, 11, 25)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 31), 240, date(2046, 1, 31)),
    ],
)
def test_so_many_months_from_the_end(on: date, months: int, until: date) -> None:
    assessment = closed(on)
    assert kept_until(assessment, None, months) == until


def test_what_is_worked_on_is_kept() -> None:
    assert kept_until(started(), None, 1) is None
    plan = planned(item_step())
    assessment = closed(date(2026, 11, 25))
    assert kept_until(assessment, plan, 1) is None
    done = planned(SetStatus("I1", ItemStatus.DONE), plan=plan)
    assert kept_until(assessment, done, 1) == date(2026, 12, 25)


@given(st.dates(date(2026, 1, 1), date(2040, 1, 1)), st.dates(date(2026, 1, 1), date(2040, 1, 1)))
def test_nothing_goes_without_notice(until: date, told: date) -> None:
    assert last_day(until, told) >= told + NOTICE
    assert last_day(until, told) >= until
