"""Who is nudged about their vote, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.assessment.assessment import Assessment, Mode, PromptState, Role
from model.assessment.state_machine import take
from model.assessment.steps import (
    Abstain,
    AddPeople,
    Agree,
    Cancel,
    Join,
    Leave,
    MarkNotApplicable,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    ReopenAnswer,
    Resume,
    Reveal,
    Step,
    Taken,
    VoteAgain,
)
from model.calendar.council_calendar import WorkingCalendar
from model.calendar.working_hours import Diary
from model.reminders.nudges import MOST_NUDGES, Nudge, due_nudges, no_longer_so, waited_for, waits_for
from tests.model.assessments import GRACE, NIA, NOW, OMAR, after, started
from tests.model.days import LONDON, at, local, span

ANA, TOM = "U4ANA", "U5TOM"
DIARY = Diary(zone=LONDON)
EIGHT = timedelta(hours=8)
HOUR = timedelta(hours=1)


def together(*steps: Step, closing_date: date | None = None) -> Assessment:
    """Grace and Ana are waited for on the first question about roads, asked on Monday at 09:30."""
    assessment = replace(started(closing_date=closing_date), mode=Mode.TOGETHER)
    assessment = after(assessment, AddPeople((GRACE, ANA), Role.ASSESSOR), OpenDimension("roads"))
    return after(assessment, *steps)


def nudged(
    assessment: Assessment, person: str, moment: str, given: tuple[Nudge, ...] = (), diary: Diary = DIARY
) -> list[str]:
    """The questions of a message to somebody at a moment in London."""
    return [each.prompt_id for each in due_nudges(assessment, person, given, diary, EIGHT, at(moment))]


def told(person: str, prompt: str, moment: str, number: int = 1, batch: int = 1) -> Nudge:
    return Nudge(prompt, person, number, batch, at(moment))


def test_after_eight_hours_of_working_time_and_not_before() -> None:
    assessment = together()
    assert assessment.prompt("roads-q1").asked_at == NOW
    assert nudged(assessment, GRACE, "2026-11-24 09:29") == []
    assert nudged(assessment, GRACE, "2026-11-24 09:30") == ["roads-q1"]
    assert nudged(assessment, GRACE, "2026-11-24 17:00") == []
    assert nudged(assessment, GRACE, "2026-11-25 09:00") == ["roads-q1"]
    [nudge] = due_nudges(assessment, GRACE, (), DIARY, EIGHT, at("2026-11-24 09:30"))
    assert nudge == told(GRACE, "roads-q1", "2026-11-24 09:30")


def test_the_second_comes_as_long_after_the_first_and_there_is_no_third() -> None:
    assessment = together()
    first = told(GRACE, "roads-q1", "2026-11-24 11:00")
    assert nudged(assessment, GRACE, "2026-11-25 10:59", (first,)) == []
    [second] = due_nudges(assessment, GRACE, (first,), DIARY, EIGHT, at("2026-11-25 11:00"))
    assert (second.number, second.batch) == (MOST_NUDGES, 2)
    assert nudged(assessment, GRACE, "2027-03-01 11:00", (first, second)) == []
    # Those of others do not count for her.
    assert nudged(assessment, GRACE, "2026-11-24 09:30", (told(ANA, "roads-q1", "2026-11-24 09:00"),)) != []


def test_another_round_counts_anew_and_still_there_is_no_third() -> None:
    first = told(GRACE, "roads-q1", "2026-11-24 11:00")
    assessment = after(together(), RecordLevel("roads-q1", 2), by=GRACE)
    assessment = after(assessment, RecordLevel("roads-q1", 4), by=ANA)
    assert assessment.prompt("roads-q1").state is PromptState.REVEALED
    assert nudged(assessment, GRACE, "2026-12-01 11:00") == []
    again = after(assessment, VoteAgain("roads-q1"), at=at("2026-11-26 10:00"))
    assert nudged(again, GRACE, "2026-11-27 09:59", (first,)) == []
    [second] = due_nudges(again, GRACE, (first,), DIARY, EIGHT, at("2026-11-27 10:00"))
    assert second.number == MOST_NUDGES
    assert nudged(again, GRACE, "2026-12-14 10:00", (first, second)) == []


@pytest.mark.parametrize("step", [RecordLevel("roads-q1", 3), Abstain("roads-q1")])
def test_whoever_has_voted_is_left_in_peace(step: Step) -> None:
    assessment = after(together(), step, by=GRACE)
    assert nudged(assessment, GRACE, "2026-12-01 11:00") == []
    assert nudged(assessment, ANA, "2026-12-01 11:00") == ["roads-q1"]
    assert waited_for(assessment) == (ANA,)


@pytest.mark.parametrize("person", [NIA, OMAR, TOM])
def test_facilitators_observers_and_strangers_are_not_waited_for(person: str) -> None:
    assessment = after(together(), AddPeople((TOM,), Role.OBSERVER))
    assert nudged(assessment, person, "2026-12-01 11:00") == []
    assert waited_for(assessment) == (GRACE, ANA)


@pytest.mark.parametrize(
    ("steps", "by"),
    [
        ((RecordLevel("roads-q1", 2), Reveal("roads-q1")), NIA),
        ((RecordLevel("roads-q1", 2), Reveal("roads-q1"), Agree("roads-q1", 2)), NIA),
        ((PutOff("roads-q1"), Pause()), NIA),
        ((Pause(),), NIA),
        ((Leave(),), GRACE),
    ],
)
def test_when_nobody_is_nudged(steps: tuple[Step, ...], by: str) -> None:
    assessment = after(together(), *steps, by=by)
    assert "roads-q1" not in nudged(assessment, GRACE, "2026-12-01 11:00")


def test_quick_mode_has_nobody_to_wait_for() -> None:
    assessment = replace(together(), mode=Mode.QUICK)
    assert nudged(assessment, GRACE, "2026-12-01 11:00") == [] and waited_for(assessment) == ()


def test_nobody_is_nudged_after_the_closing_date() -> None:
    assessment = together(closing_date=date(2026, 11, 25))
    assert nudged(assessment, GRACE, "2026-11-25 16:59") == ["roads-q1"]
    assert nudged(assessment, GRACE, "2026-11-26 09:00") == []


def test_a_pause_of_the_assessment_counts_anew() -> None:
    paused = after(together(), Pause(), at=at("2026-11-23 15:00"))
    resumed = after(paused, Resume(), at=at("2026-12-07 10:00"))
    assert nudged(resumed, GRACE, "2026-12-07 16:59") == []
    assert nudged(resumed, GRACE, "2026-12-08 10:00") == ["roads-q1"]


def test_somebody_who_joined_later_has_as_long_as_the_others_had() -> None:
    assessment = after(together(), Join(), by=TOM, at=at("2026-12-01 10:00"))
    assert nudged(assessment, TOM, "2026-12-02 09:59") == []
    assert nudged(assessment, TOM, "2026-12-02 10:00") == ["roads-q1"]


def test_one_taken_up_again_is_asked_anew() -> None:
    assessment = together(PutOff("roads-q1"))
    assert assessment.prompt("roads-q2").asked_at == NOW
    assessment = after(assessment, ReopenAnswer("roads-q1"), at=at("2026-11-25 10:00"))
    assert nudged(assessment, GRACE, "2026-11-26 09:59") == ["roads-q2"]
    assert nudged(assessment, GRACE, "2026-11-26 10:00") == ["roads-q1", "roads-q2"]


def test_several_questions_are_one_message_and_the_next_waits_some_hours() -> None:
    assessment = after(together(), OpenDimension("parks"), at=at("2026-11-23 10:30"))
    assessment = after(assessment, OpenDimension("bins"), at=at("2026-11-23 14:00"))
    assert nudged(assessment, GRACE, "2026-11-24 10:30") == ["roads-q1", "parks-q1"]
    first = (told(GRACE, "roads-q1", "2026-11-24 10:30"), told(GRACE, "parks-q1", "2026-11-24 10:30"))
    # Bins are due at 14:00, and wait until four hours after the message before.
    assert nudged(assessment, GRACE, "2026-11-24 14:29", first) == []
    [third] = due_nudges(assessment, GRACE, first, DIARY, EIGHT, at("2026-11-24 14:30"))
    assert (third.prompt_id, third.number, third.batch) == ("bins-q1", 1, 2)
    # Where nudges are to come within an hour, so do the next.
    assert due_nudges(assessment, GRACE, first, DIARY, HOUR, at("2026-11-24 11:29")) == ()
    found = due_nudges(assessment, GRACE, first, DIARY, HOUR, at("2026-11-24 11:30"))
    assert [each.prompt_id for each in found] == ["roads-q1", "parks-q1", "bins-q1"]


def test_quiet_days_and_days_away_do_not_count() -> None:
    friday = after(replace(started(), mode=Mode.TOGETHER), AddPeople((GRACE,), Role.ASSESSOR))
    friday = after(friday, OpenDimension("roads"), at=at("2026-12-24 16:00"))
    # Christmas, the weekend and the substitute day: seven hours are left on the Tuesday.
    assert nudged(friday, GRACE, "2026-12-29 15:59") == []
    assert nudged(friday, GRACE, "2026-12-29 16:00") == ["roads-q1"]
    paused = Diary(WorkingCalendar(pauses=(span("2026-12-29", "2027-01-08"),)), LONDON)
    assert nudged(friday, GRACE, "2027-01-11 15:59", diary=paused) == []
    assert nudged(friday, GRACE, "2027-01-11 16:00", diary=paused) == ["roads-q1"]
    away = Diary(zone=LONDON, away=(span("2026-12-29"),))
    assert nudged(friday, GRACE, "2026-12-29 16:00", diary=away) == []
    assert nudged(friday, GRACE, "2026-12-30 16:00", diary=away) == ["roads-q1"]


moves = st.sampled_from(
    [
        RecordLevel("roads-q1", 2),
        RecordLevel("roads-q1", 4),
        RecordLevel("parks-q1", 3),
        Abstain("roads-q1"),
        Reveal("roads-q1"),
        VoteAgain("roads-q1"),
        OpenDimension("parks"),
        Pause(),
        Resume(),
        Join(),
        Leave(),
    ]
)
walks = st.lists(
    st.tuples(st.integers(1, 60), st.none() | moves, st.sampled_from([NIA, GRACE, ANA, TOM])), max_size=40
)


@given(walks, st.integers(1, 16))
def test_whatever_happens_nobody_is_nudged_too_often_too_early_or_for_nothing(
    walk: list[tuple[int, Step | None, str]], hours: int
) -> None:
    assessment, given, now = together(), list[Nudge](), NOW
    for wait, step, by in walk:
        now += wait * HOUR / 2
        if step is not None:
            outcome = take(assessment, step, by=by, at=now)
            assessment = outcome.assessment if isinstance(outcome, Taken) else assessment
        for person in (NIA, GRACE, ANA, TOM):
            for nudge in due_nudges(assessment, person, given, DIARY, hours * HOUR, now):
                _check(nudge, assessment, given, hours * HOUR, now)
                given.append(nudge)
    counted = [(each.person, each.prompt_id, each.number) for each in given]
    assert len(counted) == len(set(counted)) and all(1 <= number <= MOST_NUDGES for *_, number in counted)


def _check(nudge: Nudge, assessment: Assessment, given: list[Nudge], after: timedelta, now: datetime) -> None:
    prompt = assessment.prompt(nudge.prompt_id)
    assert waits_for(assessment, prompt, nudge.person) and nudge.person in waited_for(assessment)
    assert DIARY.is_working(now), local(now)
    assert prompt.asked_at is not None and DIARY.working_time(prompt.asked_at, now) >= after
    for earlier in given:
        if (earlier.person, earlier.prompt_id) == (nudge.person, nudge.prompt_id):
            assert DIARY.working_time(earlier.at, now) >= after


QUESTION = "roads-q1"


@pytest.mark.parametrize(
    ("step", "by", "whose"),
    [
        (RecordLevel(QUESTION, 3), GRACE, {GRACE}),
        (Abstain(QUESTION), ANA, {ANA}),
        (RecordLevel(QUESTION, 3), NIA, set()),
        (MarkNotApplicable(QUESTION, "The county's."), NIA, {GRACE, ANA}),
        (PutOff(QUESTION), NIA, {GRACE, ANA}),
        (Pause(), NIA, {GRACE, ANA}),
        (Cancel(), NIA, {GRACE, ANA}),
        (Leave(), GRACE, {GRACE}),
    ],
)
def test_what_was_said_holds_no_longer_for_those_whose_vote_waits_no_more(
    step: Step, by: str, whose: set[str]
) -> None:
    before = together()
    now = after(before, step, by=by)
    assert {person for prompt, person in no_longer_so(before, now) if prompt == QUESTION} == whose
    assert no_longer_so(now, before) == no_longer_so(before, now), "and the other way, when it waits again"
    assert no_longer_so(now, now) == frozenset()
