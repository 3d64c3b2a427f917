"""The rule of the form of an item: everything in it at once, with an entry for each thing that changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from model.assessment.assessment import Assessment
from model.plan.guards import NEEDS_REASON, bad_levels, bad_text, not_theirs, one_line, too_many_owners
from model.plan.history import PlanEntry, PlanHappened, entry_of
from model.plan.item_rules import bad_status, bad_words, tidied, with_owners, with_status
from model.plan.milestone_changes import (
    Edited,
    bad_milestones,
    too_many_ever,
    touched,
    with_changes,
    with_new,
    with_settled,
)
from model.plan.plan import PLAN_REASON_LIMIT, Milestone, MilestoneState, Plan, PlanItem
from model.plan.steps import EditItem, PlanOutcome, PlanTaken, WantedMilestone
from model.refusals import Reason, Refusal


def edit_item(
    plan: Plan, step: EditItem, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Change what the form says otherwise than the item."""
    item = plan.item(step.item_id)
    assessment.dimension(step.dimension_id)
    step = _tidied(step)
    refusal = (
        not_theirs(assessment, item, by)
        or _changed_meanwhile(item, step)
        or bad_words(step)
        or bad_levels(step.from_level, step.to_level)
        or too_many_owners(step.owners)
        or _bad_new_status(plan, item, step, assessment, by)
        or _bad_dates(item, step, today)
    )
    if refusal is not None:
        return refusal
    edited, entries = _edited(item, step, by, at)
    if not entries:
        return Refusal(Reason.NOTHING_CHANGED)
    return PlanTaken(plan.with_item(touched(edited, by, at)), entries)


def matched(
    current: Sequence[Milestone], wanted: Sequence[WantedMilestone]
) -> tuple[list[tuple[Milestone, WantedMilestone]], list[Milestone], list[WantedMilestone]]:
    """Find which milestone each written one is: the same; else of the same name; else on the same date.

    Returns:
        The pairs, then those of the current that are not written any more, then those that are new.
    """
    pairs: list[tuple[Milestone, WantedMilestone]] = []
    left, fresh = list(current), list(wanted)
    for alike in (_same, _same_name, _same_date):
        for each in list(fresh):
            found = next((milestone for milestone in left if alike(milestone, each)), None)
            if found is not None:
                pairs.append((found, each))
                left.remove(found)
                fresh.remove(each)
    return pairs, left, fresh


def _same(milestone: Milestone, wanted: WantedMilestone) -> bool:
    return _same_name(milestone, wanted) and _same_date(milestone, wanted)


def _same_name(milestone: Milestone, wanted: WantedMilestone) -> bool:
    return milestone.name == wanted.name


def _same_date(milestone: Milestone, wanted: WantedMilestone) -> bool:
    return milestone.due == wanted.due


def _tidied(step: EditItem) -> EditItem:
    return replace(
        step,
        title=one_line(step.title),
        owners=tuple(dict.fromkeys(step.owners)),
        sponsor=step.sponsor or None,
        status_reason=step.status_reason.strip(),
        milestones=tidied(step.milestones),
        notes=step.notes.strip(),
        success=step.success.strip(),
    )


def _changed_meanwhile(item: PlanItem, step: EditItem) -> Refusal | None:
    if step.seen == item.revision:
        return None
    return Refusal(Reason.ITEM_HAS_CHANGED, by=item.changed_by, at=item.changed_at)


def _bad_new_status(
    plan: Plan, item: PlanItem, step: EditItem, assessment: Assessment, by: str
) -> Refusal | None:
    if step.status is item.status:
        return bad_text(step.status_reason, PLAN_REASON_LIMIT, "reason")
    return bad_status(plan, item, step.status, step.status_reason, assessment, by)


def _bad_dates(item: PlanItem, step: EditItem, today: date) -> Refusal | None:
    """Refuse new dates in the past, and more milestones than an item holds; old dates may stay."""
    pairs, _, fresh = matched(item.open_milestones, step.milestones)
    moved = [wanted for milestone, wanted in pairs if milestone.due != wanted.due]
    done = [WantedMilestone(each.name, each.due) for each in item.live_milestones if not each.open]
    other = [each for each in done if each not in step.milestones]
    return bad_milestones((*step.milestones, *other), today, fresh=(*moved, *fresh)) or too_many_ever(
        item, len(fresh)
    )


def _edited(item: PlanItem, step: EditItem, by: str, at: datetime) -> Edited:
    entries: list[PlanEntry] = []

    def note(what: PlanHappened, before: str, after: str) -> None:
        if before != after:
            entries.append(entry_of(what, item, by, at, before, after))

    note(PlanHappened.TITLE_CHANGED, item.title, step.title)
    note(PlanHappened.DIMENSION_CHANGED, item.dimension_id, step.dimension_id)
    note(PlanHappened.LEVELS_CHANGED, _levels(item), _levels(step))
    note(PlanHappened.OWNERS_CHANGED, " ".join(item.owners), " ".join(step.owners))
    note(PlanHappened.SPONSOR_CHANGED, item.sponsor or "", step.sponsor or "")
    note(PlanHappened.NOTES_CHANGED, item.notes, step.notes)
    note(PlanHappened.SUCCESS_CHANGED, item.success, step.success)
    changed = replace(
        with_owners(item, step.owners, at),
        title=step.title,
        dimension_id=step.dimension_id,
        from_level=step.from_level,
        to_level=step.to_level,
        sponsor=step.sponsor,
        notes=step.notes,
        success=step.success,
    )
    changed, more = _with_status(changed, step, by, at)
    changed, most = _with_milestones(changed, step.milestones, by, at)
    return changed, (*entries, *more, *most)


def _levels(holder: PlanItem | EditItem) -> str:
    return f"{holder.from_level}-{holder.to_level}"


def _with_status(item: PlanItem, step: EditItem, by: str, at: datetime) -> Edited:
    if step.status is not item.status:
        # The form was filled in with the reason of the status before, which is none for this one.
        stale = step.status_reason == item.status_reason and step.status not in NEEDS_REASON
        moved, entry = with_status(item, step.status, "" if stale else step.status_reason, by, at)
        return moved, (entry,)
    if step.status_reason != item.status_reason:
        entry = entry_of(
            PlanHappened.STATUS_SET,
            item,
            by,
            at,
            item.status.value,
            item.status.value,
            step.status_reason,
        )
        return replace(item, status_reason=step.status_reason), (entry,)
    return item, ()


def _with_milestones(item: PlanItem, wanted: Sequence[WantedMilestone], by: str, at: datetime) -> Edited:
    pairs, gone, fresh = matched(item.open_milestones, wanted)
    entries: list[PlanEntry] = []
    for milestone, now in pairs:
        item, more = with_changes(item, milestone, now.name, now.due, at, by)
        entries += more
    for milestone in gone:
        item, more = with_settled(item, milestone, MilestoneState.DROPPED, "", by, at)
        entries += more
    item, more = with_new(item, fresh, by, at)
    return item, (*entries, *more)
