"""What happened to a plan, one entry for each thing that changed: who, when, what, before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from model.plan.plan import ItemStatus, Milestone, PlanItem


class PlanHappened(StrEnum):
    """The kinds of entries."""

    TARGET_SET = "target_set"
    TARGET_REMOVED = "target_removed"
    ITEM_ADDED = "item_added"
    TITLE_CHANGED = "title_changed"
    DIMENSION_CHANGED = "dimension_changed"
    LEVELS_CHANGED = "levels_changed"
    OWNERS_CHANGED = "owners_changed"
    HANDED_OVER = "handed_over"
    SPONSOR_CHANGED = "sponsor_changed"
    NOTES_CHANGED = "notes_changed"
    SUCCESS_CHANGED = "success_changed"
    STATUS_SET = "status_set"
    MILESTONE_ADDED = "milestone_added"
    MILESTONE_RENAMED = "milestone_renamed"
    MILESTONE_MOVED = "milestone_moved"
    MILESTONE_DONE = "milestone_done"
    MILESTONE_DROPPED = "milestone_dropped"
    MILESTONE_REOPENED = "milestone_reopened"
    SNOOZED = "snoozed"
    OUTCOME_RECORDED = "outcome_recorded"
    DISMISSED = "dismissed"
    DISMISSAL_TAKEN_BACK = "dismissal_taken_back"
    CAPACITY_SET = "capacity_set"
    # Only in what was recorded while each plan had a digest of its own.
    DIGEST_SET = "digest_set"


@dataclass(frozen=True)
class PlanEntry:
    """One line of a plan's history.

    `before` and `after` hold what the kind is about: a level ("3"), two levels ("2-3"), a date
    (2027-03-01), a status, people's ids with spaces between them, an action's id, or people's words. Empty
    is none.
    """

    what: PlanHappened
    by: str
    at: datetime
    item_id: str | None = None
    milestone_id: str | None = None
    dimension_id: str | None = None
    before: str = ""
    after: str = ""
    reason: str = ""

    @property
    def decides(self) -> bool:
        """Whether it took something proposed into the plan, or left it out."""
        return self.what is PlanHappened.STATUS_SET and self.before == ItemStatus.PROPOSED


def entry_of(
    what: PlanHappened,
    item: PlanItem,
    by: str,
    at: datetime,
    before: str = "",
    after: str = "",
    reason: str = "",
) -> PlanEntry:
    """An entry about an item."""
    return PlanEntry(
        what,
        by,
        at,
        item_id=item.id,
        dimension_id=item.dimension_id,
        before=before,
        after=after,
        reason=reason,
    )


def milestone_entry(
    what: PlanHappened,
    item: PlanItem,
    milestone: Milestone,
    by: str,
    at: datetime,
    before: str = "",
    after: str = "",
    reason: str = "",
) -> PlanEntry:
    """An entry about a milestone."""
    return replace(entry_of(what, item, by, at, before, after, reason), milestone_id=milestone.id)
