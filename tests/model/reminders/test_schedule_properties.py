"""What always holds for the reminders of a milestone, whatever the calendar, the zone and the dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from model.calendar.working_hours import CLOSES, OPENS, Diary
from model.reminders.occasions import Phase, Reminder, ReminderSettings
from model.reminders.schedule import due_now, hand_over_due, schedule
from tests.model.days import ZONES, days, diaries, moments

MINUTE = timedelta(minutes=1)
plans = st.builds(
    ReminderSettings,
    st.lists(st.integers(1, 20), max_size=4).map(tuple),
    st.integers(0, 4),
    st.integers(1, 14),
    st.times(OPENS, time(16, 59)),
)


@dataclass(frozen=True)
class Case:
    """A milestone and what surrounds it. Its date is near the day it was added, before or after."""

    due: date
    since: datetime
    diary: Diary
    settings: ReminderSettings
    snoozed_until: date | None

    @property
    def schedule(self) -> tuple[Reminder, ...]:
        return schedule(
            self.due,
            self.since,
            diary=self.diary,
            settings=self.settings,
            snoozed_until=self.snoozed_until,
        )

    @property
    def to_owner(self) -> list[Reminder]:
        return [each for each in self.schedule if each.occasion.phase is not Phase.HANDED_OVER]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    due = draw(days)
    noon = datetime.combine(due, time(12), UTC)
    since = noon + draw(st.timedeltas(timedelta(-40), timedelta(20)))
    snoozed = draw(st.none() | st.integers(-10, 40).map(lambda n: due + timedelta(n)))
    zone = draw(st.sampled_from(ZONES))
    return Case(due, since.astimezone(zone), draw(diaries), draw(plans), snoozed)


@given(cases())
def test_never_on_a_quiet_day_never_outside_hours_never_in_the_past(case: Case) -> None:
    for each in case.schedule:
        local = each.at.astimezone(case.diary.zone)
        assert local.date() == each.day
        assert OPENS <= local.time() < CLOSES
        assert case.diary.calendar.is_working_day(each.day) and not case.diary.calendar.is_quiet(each.day)
        assert each.at >= case.since
        # Only what was added on its own day comes at another time than all others.
        assert local.time() == case.settings.send_at or each.at == case.since
    assert all(case.diary.is_open(each.day) for each in case.to_owner)


@given(cases())
def test_in_order_and_one_a_day(case: Case) -> None:
    moments_of_all = [each.at for each in case.schedule]
    assert moments_of_all == sorted(moments_of_all)
    said = [each for each in case.to_owner if each.occasion.phase is not Phase.SNOOZED]
    assert [each.occasion.urgency for each in said] == sorted(each.occasion.urgency for each in said)
    assert len({each.day for each in case.to_owner}) == len(case.to_owner)


@given(cases())
def test_none_is_lost_and_none_comes_twice(case: Case) -> None:
    settled = [occasion for each in case.schedule for occasion in each.settles]
    assert len(settled) == len(set(settled))
    assert all(each.occasion == max(each.settles, key=lambda one: one.urgency) for each in case.schedule)
    numbers = {phase: {each.number for each in settled if each.phase is phase} for phase in Phase}
    assert numbers[Phase.ON_THE_DAY] == {0} and numbers[Phase.HANDED_OVER] == {0}
    assert numbers[Phase.OVERDUE] == set(range(1, case.settings.overdue + 1))
    # Missing is only what was over before the owner had the milestone; the reminder on the day is to come.
    missing = set(case.settings.before) - numbers[Phase.BEFORE]
    for count in missing:
        wanted = case.diary.calendar.working_day_before(case.due, count)
        wanted = max(wanted, case.snoozed_until or wanted)
        sent_at = case.diary.moment(case.diary.next_open_day(wanted), case.settings.send_at)
        assert sent_at < case.since


@given(cases())
def test_what_is_deferred_goes_to_the_very_next_day_that_will_do(case: Case) -> None:
    begins = max(case.due, case.diary.day_of(case.since))
    for each in case.to_owner:
        for occasion in each.settles:
            if occasion.phase is Phase.OVERDUE:
                wanted = begins + occasion.number * timedelta(case.settings.every)
                wanted = max(wanted, case.snoozed_until or wanted)
                between = range((each.day - wanted).days)
                assert not any(case.diary.is_open(wanted + n * timedelta(1)) for n in between)


@given(cases())
def test_equal_in_whatever_zone_the_moments_are_given(case: Case) -> None:
    for other in (UTC, *ZONES):
        again = schedule(
            case.due,
            case.since.astimezone(other),
            diary=case.diary,
            settings=case.settings,
            snoozed_until=case.snoozed_until,
        )
        assert again == case.schedule
        assert all(each.at.tzinfo is UTC for each in again)


@given(cases(), st.lists(moments, min_size=1, max_size=30))
def test_whenever_the_clockwork_comes_by_each_is_sent_at_most_once_and_nothing_is_forgotten(
    case: Case, ticks: list[datetime]
) -> None:
    spent: set[str] = set()
    # In the end it comes by when everything has passed and the owner is at work.
    after_all = case.schedule[-1].at + timedelta(1)
    last = case.diary.moment(
        case.diary.next_open_day(case.diary.day_of(after_all) + timedelta(1)), time(16, 59)
    )
    ordered = sorted(
        [*(tick for tick in ticks if tick < last), *(each.at for each in case.to_owner[::2]), last]
    )
    urgency: tuple[int, int] = (0, 0)
    for tick in ordered:
        found = due_now(case.schedule, spent, tick, diary=case.diary, settings=case.settings)
        if found is None:
            continue
        keys = {each.key for each in found.settles}
        assert found.occasion.key in keys and not keys & spent
        spent |= keys
        assert found.planned <= tick and case.diary.is_working(tick)
        if found.occasion.phase is not Phase.SNOOZED:
            assert found.occasion.urgency > urgency
            urgency = found.occasion.urgency
        assert due_now(
            case.schedule, spent, tick + MINUTE, diary=case.diary, settings=case.settings
        ) is None or (any(tick < each.at <= tick + MINUTE for each in case.to_owner))
    assert spent >= {each.occasion.key for each in case.to_owner[-1:]}
    left = {occasion.key for each in case.to_owner for occasion in each.settles} - spent
    assert not left
    assert due_now(case.schedule, spent, last, diary=case.diary, settings=case.settings) is None


@given(cases(), moments)
def test_nothing_is_due_on_quiet_days_or_outside_hours(case: Case, now: datetime) -> None:
    for found, diary in (
        (due_now(case.schedule, (), now, diary=case.diary, settings=case.settings), case.diary),
        (
            hand_over_due(case.schedule, (), now, diary=case.diary, settings=case.settings),
            Diary(case.diary.calendar, case.diary.zone),
        ),
    ):
        assert found is None or diary.is_working(now)
