"""The reminders of one milestone for one owner: a pure function of milestone, settings and days.

**What is said, and for which day.** By default 5 working days before the date, 1 working day before, and on
the day; then weekly while it is overdue, three times; a week after the last of these it is handed over to
the digest and the facilitators. A date that is no working day counts as it stands: one working day before a
Saturday is the Friday, and "on the day" becomes the Monday.

**When it is sent.** At 09:30 where the owner is. What falls on a quiet day (a weekend, a bank holiday, a
closed day of the council, a pause, a day the owner is away) moves to the next day that is not quiet. What
ends up on the same day is one reminder, the most urgent of them, and it settles the others. Nothing is
dropped. The hand-over is not for the owner, so that their away days and their snooze do not delay it.

**Snoozed.** What falls before the day that the owner chose moves to that day, and on it there is a reminder
in any case, even if nothing else falls on it.

**Added or changed late.** What would have been due before the owner had the milestone with this date is not
made up for: they have just seen it. Only the reminder on the day itself is: for a milestone added on its
day after 09:30 it comes at once within working hours, and at 09:30 on the next day that is not quiet when
they are over, so that there is one before it is a week overdue. A milestone whose date had passed already
is treated as if it were for the day on which it was added, and the weeks are counted from there.

**Missed.** What should have been sent while the bot was down is sent once: the latest of it, which settles
what came before. That too waits for the owner's working hours, and it is marked late. What was kept back by
quiet days that were then taken back was not missed: it falls due when they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from model.calendar.working_hours import CLOSES, Diary
from model.reminders.occasions import Due, Occasion, Phase, Reminder, ReminderSettings, snooze_ends

# A ticker comes by every minute, and a restart takes a few; only what is later than this is called late.
LATE_AFTER = timedelta(minutes=30)


def schedule(
    due: date,
    since: datetime,
    *,
    diary: Diary,
    settings: ReminderSettings | None = None,
    snoozed_until: date | None = None,
) -> tuple[Reminder, ...]:
    """All reminders of a milestone that is not done, in order; none of them is before `since`.

    Args:
        due: The date of the milestone.
        since: When the owner got it with this date.
        diary: The owner's days and zone.
        settings: When to remind; the usual way when not given.
        snoozed_until: The day on which the owner wants to hear of it again.
    """
    settings = settings or ReminderSettings()
    since = since.astimezone(UTC)
    placing = _Placing(diary, settings.send_at, snoozed_until)
    begins = max(due, diary.day_of(since))
    *weeks, last = (begins + n * timedelta(settings.every) for n in range(1, settings.overdue + 2))
    placed = [
        *(each for each in _early(due, settings, placing) if each.at >= since),
        placing.once(Occasion(Phase.ON_THE_DAY), begins, since),
        *(placing.place(Occasion(Phase.OVERDUE, n), day) for n, day in enumerate(weeks, 1)),
    ]
    council = _Placing(replace(diary, away=()), settings.send_at)
    handed_over = _reminder([council.place(Occasion(Phase.HANDED_OVER), last)])
    return tuple(sorted([*_merged(placed), handed_over], key=lambda each: (each.at, each.occasion.urgency)))


@dataclass(frozen=True)
class _Placed:
    """An occasion with its day and moment."""

    occasion: Occasion
    day: date
    at: datetime


@dataclass(frozen=True)
class _Placing:
    """Finds the day and the moment for what falls on a day."""

    diary: Diary
    send_at: time
    snoozed_until: date | None = None

    def place(self, occasion: Occasion, day: date) -> _Placed:
        """On this day, or on the first one after it that will do."""
        wanted = day if self.snoozed_until is None else max(day, self.snoozed_until)
        found = self.diary.next_open_day(wanted)
        return _Placed(occasion, found, self.diary.moment(found, self.send_at))

    def once(self, occasion: Occasion, day: date, since: datetime) -> _Placed:
        """The same, but where its time had passed already: at once, or on the next day that will do."""
        placed = self.place(occasion, day)
        if placed.at >= since:
            return placed
        today = self.diary.day_of(since)
        if self.diary.is_working(since):
            return _Placed(occasion, today, since)
        return self.place(occasion, today + timedelta(1))


def _early(due: date, settings: ReminderSettings, placing: _Placing) -> Iterator[_Placed]:
    """What comes before the day, and the end of a snooze."""
    if placing.snoozed_until is not None:
        yield placing.place(snooze_ends(placing.snoozed_until), placing.snoozed_until)
    for count in set(settings.before):
        day = placing.diary.calendar.working_day_before(due, count)
        yield placing.place(Occasion(Phase.BEFORE, count), day)


def _merged(placed: Iterable[_Placed]) -> list[Reminder]:
    """One reminder for each day."""
    ordered = sorted(placed, key=lambda each: (each.day, each.occasion.urgency))
    return [_reminder(list(same)) for _, same in groupby(ordered, key=lambda each: each.day)]


def _reminder(same_day: Sequence[_Placed]) -> Reminder:
    most_urgent = same_day[-1]
    return Reminder(
        most_urgent.occasion, most_urgent.day, most_urgent.at, tuple(each.occasion for each in same_day)
    )


def due_now(
    reminders: Iterable[Reminder],
    spent: Collection[str],
    now: datetime,
    *,
    diary: Diary,
    settings: ReminderSettings | None = None,
) -> Due | None:
    """What the owner is to be told now, if anything.

    Args:
        reminders: The schedule as it is now.
        spent: The keys of the occasions that were sent to this owner, or settled, for this date.
        now: The moment. Outside the owner's working hours nothing is due.
        diary: The owner's days and zone.
        settings: As for the schedule.
    """
    to_owner = (each for each in reminders if each.occasion.phase is not Phase.HANDED_OVER)
    return _latest(to_owner, spent, now, diary, settings or ReminderSettings())


def hand_over_due(
    reminders: Iterable[Reminder],
    spent: Collection[str],
    now: datetime,
    *,
    diary: Diary,
    settings: ReminderSettings | None = None,
) -> Due | None:
    """What the facilitators and the digest take over now, if anything; the arguments are those of `due_now`.

    The owner may be away then.
    """
    handed_over = (each for each in reminders if each.occasion.phase is Phase.HANDED_OVER)
    council = replace(diary, away=(), away_set_at=None)
    return _latest(handed_over, spent, now, council, settings or ReminderSettings())


def may_be_told(now: datetime, *, diary: Diary, settings: ReminderSettings | None = None) -> datetime:
    """The first moment, now or later, at which somebody may be told what is due."""
    at = (settings or ReminderSettings()).send_at
    day = diary.day_of(now)
    if diary.is_open(day) and now.astimezone(diary.zone).time() < CLOSES:
        return max(now.astimezone(UTC), diary.moment(day, at))
    return diary.moment(diary.next_open_day(day + timedelta(1)), at)


def _latest(
    reminders: Iterable[Reminder],
    spent: Collection[str],
    now: datetime,
    diary: Diary,
    settings: ReminderSettings,
) -> Due | None:
    local = now.astimezone(diary.zone)
    if not (settings.send_at <= local.time() < CLOSES and diary.is_open(local.date())):
        return None
    passed = {occasion: each.at for each in reminders if each.at <= now for occasion in each.settles}
    # A snooze ends with a reminder even where what it is about was sent before.
    latest = max(passed, key=lambda each: each.urgency, default=None)
    ended = max(
        (each for each in passed if each.phase is Phase.SNOOZED), key=lambda each: each.urgency, default=None
    )
    occasion = next((each for each in (latest, ended) if each is not None and each.key not in spent), None)
    if occasion is None:
        return None
    settles = tuple(each for each in sorted(passed, key=lambda each: each.urgency) if each.key not in spent)
    planned = _not_before_set(passed[occasion], diary, settings)
    return Due(occasion, planned, now - planned > LATE_AFTER, settles)


def _not_before_set(planned: datetime, diary: Diary, settings: ReminderSettings) -> datetime:
    """When something fell due, where quiet days may have kept it back until they were set otherwise."""
    if diary.set_at is None or diary.set_at <= planned:
        return planned
    return may_be_told(diary.set_at, diary=diary, settings=settings)
