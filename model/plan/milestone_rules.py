"""The rules of milestones: adding, moving, reaching, dropping, taking up again, snoozing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from model.assessment.assessment import Assessment
from model.plan.guards import bad_text, item_over, milestone_settled, not_theirs, one_line, past
from model.plan.history import PlanHappened, milestone_entry
from model.plan.milestone_changes import (
    Edited,
    bad_milestones,
    too_many_ever,
    touched,
    with_changes,
    with_new,
    with_settled,
)
from model.plan.plan import (
    MOST_SNOOZED_DAYS,
    PLAN_REASON_LIMIT,
    Milestone,
    MilestoneState,
    Plan,
    PlanItem,
    Snooze,
)
from model.plan.steps import (
    AddMilestone,
    DropMilestone,
    FinishMilestone,
    MoveMilestone,
    PlanOutcome,
    PlanTaken,
    ReopenMilestone,
    SnoozeMilestone,
    WantedMilestone,
)
from model.refusals import Reason, Refusal


def add_milestone(
    plan: Plan, step: AddMilestone, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Add one to an item that is not over."""
    item = plan.item(step.item_id)
    wanted = WantedMilestone(one_line(step.name), step.due)
    refusal = (
        not_theirs(assessment, item, by)
        or item_over(item)
        or bad_milestones((*_as_wanted(item.live_milestones), wanted), today, fresh=(wanted,))
        or too_many_ever(item, 1)
    )
    if refusal is not None:
        return refusal
    return _changed(plan, with_new(item, (wanted,), by, at), by, at)


def move_milestone(
    plan: Plan, step: MoveMilestone, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Give one another date; who wanted to hear nothing of the old date hears of the new one."""
    item = plan.item_of(step.milestone_id)
    milestone = item.milestone(step.milestone_id)
    reason = step.reason.strip()
    refusal = (
        _not_open(assessment, item, milestone, by)
        or (Refusal(Reason.NOTHING_CHANGED) if step.due == milestone.due else None)
        or past(step.due, today, "due")
        or bad_text(reason, PLAN_REASON_LIMIT, "reason")
    )
    if refusal is not None:
        return refusal
    return _changed(plan, with_changes(item, milestone, milestone.name, step.due, at, by, reason), by, at)


def finish_milestone(
    plan: Plan, step: FinishMilestone, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Say that one is reached."""
    item = plan.item_of(step.milestone_id)
    milestone = item.milestone(step.milestone_id)
    if milestone.state is MilestoneState.DONE:
        return Refusal(Reason.ALREADY_DONE, by=milestone.settled_by, at=milestone.settled_at)
    refusal = _not_open(assessment, item, milestone, by)
    if refusal is not None:
        return refusal
    return _settled(plan, item, milestone, MilestoneState.DONE, "", by, at)


def drop_milestone(
    plan: Plan, step: DropMilestone, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Say that one will not be reached, and why."""
    item = plan.item_of(step.milestone_id)
    milestone = item.milestone(step.milestone_id)
    reason = step.reason.strip()
    if milestone.state is MilestoneState.DROPPED:
        return Refusal(Reason.ALREADY_DONE, by=milestone.settled_by, at=milestone.settled_at)
    refusal = _not_open(assessment, item, milestone, by) or bad_text(
        reason, PLAN_REASON_LIMIT, "reason", missing=Reason.REASON_MISSING
    )
    if refusal is not None:
        return refusal
    return _settled(plan, item, milestone, MilestoneState.DROPPED, reason, by, at)


def reopen_milestone(
    plan: Plan, step: ReopenMilestone, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Take up again one that was done or dropped."""
    item = plan.item_of(step.milestone_id)
    milestone = item.milestone(step.milestone_id)
    refusal = not_theirs(assessment, item, by) or item_over(item)
    if refusal is not None:
        return refusal
    if milestone.open:
        return Refusal(Reason.NOTHING_CHANGED)
    live = (*_as_wanted(item.live_milestones), *_as_wanted([milestone]))
    if milestone.state is MilestoneState.DROPPED:
        again = bad_milestones(live, today, fresh=())
        if again is not None:
            return again
    opened = replace(
        milestone,
        state=MilestoneState.OPEN,
        reason="",
        settled_by=None,
        settled_at=None,
        changed_at=at,
        revision=milestone.revision + 1,
    )
    entry = milestone_entry(
        PlanHappened.MILESTONE_REOPENED, item, milestone, by, at, before=milestone.state.value
    )
    return _changed(plan, (item.with_milestones(opened), (entry,)), by, at)


def snooze_milestone(
    plan: Plan, step: SnoozeMilestone, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Hear nothing of one before a date."""
    item = plan.item_of(step.milestone_id)
    milestone = item.milestone(step.milestone_id)
    refusal = _not_open(assessment, item, milestone, by)
    if refusal is not None:
        return refusal
    if not today < step.until <= today + timedelta(days=MOST_SNOOZED_DAYS):
        return Refusal(Reason.SNOOZE_OUT_OF_RANGE, limit=MOST_SNOOZED_DAYS, part="until")
    earlier = milestone.snoozed_until(by)
    if earlier == step.until:
        return Refusal(Reason.NOTHING_CHANGED)
    others = [each for each in milestone.snoozes if each.person != by]
    snoozes = sorted([*others, Snooze(by, step.until)], key=lambda each: each.person)
    entry = milestone_entry(
        PlanHappened.SNOOZED,
        item,
        milestone,
        by,
        at,
        before="" if earlier is None else earlier.isoformat(),
        after=step.until.isoformat(),
    )
    # Nothing that others see has changed, so the revisions stay.
    snoozed = item.with_milestones(replace(milestone, snoozes=tuple(snoozes)))
    return PlanTaken(plan.with_item(snoozed), (entry,))


def _as_wanted(milestones: Sequence[Milestone]) -> tuple[WantedMilestone, ...]:
    return tuple(WantedMilestone(each.name, each.due) for each in milestones)


def _not_open(assessment: Assessment, item: PlanItem, milestone: Milestone, by: str) -> Refusal | None:
    return not_theirs(assessment, item, by) or item_over(item) or milestone_settled(milestone)


def _settled(
    plan: Plan,
    item: PlanItem,
    milestone: Milestone,
    state: MilestoneState,
    reason: str,
    by: str,
    at: datetime,
) -> PlanTaken:
    return _changed(plan, with_settled(item, milestone, state, reason, by, at), by, at)


def _changed(plan: Plan, edited: Edited, by: str, at: datetime) -> PlanTaken:
    item, entries = edited
    return PlanTaken(plan.with_item(touched(item, by, at)), entries)
