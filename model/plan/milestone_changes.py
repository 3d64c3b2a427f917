"""Changes to the milestones of an item, each with what it adds to the history, and what they may not be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from model.plan.guards import bad_text
from model.plan.history import PlanEntry, PlanHappened, milestone_entry
from model.plan.plan import MILESTONE_LIMIT, MILESTONE_NAME_LIMIT, Milestone, MilestoneState, PlanItem
from model.plan.steps import WantedMilestone
from model.refusals import Reason, Refusal

# Dropped ones are kept, and their ids are not used again.
_EVER = 99

Edited = tuple[PlanItem, tuple[PlanEntry, ...]]


def with_new(item: PlanItem, wanted: Sequence[WantedMilestone], by: str, at: datetime) -> Edited:
    """The item with these milestones added, and what that adds to the history."""
    first = len(item.milestones) + 1
    fresh = tuple(
        Milestone(f"{item.id}-{number:02}", each.name, each.due, at, at)
        for number, each in enumerate(wanted, first)
    )
    entries = tuple(
        milestone_entry(PlanHappened.MILESTONE_ADDED, item, each, by, at, after=each.due.isoformat())
        for each in fresh
    )
    return item.with_milestones(*fresh), entries


def with_changes(
    item: PlanItem, milestone: Milestone, name: str, due: date, at: datetime, by: str, reason: str = ""
) -> Edited:
    """The item with another name or date for a milestone, and what that adds to the history."""
    entries: list[PlanEntry] = []
    changed = replace(milestone, name=name, due=due)
    if changed == milestone:
        return item, ()
    if name != milestone.name:
        entries.append(
            milestone_entry(
                PlanHappened.MILESTONE_RENAMED, item, milestone, by, at, before=milestone.name, after=name
            )
        )
    if due != milestone.due:
        changed = replace(changed, due_set_at=at, reason=reason, snoozes=())
        before, after = milestone.due.isoformat(), due.isoformat()
        entries.append(
            milestone_entry(PlanHappened.MILESTONE_MOVED, item, milestone, by, at, before, after, reason)
        )
    changed = replace(changed, changed_at=at, revision=milestone.revision + 1)
    return item.with_milestones(changed), tuple(entries)


def with_settled(
    item: PlanItem, milestone: Milestone, state: MilestoneState, reason: str, by: str, at: datetime
) -> Edited:
    """The item with a milestone done or dropped, and what that adds to the history."""
    done = state is MilestoneState.DONE
    what = PlanHappened.MILESTONE_DONE if done else PlanHappened.MILESTONE_DROPPED
    settled = replace(
        milestone,
        state=state,
        reason=reason,
        settled_by=by,
        settled_at=at,
        changed_at=at,
        revision=milestone.revision + 1,
        snoozes=(),
    )
    return item.with_milestones(settled), (milestone_entry(what, item, milestone, by, at, reason=reason),)


def bad_milestones(
    wanted: Sequence[WantedMilestone], today: date, *, fresh: Sequence[WantedMilestone]
) -> Refusal | None:
    """Refuse milestones that an item cannot have together; `fresh` are those whose date is new."""
    if len(wanted) > MILESTONE_LIMIT:
        return Refusal(
            Reason.TOO_MANY_MILESTONES, limit=MILESTONE_LIMIT, length=len(wanted), part="milestones"
        )
    for each in wanted:
        refusal = bad_text(each.name, MILESTONE_NAME_LIMIT, "milestones", missing=Reason.MILESTONE_UNNAMED)
        if refusal is not None:
            return refusal
        if wanted.count(each) > 1:
            return Refusal(Reason.MILESTONE_TWICE, part="milestones", words=each.name)
    for each in fresh:
        if each.due < today:
            return Refusal(Reason.DATE_PAST, part="milestones", words=each.name)
    return None


def too_many_ever(item: PlanItem, more: int) -> Refusal | None:
    """Refuse what would give an item more milestones than it can keep, dropped ones included."""
    ever = len(item.milestones) + more
    if ever <= _EVER:
        return None
    return Refusal(Reason.TOO_MANY_MILESTONES, limit=_EVER, length=ever, part="milestones")


def touched(item: PlanItem, by: str, at: datetime) -> PlanItem:
    """The item, changed by somebody at this moment."""
    return replace(item, revision=item.revision + 1, changed_by=by, changed_at=at)
