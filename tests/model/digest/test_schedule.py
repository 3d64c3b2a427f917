"""When the weekly digest is due."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from model.calendar.council_calendar import Nation, WorkingCalendar
from model.digest.schedule import DigestRules, DigestSwitch, last_slot, may_go_out
from tests.model.days import LONDON, at, local, span

MONDAYS = DigestRules(weekday=0, at=time(9, 30), zone=LONDON)
ENGLAND = WorkingCalendar(Nation.ENGLAND)


class TestWhenItIsDue:
    @pytest.mark.parametrize(
        ("now", "slot"),
        [
            ("2026-12-07T09:29", "Mon 2026-11-30 09:30"),
            ("2026-12-07T09:30", "Mon 2026-12-07 09:30"),
            ("2026-12-13T23:59", "Mon 2026-12-07 09:30"),
            # The Monday after Christmas is a bank holiday, since Boxing Day is a Saturday.
            ("2026-12-28T12:00", "Mon 2026-12-21 09:30"),
            ("2026-12-29T09:30", "Tue 2026-12-29 09:30"),
            # The clocks have gone forward since the last one.
            ("2027-03-29T10:00", "Mon 2027-03-22 09:30"),
            ("2027-03-30T09:30", "Tue 2027-03-30 09:30"),
        ],
    )
    def test_the_last_moment_that_has_come(self, now: str, slot: str) -> None:
        day, moment = last_slot(at(now), ENGLAND, MONDAYS)
        assert (local(moment), day) == (slot, moment.astimezone(LONDON).date())

    def test_a_pause_moves_it_to_the_day_after(self) -> None:
        paused = WorkingCalendar(Nation.ENGLAND, pauses=(span("2026-12-07", "2026-12-09"),))
        _, moment = last_slot(at("2026-12-11T12:00"), paused, MONDAYS)
        assert local(moment) == "Thu 2026-12-10 09:30"

    @pytest.mark.parametrize(
        ("now", "may"),
        [
            ("2026-12-07T09:29", False),
            ("2026-12-07T09:30", True),
            ("2026-12-09T16:59", True),
            ("2026-12-09T17:00", False),
            ("2026-12-12T12:00", False),
            ("2026-12-28T12:00", False),
        ],
    )
    def test_late_ones_keep_to_working_hours(self, now: str, may: bool) -> None:
        assert may_go_out(at(now), ENGLAND, MONDAYS) is may


def test_no_moment_is_ever_in_the_future_or_on_a_quiet_day() -> None:
    for hours in range(0, 24 * 400, 7):
        now = at("2026-01-01T00:00") + timedelta(hours=hours)
        day, moment = last_slot(now, ENGLAND, MONDAYS)
        assert moment <= now
        assert ENGLAND.is_working_day(day)


@pytest.mark.parametrize(
    ("switch", "wanted"),
    [
        (DigestSwitch(), True),
        (DigestSwitch(on=False, by="U1", at=at("2026-12-01T11:00")), False),
        (DigestSwitch(on=True, by="U1", at=at("2026-12-07T09:30")), True),
        (DigestSwitch(on=True, by="U1", at=at("2026-12-09T11:00")), False),
    ],
)
def test_switched_on_after_its_moment_it_waits_for_the_next(switch: DigestSwitch, wanted: bool) -> None:
    assert switch.wants(at("2026-12-07T09:30")) is wanted
