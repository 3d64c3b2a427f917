"""The days a person says they are away."""

from __future__ import annotations

import pytest

from model.calendar.away import MOST_RANGES, away_added, away_removed
from model.refusals import Reason, Refusal
from tests.model.days import day, span

TODAY = day("2027-06-10")
OVER, NOW, LATER = span("2027-06-01", "2027-06-09"), span("2027-06-01", "2027-06-10"), span("2027-08-02")


def test_days_are_kept_in_order_and_those_that_are_over_go() -> None:
    added = away_added((LATER, OVER, NOW), day("2027-07-01"), day("2027-07-09"), TODAY)
    assert added == (NOW, span("2027-07-01", "2027-07-09"), LATER)
    assert away_added((LATER, OVER), None, None, TODAY) == (LATER,)
    assert away_added((LATER,), LATER.first, LATER.last, TODAY) == (LATER,)


def test_the_last_day_may_be_today() -> None:
    assert away_added((), day("2027-06-01"), TODAY, TODAY) == (NOW,)


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        ("2027-07-01", None, Reason.AWAY_INCOMPLETE),
        (None, "2027-07-01", Reason.AWAY_INCOMPLETE),
        ("2027-07-02", "2027-07-01", Reason.AWAY_ENDS_FIRST),
        ("2027-06-01", "2027-06-09", Reason.AWAY_PAST),
        ("2027-07-01", "2029-07-01", Reason.AWAY_TOO_LONG),
        ("2100-12-31", "2101-01-01", Reason.AWAY_TOO_LONG),
        ("1999-01-01", "2027-07-01", Reason.AWAY_TOO_LONG),
    ],
)
def test_dates_that_make_no_absence(first: str | None, last: str | None, reason: Reason) -> None:
    refused = away_added((), first and day(first), last and day(last), TODAY)  # type: ignore[arg-type]
    assert isinstance(refused, Refusal) and refused.reason is reason


def test_so_many_and_no_more() -> None:
    many = tuple(span(f"2027-07-{number:02}") for number in range(1, MOST_RANGES + 1))
    refused = away_added(many, day("2027-09-01"), day("2027-09-01"), TODAY)
    assert refused == Refusal(Reason.TOO_OFTEN_AWAY, limit=MOST_RANGES)
    assert away_added(many, None, None, TODAY) == many


def test_taking_days_back() -> None:
    assert away_removed((NOW, LATER), LATER.first, LATER.last, TODAY) == (NOW,)
    assert away_removed((OVER, LATER), day("2027-08-01"), LATER.last, TODAY) == (LATER,)
