"""The reminders of one milestone, with dates written out; for what always holds see the properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from model.calendar.council_calendar import Nation, WorkingCalendar
from model.calendar.working_hours import Diary
from model.reminders.occasions import Due, Occasion, Phase, Reminder, ReminderSettings
from model.reminders.schedule import due_now, hand_over_due, schedule
from tests.model.days import LONDON, at, day, half_past_nine, local, span

DIARY = Diary(zone=LONDON)
SCOTTISH = Diary(WorkingCalendar(Nation.SCOTLAND), LONDON)
NEW_YORK, SYDNEY = ZoneInfo("America/New_York"), ZoneInfo("Australia/Sydney")
LONG_AGO = at("2026-01-05 10:00")


def plan(
    due: str, since: datetime = LONG_AGO, diary: Diary = DIARY, snoozed: str | None = None
) -> list[tuple[str, str]]:
    """The schedule, as what is said and what the owner's clocks show."""
    until = None if snoozed is None else day(snoozed)
    reminders = schedule(day(due), since, diary=diary, snoozed_until=until)
    assert isinstance(diary.zone, ZoneInfo)
    return [(each.occasion.key, local(each.at, diary.zone)) for each in reminders]


def test_the_usual_schedule() -> None:
    assert plan("2027-06-11") == [
        ("before-5", "Fri 2027-06-04 09:30"),
        ("before-1", "Thu 2027-06-10 09:30"),
        ("on_the_day-0", "Fri 2027-06-11 09:30"),
        ("overdue-1", "Fri 2027-06-18 09:30"),
        ("overdue-2", "Fri 2027-06-25 09:30"),
        ("overdue-3", "Fri 2027-07-02 09:30"),
        ("handed_over-0", "Fri 2027-07-09 09:30"),
    ]


def test_the_offsets_are_settings() -> None:
    settings = ReminderSettings(before=(1, 3, 3), overdue=1, every=14, send_at=time(14))
    reminders = schedule(day("2027-06-11"), LONG_AGO, diary=DIARY, settings=settings)
    assert [(each.occasion.key, local(each.at)) for each in reminders] == [
        ("before-3", "Tue 2027-06-08 14:00"),
        ("before-1", "Thu 2027-06-10 14:00"),
        ("on_the_day-0", "Fri 2027-06-11 14:00"),
        ("overdue-1", "Fri 2027-06-25 14:00"),
        ("handed_over-0", "Fri 2027-07-09 14:00"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"before": (0,)}, {"before": (61,)}, {"overdue": -1}, {"every": 0}, {"send_at": time(8, 59)}],
)
def test_settings_out_of_bounds(wrong: dict[str, tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match=r"reminder|Reminder"):
        ReminderSettings(**wrong)  # type: ignore[arg-type]


def test_a_date_on_a_day_off_counts_as_it_stands() -> None:
    # Easter Saturday 2027: the Friday and the Monday around it are off as well.
    assert plan("2027-03-27")[:4] == [
        ("before-5", "Fri 2027-03-19 09:30"),
        ("before-1", "Thu 2027-03-25 09:30"),
        ("on_the_day-0", "Tue 2027-03-30 09:30"),
        ("overdue-1", "Mon 2027-04-05 09:30"),
    ]


def test_christmas_week_in_scotland() -> None:
    # 25 and 28 December, 1 and 4 January are off.
    assert plan("2027-01-01", diary=SCOTTISH) == [
        ("before-5", "Wed 2026-12-23 09:30"),
        ("before-1", "Thu 2026-12-31 09:30"),
        ("on_the_day-0", "Tue 2027-01-05 09:30"),
        ("overdue-1", "Fri 2027-01-08 09:30"),
        ("overdue-2", "Fri 2027-01-15 09:30"),
        ("overdue-3", "Fri 2027-01-22 09:30"),
        ("handed_over-0", "Fri 2027-01-29 09:30"),
    ]
    assert plan("2026-12-28", diary=SCOTTISH)[:4] == [
        ("before-5", "Fri 2026-12-18 09:30"),
        ("before-1", "Thu 2026-12-24 09:30"),
        ("on_the_day-0", "Tue 2026-12-29 09:30"),
        ("overdue-1", "Tue 2027-01-05 09:30"),
    ]
    assert plan("2027-01-01")[2] == ("on_the_day-0", "Mon 2027-01-04 09:30")


def test_a_leap_day() -> None:
    assert plan("2028-02-29", at("2028-01-03 10:00"))[:4] == [
        ("before-5", "Tue 2028-02-22 09:30"),
        ("before-1", "Mon 2028-02-28 09:30"),
        ("on_the_day-0", "Tue 2028-02-29 09:30"),
        ("overdue-1", "Tue 2028-03-07 09:30"),
    ]


@pytest.mark.parametrize(
    ("zone", "due", "hours_of_day"),
    [
        # The clocks go forward on 28 March and back on 31 October 2027 in London,
        (LONDON, "2027-03-30", [9, 9, 8, 8, 8, 8]),
        (LONDON, "2027-11-01", [8, 8, 9, 9, 9, 9]),
        # on 14 March and 7 November in New York,
        (NEW_YORK, "2027-03-15", [14, 14, 13, 13, 13, 13]),
        (NEW_YORK, "2027-11-08", [13, 13, 14, 14, 14, 14]),
        # and on 4 April (back) and 3 October (forward) in Sydney, where it is the evening before in UTC.
        (SYDNEY, "2027-04-05", [22, 22, 23, 23, 23, 23]),
        (SYDNEY, "2027-10-04", [23, 23, 22, 22, 22, 22]),
    ],
)
def test_half_past_nine_stays_so_when_the_clocks_change(
    zone: ZoneInfo, due: str, hours_of_day: list[int]
) -> None:
    diary = Diary(zone=zone)
    reminders = schedule(day(due), LONG_AGO, diary=diary)
    assert [each.at.hour for each in reminders[:6]] == hours_of_day
    assert all(each.at.astimezone(zone).time() == time(9, 30) for each in reminders)
    assert all(each.at.tzinfo is UTC for each in reminders)


def test_what_falls_in_quiet_time_moves_and_what_meets_becomes_one() -> None:
    away = Diary(zone=LONDON, away=(span("2027-06-09", "2027-06-20"),))
    reminders = schedule(day("2027-06-11"), LONG_AGO, diary=away)
    assert [(each.occasion.key, local(each.at)) for each in reminders] == [
        ("before-5", "Fri 2027-06-04 09:30"),
        ("overdue-1", "Mon 2027-06-21 09:30"),
        ("overdue-2", "Fri 2027-06-25 09:30"),
        ("overdue-3", "Fri 2027-07-02 09:30"),
        ("handed_over-0", "Fri 2027-07-09 09:30"),
    ]
    assert [each.key for each in reminders[1].settles] == ["before-1", "on_the_day-0", "overdue-1"]


def test_a_pre_election_period_is_quiet_for_everyone() -> None:
    pause = WorkingCalendar(pauses=(span("2027-03-22", "2027-05-06", "Pre-election period"),))
    assert plan("2027-04-01", diary=Diary(pause, LONDON)) == [
        ("overdue-3", "Fri 2027-05-07 09:30"),
        ("handed_over-0", "Fri 2027-05-07 09:30"),
    ]


def test_the_facilitators_hear_in_time_though_the_owner_is_away_or_snoozes() -> None:
    away = Diary(zone=LONDON, away=(span("2027-06-01", "2027-08-31"),))
    expected = [("handed_over-0", "Fri 2027-07-09 09:30"), ("overdue-3", "Wed 2027-09-01 09:30")]
    assert plan("2027-06-11", diary=away) == expected
    assert plan("2027-06-11", snoozed="2027-09-01")[-2:] == expected


@pytest.mark.parametrize(
    ("added", "reminded"),
    [
        ("2027-06-11 09:10", "Fri 2027-06-11 09:30"),
        ("2027-06-11 09:30", "Fri 2027-06-11 09:30"),
        # Its time has passed: at once within working hours.
        ("2027-06-11 14:20", "Fri 2027-06-11 14:20"),
        # They are over: the next working day.
        ("2027-06-11 17:00", "Mon 2027-06-14 09:30"),
        ("2027-06-11 23:59", "Mon 2027-06-14 09:30"),
    ],
)
def test_one_added_for_today(added: str, reminded: str) -> None:
    assert plan("2027-06-11", at(added)) == [
        ("on_the_day-0", reminded),
        ("overdue-1", "Fri 2027-06-18 09:30"),
        ("overdue-2", "Fri 2027-06-25 09:30"),
        ("overdue-3", "Fri 2027-07-02 09:30"),
        ("handed_over-0", "Fri 2027-07-09 09:30"),
    ]


def test_one_moved_earlier_than_its_own_reminders() -> None:
    # On Wednesday it is moved to Friday: five working days before is long past, one day before is to come.
    assert plan("2027-06-11", at("2027-06-09 15:00"))[:2] == [
        ("before-1", "Thu 2027-06-10 09:30"),
        ("on_the_day-0", "Fri 2027-06-11 09:30"),
    ]
    # And on Thursday afternoon: they have just seen it.
    assert plan("2027-06-11", at("2027-06-10 15:00"))[0] == ("on_the_day-0", "Fri 2027-06-11 09:30")


def test_one_whose_date_had_passed_is_reminded_once_and_then_weekly() -> None:
    assert plan("2027-01-15", at("2027-06-09 15:00")) == [
        ("on_the_day-0", "Wed 2027-06-09 15:00"),
        ("overdue-1", "Wed 2027-06-16 09:30"),
        ("overdue-2", "Wed 2027-06-23 09:30"),
        ("overdue-3", "Wed 2027-06-30 09:30"),
        ("handed_over-0", "Wed 2027-07-07 09:30"),
    ]


def test_snoozing_moves_what_falls_before_and_always_ends_with_a_reminder() -> None:
    assert plan("2027-06-11", snoozed="2027-06-08")[:3] == [
        ("before-5", "Tue 2027-06-08 09:30"),
        ("before-1", "Thu 2027-06-10 09:30"),
        ("on_the_day-0", "Fri 2027-06-11 09:30"),
    ]
    [first, *_] = schedule(
        day("2027-06-11"),
        LONG_AGO,
        diary=DIARY,
        settings=ReminderSettings(before=()),
        snoozed_until=day("2027-06-08"),
    )
    assert first.at == half_past_nine("2027-06-08")
    assert first.occasion == Occasion(Phase.SNOOZED, day("2027-06-08").toordinal())
    assert plan("2027-06-11", snoozed="2027-06-19")[:2] == [
        ("overdue-1", "Mon 2027-06-21 09:30"),
        ("overdue-2", "Fri 2027-06-25 09:30"),
    ]


def at_all(moments: list[str], due: str, diary: Diary = DIARY, snoozed: str | None = None) -> list[str]:
    """What the owner gets when the clockwork comes by at these moments."""
    spent: set[str] = set()
    sent = []
    until = None if snoozed is None else day(snoozed)
    reminders = schedule(day(due), LONG_AGO, diary=diary, snoozed_until=until)
    for moment in moments:
        found = due_now(reminders, spent, at(moment), diary=diary)
        if found is not None:
            assert spent.isdisjoint(each.key for each in found.settles)
            spent |= {each.key for each in found.settles}
            sent.append(f"{moment[5:]} {found.occasion.key}{' late' if found.late else ''}")
    return sent


def test_each_is_due_once_and_in_time() -> None:
    ticks = [
        (datetime(2027, 6, 1, tzinfo=UTC) + n * timedelta(minutes=30)).strftime("%Y-%m-%d %H:%M")
        for n in range(48 * 60)
    ]
    assert at_all(ticks, "2027-06-11") == [
        "06-04 09:30 before-5",
        "06-10 09:30 before-1",
        "06-11 09:30 on_the_day-0",
        "06-18 09:30 overdue-1",
        "06-25 09:30 overdue-2",
        "07-02 09:30 overdue-3",
    ]


@pytest.mark.parametrize(
    ("moments", "sent"),
    [
        # A restart of a few minutes is not worth a word.
        (["2027-06-04 09:55"], ["06-04 09:55 before-5"]),
        (["2027-06-04 10:01"], ["06-04 10:01 before-5 late"]),
        # Down for a week and more: one message, and what it overtakes never comes.
        (["2027-06-14 11:00", "2027-06-14 11:01"], ["06-14 11:00 on_the_day-0 late"]),
        # Up again in the night, on a Sunday and before the hour: not then.
        (
            ["2027-06-13 11:00", "2027-06-14 03:00", "2027-06-14 09:29", "2027-06-14 09:30"],
            ["06-14 09:30 on_the_day-0 late"],
        ),
        (["2027-06-14 17:00"], []),
        (["2027-06-11 10:00", "2027-06-18 10:00"], ["06-11 10:00 on_the_day-0", "06-18 10:00 overdue-1"]),
    ],
)
def test_what_was_missed_is_sent_once_and_late(moments: list[str], sent: list[str]) -> None:
    assert at_all(moments, "2027-06-11") == sent


def test_moved_by_quiet_time_is_not_late() -> None:
    away = Diary(zone=LONDON, away=(span("2027-06-09", "2027-06-20"),))
    assert at_all(["2027-06-21 09:30"], "2027-06-11", away) == ["06-21 09:30 overdue-1"]


def test_what_quiet_days_kept_back_until_they_were_taken_back_is_not_late() -> None:
    # Its owner, who was away, is back since the Monday evening; the day itself was the Friday before.
    back = at("2027-06-14 20:00")
    reminders = schedule(day("2027-06-11"), LONG_AGO, diary=DIARY)
    for diary in (Diary(zone=LONDON, away_set_at=back), Diary(WorkingCalendar(set_at=back), LONDON)):
        assert due_now(reminders, (), at("2027-06-15 09:29"), diary=diary) is None
        found = due_now(reminders, (), at("2027-06-15 09:31"), diary=diary)
        assert found is not None
        assert (found.planned, found.late) == (half_past_nine("2027-06-15"), False)
        missed = due_now(reminders, (), at("2027-06-15 12:00"), diary=diary)
        assert missed is not None and missed.late, "the bot was down when they were back"
        [last] = [each for each in reminders if each.occasion.phase is Phase.HANDED_OVER]
        handed_over = hand_over_due(
            [replace(last, at=back - timedelta(days=3))], (), at("2027-06-15 09:31"), diary=diary
        )
        assert handed_over is not None and handed_over.late == (diary.away_set_at is not None)
    # What was set before it fell due keeps nothing back.
    earlier = replace(diary, calendar=WorkingCalendar(set_at=at("2027-06-11 09:00")))
    found = due_now(reminders, (), at("2027-06-15 09:31"), diary=earlier)
    assert found is not None and (found.planned, found.late) == (half_past_nine("2027-06-11"), True)


def test_after_a_snooze_there_is_one_even_if_all_was_said_before() -> None:
    diary, due = DIARY, day("2027-06-11")
    spent = {"before-5", "before-1", "on_the_day-0"}
    reminders = schedule(due, LONG_AGO, diary=diary, snoozed_until=day("2027-06-15"))
    assert due_now(reminders, spent, at("2027-06-14 10:00"), diary=diary) is None
    found = due_now(reminders, spent, at("2027-06-15 09:30"), diary=diary)
    ended = Occasion(Phase.SNOOZED, day("2027-06-15").toordinal())
    assert found == Due(ended, half_past_nine("2027-06-15"), False, (ended,))
    assert due_now(reminders, spent | {ended.key}, at("2027-06-15 09:31"), diary=diary) is None


def test_what_is_most_urgent_is_said_where_a_snooze_ended_meanwhile() -> None:
    reminders = schedule(day("2027-06-11"), LONG_AGO, diary=DIARY, snoozed_until=day("2027-06-15"))
    # In whatever order they are given.
    found = due_now(reversed(reminders), (), at("2027-06-18 09:31"), diary=DIARY)
    assert found is not None and found.occasion == Occasion(Phase.OVERDUE, 1)
    ended = Occasion(Phase.SNOOZED, day("2027-06-15").toordinal())
    assert (found.settles[0], found.settles[-1]) == (ended, found.occasion)


def test_one_overtaken_is_never_sent_after_the_later_one() -> None:
    reminders = schedule(day("2027-06-11"), LONG_AGO, diary=DIARY)
    assert due_now(reminders, {"on_the_day-0"}, at("2027-06-11 12:00"), diary=DIARY) is None


def test_a_week_after_the_last_it_is_handed_over_once() -> None:
    away = Diary(zone=LONDON, away=(span("2027-07-05", "2027-07-16"),))
    reminders = schedule(day("2027-06-11"), LONG_AGO, diary=away)
    assert hand_over_due(reminders, (), at("2027-07-09 09:29"), diary=away) is None
    found = hand_over_due(reminders, (), at("2027-07-09 09:31"), diary=away)
    handed_over = Occasion(Phase.HANDED_OVER)
    assert found == Due(handed_over, half_past_nine("2027-07-09"), False, (handed_over,))
    assert hand_over_due(reminders, {"handed_over-0"}, at("2027-07-09 09:32"), diary=away) is None
    assert hand_over_due(reminders, (), at("2027-07-10 10:00"), diary=away) is None
    late = hand_over_due(reminders, (), at("2027-07-12 10:00"), diary=away)
    assert late is not None and late.late


def test_the_owner_far_away_is_reminded_by_their_own_clock() -> None:
    due = date(2027, 6, 11)
    sydney = Diary(zone=SYDNEY)
    [on_the_day] = [each for each in schedule(due, LONG_AGO, diary=sydney) if each.day == due]
    assert on_the_day == Reminder(
        Occasion(Phase.ON_THE_DAY), due, at("2027-06-11 00:30"), (Occasion(Phase.ON_THE_DAY),)
    )
    # The same moment is the middle of the night in London.
    moment = at("2027-06-11 09:30", SYDNEY)
    assert due_now([on_the_day], (), moment, diary=sydney) is not None
    assert due_now([on_the_day], (), moment, diary=DIARY) is None
