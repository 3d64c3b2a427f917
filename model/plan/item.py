"""An item of a plan and its milestones, as frozen data that answers questions about itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from model.errors import UnknownMilestone

ITEM_TITLE_LIMIT = 120
OWNER_LIMIT = 10
MILESTONE_LIMIT = 20
"""Milestones of one item that are not dropped; as lines of a form they fit one input of 3,000 characters."""
MILESTONE_NAME_LIMIT = 120
NOTES_LIMIT = 3_000
SUCCESS_LIMIT = 1_000
PLAN_REASON_LIMIT = 300
"""Reasons of targets, statuses and milestones, and what is said of an outcome: they stand in lists."""
MOST_SNOOZED_DAYS = 366


class ItemStatus(StrEnum):
    """Where an item is."""

    PROPOSED = "proposed"
    TO_DO = "to_do"
    DOING = "doing"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


UNDER_WAY = frozenset({ItemStatus.TO_DO, ItemStatus.DOING, ItemStatus.BLOCKED})
"""What was taken on and is not over: only these have dates to keep."""
OVER = frozenset({ItemStatus.DONE, ItemStatus.DROPPED})


class MilestoneState(StrEnum):
    """Where a milestone is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Worked(StrEnum):
    """The answer to "did it work?"."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    TOO_EARLY = "too_early"


@dataclass(frozen=True)
class Snooze:
    """Somebody wants to hear nothing of a milestone before a date."""

    person: str
    until: date


@dataclass(frozen=True)
class Milestone:
    """A point on the way of an item.

    Attributes:
        id: Unique in the plan.
        due_set_at: When it got this due date; reminders that would have come before are not owed.
        changed_at: When its name, date or state changed last.
        revision: How often they changed, as the SEQUENCE of a calendar event counts.
        reason: Why it was dropped or last moved.
        settled_by: Who marked it done or dropped it; None while it is open.
        snoozes: At most one a person, in the order of the people's ids.
    """

    id: str
    name: str
    due: date
    due_set_at: datetime
    changed_at: datetime
    revision: int = 0
    state: MilestoneState = MilestoneState.OPEN
    reason: str = ""
    settled_by: str | None = None
    settled_at: datetime | None = None
    snoozes: tuple[Snooze, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.state is MilestoneState.OPEN

    def snoozed_until(self, person: str) -> date | None:
        """The date before which this person wants to hear nothing."""
        return next((each.until for each in self.snoozes if each.person == person), None)


@dataclass(frozen=True)
class Ownership:
    """An owner of an item, and since when."""

    person: str
    since: datetime


@dataclass(frozen=True)
class Outcome:
    """Whether a finished item did what it was to do."""

    worked: Worked
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class PlanItem:
    """Something the team does.

    Attributes:
        id: Unique in the plan.
        owned: Its owners in their order, with since when.
        success: How one will know that it worked.
        action_id: The library's action that it was made from.
        proposal_id: The proposal that it was made from.
        level_when_added: The level of its dimension then; None where there was none.
        finished_at: When it was last marked done; None unless it is done.
        revision: How often anything of it changed, so that a form which was opened before is noticed.
        changed_by: Who changed it last.
    """

    id: str
    title: str
    dimension_id: str
    from_level: int
    to_level: int
    status: ItemStatus
    added_by: str
    added_at: datetime
    status_by: str
    status_at: datetime
    changed_by: str
    changed_at: datetime
    owned: tuple[Ownership, ...] = ()
    sponsor: str | None = None
    status_reason: str = ""
    milestones: tuple[Milestone, ...] = ()
    notes: str = ""
    success: str = ""
    action_id: str | None = None
    proposal_id: str | None = None
    outcome: Outcome | None = None
    level_when_added: int | None = None
    finished_at: datetime | None = None
    revision: int = 0

    @property
    def owners(self) -> tuple[str, ...]:
        """Ids of its owners, in their order."""
        return tuple(each.person for each in self.owned)

    @property
    def under_way(self) -> bool:
        """Whether it was taken on and is not over."""
        return self.status in UNDER_WAY

    @property
    def over(self) -> bool:
        """Whether it is done or dropped."""
        return self.status in OVER

    @property
    def live_milestones(self) -> tuple[Milestone, ...]:
        """Those that are not dropped, by date."""
        return tuple(each for each in self.milestones if each.state is not MilestoneState.DROPPED)

    @property
    def open_milestones(self) -> tuple[Milestone, ...]:
        """Those that are to be reached, by date."""
        return tuple(each for each in self.milestones if each.open)

    @property
    def all_settled(self) -> bool:
        """Whether it is under way, and it has milestones of which none is open any more."""
        return self.under_way and bool(self.milestones) and not self.open_milestones

    @property
    def next_milestone(self) -> Milestone | None:
        """The open one with the earliest date, while the item is not over."""
        return None if self.over else next(iter(self.open_milestones), None)

    @property
    def progress(self) -> tuple[int, int]:
        """How many milestones are done, and of how many; an item that is done has done all of them."""
        live = self.live_milestones
        done = sum(not each.open for each in live)
        return (len(live) if self.status is ItemStatus.DONE else done), len(live)

    def overdue(self, today: date) -> bool:
        """Whether it is under way and the date of an open milestone has passed."""
        return self.under_way and any(each.due < today for each in self.open_milestones)

    def milestone(self, milestone_id: str) -> Milestone:
        """One milestone.

        Raises:
            UnknownMilestone: it has none with this id.
        """
        for each in self.milestones:
            if each.id == milestone_id:
                return each
        raise UnknownMilestone(milestone_id)

    def with_milestones(self, *changed: Milestone) -> PlanItem:
        """The same item with these milestones added or in place of their earlier selves, all by date."""
        kept = {each.id: each for each in (*self.milestones, *changed)}
        return replace(self, milestones=tuple(sorted(kept.values(), key=by_date)))


def by_date(milestone: Milestone) -> tuple[date, str]:
    """The place of a milestone among others."""
    return milestone.due, milestone.id
