"""How a milestone stands that somebody was reminded of, or is about to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from model.assessment.assessment import Assessment, AssessmentState
from model.plan.history import PlanEntry, PlanHappened
from model.plan.people import concerned
from model.plan.plan import ItemStatus, Milestone, MilestoneState, PlanItem


class Standing(StrEnum):
    """What has become of it."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    ITEM_DONE = "item_done"
    ITEM_DROPPED = "item_dropped"
    PUT_BACK = "put_back"
    """The item is a proposal again."""
    MOVED = "moved"
    GIVEN_AWAY = "given_away"
    CANCELLED = "cancelled"
    """The assessment was cancelled, and its plan with it."""


class Cause(StrEnum):
    """Why something is said, or not; where a message is refused, Slack's word stands in its place."""

    DUE = "due"
    """It is, and its owner is told."""
    SETTLED = "settled"
    """A more urgent reminder says it."""
    OFF = "off"
    """Its owner wants no reminders."""
    HANDED_OVER = "handed_over"
    """Its owner was reminded often enough."""
    LEFT = "left"
    """Its owner is not in the channel any more."""


@dataclass(frozen=True)
class Remark:
    """A milestone in a reminder, as it stands now.

    Attributes:
        assessment: Whose plan it is in.
        due: The date that the reminder is about; the milestone may have another by now.
        planned_at: When it should have been said.
        about: The owner it is about, where somebody else is told; empty where it is about all owners.
        cause: Why it is said: a `Cause`, or Slack's word for why its owner cannot be told.
        by: Who brought it to how it stands; None where nobody in particular did, or nothing has happened.
        at: When they did.
        told_again: Whether whoever reads it was told again at the end of their snooze.
    """

    assessment: Assessment
    item: PlanItem
    milestone: Milestone
    due: date
    planned_at: datetime
    about: str
    cause: str
    standing: Standing
    by: str | None = None
    at: datetime | None = None
    told_again: bool = False

    @property
    def open(self) -> bool:
        """Whether there is still something to do about it."""
        return self.standing is Standing.OPEN

    @property
    def last(self) -> bool:
        """Whether it was settled as the last of its item, so that only the item itself is left to finish."""
        return self.item.all_settled and self._settled_last

    @property
    def finished(self) -> bool:
        """Whether it was settled as the last of an item that is done."""
        done = self.item.status is ItemStatus.DONE and not self.item.open_milestones
        return done and self._settled_last

    @property
    def _settled_last(self) -> bool:
        if self.standing not in (Standing.DONE, Standing.DROPPED):
            return False
        settled = [each.settled_at for each in self.item.milestones if each.settled_at is not None]
        return self.milestone.settled_at == max(settled, default=None)

    def snoozed_until(self, person: str, today: date) -> date | None:
        """The day on which somebody wants to hear of it again, if that is still to come."""
        until = self.milestone.snoozed_until(person)
        return until if until is not None and until > today else None


def how_it_stands(
    assessment: Assessment, item: PlanItem, milestone: Milestone, due: date, person: str
) -> Standing:
    """What has become of a milestone that was due on a date for an owner; "" stands for all of them."""
    if assessment.state is AssessmentState.CANCELLED:
        return Standing.CANCELLED
    if not milestone.open:
        return Standing.DONE if milestone.state is MilestoneState.DONE else Standing.DROPPED
    if not item.under_way:
        return _ITEMS[item.status]
    if milestone.due != due:
        return Standing.MOVED
    if person and person not in concerned(item, assessment.facilitators):
        return Standing.GIVEN_AWAY
    return Standing.OPEN


_ITEMS = {
    ItemStatus.DONE: Standing.ITEM_DONE,
    ItemStatus.DROPPED: Standing.ITEM_DROPPED,
    ItemStatus.PROPOSED: Standing.PUT_BACK,
}
_ENTRIES = {
    Standing.DONE: {PlanHappened.MILESTONE_DONE},
    Standing.DROPPED: {PlanHappened.MILESTONE_DROPPED},
    Standing.ITEM_DONE: {PlanHappened.STATUS_SET},
    Standing.ITEM_DROPPED: {PlanHappened.STATUS_SET},
    Standing.PUT_BACK: {PlanHappened.STATUS_SET},
    Standing.MOVED: {PlanHappened.MILESTONE_MOVED},
    Standing.GIVEN_AWAY: {
        PlanHappened.HANDED_OVER,
        PlanHappened.OWNERS_CHANGED,
        PlanHappened.SPONSOR_CHANGED,
    },
}


def what_did_it(standing: Standing, milestone_id: str, history: Iterable[PlanEntry]) -> PlanEntry | None:
    """The entry in the history of the item that brought a milestone to how it stands."""
    kinds = _ENTRIES.get(standing, set())
    found = None
    for entry in history:
        if entry.what in kinds and entry.milestone_id in (None, milestone_id):
            found = entry
    return found
