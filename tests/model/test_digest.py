"""When the weekly digest is due, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from model.assessment import Assessment, Mode, Role
from model.calendar import Nation, WorkingCalendar
from model.digest import DigestRules, Waiting, digest_of, last_slot, may_go_out
from model.plan import ItemStatus, Plan
from model.plan_steps import DropMilestone, FinishMilestone, SetStatus
from model.steps import AddPeople, OpenDimension, Pause, RecordLevel
from tests.model.assessments import GRACE, LATER, NOW, OMAR, after, started
from tests.model.days import LONDON, at, local, span
from tests.model.plans import ASSESSED, TODAY, day, item_step, planned

MONDAYS = DigestRules(weekday=0, at=time(9, 30), zone=LONDON)
ENGLAND = WorkingCalendar(Nation.ENGLAND)
PLAN = planned(item_step())
"""Roads, with a milestone in ten days and one in forty."""


def said(plan: Plan, *, since: datetime = NOW, today: date = TODAY) -> dict[str, list[str]]:
    """The names in each list of a digest; empty lists are left out."""
    digest = digest_of(plan, ASSESSED, since=since, today=today, handed_over=frozenset())
    lists = {
        "done items": [each.title for each in digest.done_items],
        "done": [each.milestone.name for each in digest.done],
        "overdue": [each.milestone.name for each in digest.overdue],
        "due": [each.milestone.name for each in digest.due],
    }
    assert digest.empty == (not any(lists.values()))
    return {name: names for name, names in lists.items() if names}


class TestWhatItSays:
    @pytest.mark.parametrize(
        ("today", "expected"),
        [
            (-5, {}),
            (-4, {"due": ["First list"]}),
            (10, {"due": ["First list"]}),
            (11, {"overdue": ["First list"]}),
            (26, {"overdue": ["First list"], "due": ["Whole list"]}),
            (41, {"overdue": ["First list", "Whole list"]}),
        ],
    )
    def test_what_is_due_within_two_weeks_and_what_is_overdue(
        self, today: int, expected: dict[str, list[str]]
    ) -> None:
        assert said(PLAN, today=day(today)) == expected

    def test_what_was_done_since_the_last_one_and_not_before(self) -> None:
        done = planned(FinishMilestone(PLAN.items[0].milestones[0].id), plan=PLAN, at=LATER)
        assert said(done) == {"done": ["First list"]}
        assert said(done, since=LATER) == {}

    def test_a_whole_action_that_is_done_stands_for_its_milestones(self) -> None:
        done = planned(
            FinishMilestone(PLAN.items[0].milestones[0].id),
            SetStatus("I1", ItemStatus.DONE),
            plan=PLAN,
            at=LATER,
        )
        assert said(done, today=day(60)) == {"done items": ["Mend the road list"]}

    def test_what_was_dropped_is_not_spoken_of(self) -> None:
        dropped = planned(DropMilestone(PLAN.items[0].milestones[0].id, "Not needed."), plan=PLAN, at=LATER)
        assert said(dropped, today=day(11)) == {}

    def test_what_was_handed_over_is_marked(self) -> None:
        first = PLAN.items[0].milestones[0].id
        digest = digest_of(PLAN, ASSESSED, since=NOW, today=day(41), handed_over=frozenset({first}))
        assert [each.handed_over for each in digest.overdue] == [True, False]


class TestWhatWaits:
    def waiting(self, assessment: Assessment) -> list[int | None]:
        digest = digest_of(Plan("A1", "C1"), assessment, since=NOW, today=day(0), handed_over=frozenset())
        assert all(isinstance(each, Waiting) and each.question for each in digest.waiting)
        assert digest.empty == (not digest.waiting)
        return [each.votes for each in digest.waiting]

    def test_votes_are_counted_and_an_answer_is_just_waited_for(self) -> None:
        quick = after(started(), OpenDimension("roads"))
        assert self.waiting(quick) == [None]
        together = after(
            replace(started(), mode=Mode.TOGETHER),
            AddPeople((GRACE, OMAR), Role.ASSESSOR),
            OpenDimension("roads"),
        )
        assert self.waiting(together) == [2]
        question = together.prompts[0].prompt_id
        assert self.waiting(after(together, RecordLevel(question, 3), by=GRACE)) == [1]

    def test_nothing_waits_before_the_first_question_or_in_a_pause(self) -> None:
        assert self.waiting(started()) == []
        assert self.waiting(after(started(), OpenDimension("roads"), Pause())) == []


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
