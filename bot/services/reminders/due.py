"""What is due to be said about milestones: asked of the pure schedule, with what was said already.

What costs a query for each person or item, the days somebody is away and the history of an item, can only
put off what is due, so it is asked for only where something is due without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from bot.services.calendar.calendars import own_settings
from bot.services.desk import Rules
from model.calendar.council_calendar import WorkingCalendar
from model.calendar.settings import OwnSettings
from model.calendar.working_hours import Diary
from model.reminders.occasions import Due, Occasion, Phase, Reminder, ReminderSettings
from model.reminders.owned_since import held_since
from model.reminders.schedule import due_now, hand_over_due, schedule
from storage.plans.reminders import Concern, Spent
from storage.unit_of_work import UnitOfWork

LAST = Occasion(Phase.HANDED_OVER).key
"""The occasion at which a milestone is handed over; an owner who is away is told after it."""
# Somewhere it is tomorrow already.
_AHEAD = timedelta(hours=14)
# How long a reminder waits for Slack to tell where its owner is, before the council's own zone is used.
_WAIT_FOR_ZONE = timedelta(hours=1)
_NOTHING_SET = OwnSettings()
Said = Mapping[tuple[str, str, str], Sequence[Spent]]
"""What was said to people about their own milestones, by `concern_key`."""


@dataclass(frozen=True)
class Found:
    """What is due for somebody of one milestone.

    Attributes:
        since: When they got it with this date.
        due: What they are to be told.
        last: The end of the reminders, if it has come.
        wanted: Whether they want reminders at all.
    """

    concern: Concern
    since: datetime
    due: Due | None
    last: Due | None
    wanted: bool


@dataclass(frozen=True)
class Round:
    """What one round goes by."""

    now: datetime
    rules: Rules
    calendar: WorkingCalendar
    zones: Mapping[str, tzinfo | None]

    async def concerns(self, work: UnitOfWork, assessments: Collection[str] | None = None) -> list[Concern]:
        """Whom anything can concern now."""
        until = last_date(self.calendar, self.rules.reminders, self.now)
        last = owners_last(self.rules.reminders).key
        return await work.reminders.concerns(
            until=until, handed_over=LAST, last=last, assessments=assessments
        )

    async def note_all_said(self, work: UnitOfWork, assessments: Collection[str]) -> None:
        """Note in these plans, which are locked, of which milestones nothing is left to be said."""
        last = owners_last(self.rules.reminders).key
        await work.reminders.note_all_said(assessments, handed_over=LAST, last=last)

    async def found(self, work: UnitOfWork, concerns: Sequence[Concern]) -> list[Found]:
        """What is due."""
        spent = by_concern(await work.reminders.spent(each.milestone_id for each in concerns))
        likely = [each for each in concerns if self._look(each, each.since, _surely(each, spent)) is not None]
        since = await held(work, likely)
        own = {person: await own_settings(work, person) for person in people_of(likely)}
        found = [
            self._look(
                each,
                since[concern_key(each)],
                said_since(each, since[concern_key(each)], spent),
                own[each.person],
            )
            for each in likely
        ]
        return [each for each in found if each is not None]

    def _look(
        self,
        concern: Concern,
        since: datetime,
        said: Collection[str],
        own: OwnSettings = _NOTHING_SET,
    ) -> Found | None:
        if concern.person not in self.zones:
            return None
        zone = self.zones[concern.person]
        diary = Diary(self.calendar, zone or self.rules.zone, own.away, own.away_set_at)
        settings, now = self.rules.reminders, self.now
        reminders = _scheduled(concern.due, since, diary, settings, concern.snoozed_until)
        due = due_now(reminders, said, now, diary=diary, settings=settings)
        last = hand_over_due(reminders, said, now, diary=diary, settings=settings)
        if zone is None:
            due, last = (None if _fresh(each, now) else each for each in (due, last))
        return None if due is None and last is None else Found(concern, since, due, last, own.reminders)


def _surely(concern: Concern, spent: Said) -> set[str]:
    """What was said and counts whatever the history tells: the item was not changed since."""
    return {
        each.occasion
        for each in spent.get(concern_key(concern), ())
        if each.since == concern.since and each.spent_at >= concern.changed_at
    }


def said_since(concern: Concern, since: datetime, spent: Said) -> set[str]:
    """What was said to somebody since they got a milestone."""
    return {each.occasion for each in spent.get(concern_key(concern), ()) if each.since == since}


async def held(work: UnitOfWork, concerns: Sequence[Concern]) -> dict[tuple[str, str, str], datetime]:
    """Since when somebody has had a milestone, by `concern_key`, from the history of its item as well."""
    turns = await work.reminders.turns(each.item for each in concerns)
    return {
        concern_key(each): held_since(each.since, each.milestone_id, turns[each.item], in_place=each.in_place)
        for each in concerns
    }


# Every round plans the same milestones again.
@lru_cache(maxsize=20_000)
def _scheduled(
    due: date, since: datetime, diary: Diary, settings: ReminderSettings, snoozed_until: date | None
) -> tuple[Reminder, ...]:
    return schedule(due, since, diary=diary, settings=settings, snoozed_until=snoozed_until)


def _fresh(due: Due | None, now: datetime) -> bool:
    return due is not None and now - due.planned < _WAIT_FOR_ZONE


def last_date(calendar: WorkingCalendar, settings: ReminderSettings, now: datetime) -> date:
    """The last date of a milestone of which anybody anywhere can be reminded now."""
    return calendar.working_day_after((now + _AHEAD).date(), max(settings.before, default=0))


def owners_last(settings: ReminderSettings) -> Occasion:
    """The last occasion on which an owner is reminded."""
    return Occasion(Phase.OVERDUE, settings.overdue) if settings.overdue else Occasion(Phase.ON_THE_DAY)


def concern_key(concern: Concern) -> tuple[str, str, str]:
    """Assessment, milestone and person."""
    return concern.assessment_id, concern.milestone_id, concern.person


def by_concern(spent: Iterable[Spent]) -> dict[tuple[str, str, str], list[Spent]]:
    """What was said to people about their own milestones, without what was passed on to them."""
    found: dict[tuple[str, str, str], list[Spent]] = {}
    for each in spent:
        if each.about == each.person:
            found.setdefault((each.assessment_id, each.milestone_id, each.person), []).append(each)
    return found


def people_of(concerns: Iterable[Concern]) -> list[str]:
    """Whom these concern, each once, in a fixed order."""
    return sorted({each.person for each in concerns})
