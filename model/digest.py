"""The weekly digest of a plan: when it is due, and what it says.

It falls on one day of the week at one hour where the council is; on a quiet day it moves to the next day that
is not. What was missed, because the bot was down, comes in the same week within working hours and says that
it is late; of several weeks it is the last one only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from model.assessment import Assessment, AssessmentState, Mode, PromptState
from model.calendar import WorkingCalendar
from model.diary import CLOSES
from model.plan import ItemStatus, Milestone, MilestoneState, Plan, PlanItem

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
LOOKS_AHEAD = timedelta(days=14)
_WEEK = timedelta(days=7)
# A pause may be as long as two years.
_MOST_WEEKS = 110


@dataclass(frozen=True)
class DigestRules:
    """When the digest comes: a day of the week, 0 for Monday, and a time of day where the council is."""

    weekday: int
    at: time
    zone: ZoneInfo


def last_slot(now: datetime, calendar: WorkingCalendar, rules: DigestRules) -> tuple[date, datetime]:
    """The day and moment of the last digest that has come due."""
    local = now.astimezone(rules.zone)
    this_week = local.date() - timedelta(days=local.weekday() - rules.weekday)
    for weeks in range(_MOST_WEEKS):
        day = calendar.next_open_day(this_week - weeks * _WEEK)
        moment = datetime.combine(day, rules.at, tzinfo=rules.zone)
        if moment <= now:
            return day, moment
    return this_week - _MOST_WEEKS * _WEEK, moment - _MOST_WEEKS * _WEEK


def may_go_out(now: datetime, calendar: WorkingCalendar, rules: DigestRules) -> bool:
    """Whether the channel may be written to: from that hour on, in working hours, on no quiet day."""
    local = now.astimezone(rules.zone)
    return rules.at <= local.time() < CLOSES and not calendar.is_quiet(local.date())


@dataclass(frozen=True)
class Dated:
    """A milestone with its item."""

    item: PlanItem
    milestone: Milestone
    handed_over: bool = False


@dataclass(frozen=True)
class Waiting:
    """A question that waits for so many votes; None in quick mode, for an answer, whoever's."""

    question: str
    votes: int | None


@dataclass(frozen=True)
class Digest:
    """What a digest says, each list in the order in which it is shown."""

    done_items: tuple[PlanItem, ...]
    done: tuple[Dated, ...]
    overdue: tuple[Dated, ...]
    due: tuple[Dated, ...]
    waiting: tuple[Waiting, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.done_items or self.done or self.overdue or self.due or self.waiting)


def digest_of(
    plan: Plan, assessment: Assessment, *, since: datetime, today: date, handed_over: frozenset[str]
) -> Digest:
    """Put a digest together.

    Args:
        plan: The plan.
        assessment: Whose plan it is.
        since: When the last digest was made.
        today: The date where the council is.
        handed_over: The milestones of which the owners were reminded often enough.
    """
    finished = tuple(
        item
        for item in plan.items
        if item.status is ItemStatus.DONE and item.finished_at is not None and item.finished_at > since
    )
    done = tuple(
        Dated(item, each)
        for item in plan.items
        if item not in finished
        for each in item.milestones
        if each.state is MilestoneState.DONE and each.settled_at is not None and each.settled_at > since
    )
    coming = [Dated(item, each, each.id in handed_over) for item, each in plan.milestones]
    return Digest(
        done_items=finished,
        done=done,
        overdue=tuple(each for each in coming if each.milestone.due < today),
        due=tuple(each for each in coming if today <= each.milestone.due <= today + LOOKS_AHEAD),
        waiting=_waiting(assessment),
    )


def _waiting(assessment: Assessment) -> tuple[Waiting, ...]:
    if assessment.state is not AssessmentState.RUNNING:
        return ()
    asked = [each for each in assessment.prompts if each.state is PromptState.ASKED]
    found = []
    for prompt in asked:
        votes = len(assessment.waiting_for(prompt.prompt_id)) if assessment.mode is Mode.TOGETHER else None
        if votes != 0:
            found.append(Waiting(assessment.framework.prompt(prompt.prompt_id).question, votes))
    return tuple(found)
