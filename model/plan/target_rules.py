"""The rules of what a team aims at and can take on: targets, dismissed suggestions, capacity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from model.assessment.assessment import Assessment
from model.assessment.guards import is_level, not_leading
from model.calculation.calculator import NotApplicable
from model.plan.guards import bad_text, observing, past
from model.plan.history import PlanEntry, PlanHappened
from model.plan.plan import PLAN_REASON_LIMIT, Dismissal, Plan, Target
from model.plan.steps import (
    Dismiss,
    PlanOutcome,
    PlanTaken,
    SetCapacity,
    SetTargets,
    TakeBackDismissal,
    WantedTarget,
)
from model.refusals import Reason, Refusal


def set_targets(
    plan: Plan, step: SetTargets, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Set several targets at once, all or none; those that stay as they are need no right."""
    targets = {each.dimension_id: each for each in plan.targets}
    entries: list[PlanEntry] = []
    # Of what is said twice of a dimension the last counts.
    for said in {each.dimension_id: each for each in step.targets}.values():
        wanted = replace(said, reason=said.reason.strip())
        assessment.dimension(wanted.dimension_id)
        before = targets.pop(wanted.dimension_id, None)
        after = _as_target(wanted, by, at)
        if _same(before, after):
            after = before
        else:
            refusal = not_leading(assessment, wanted.dimension_id, by) or _bad_target(
                wanted, before, assessment, today
            )
            if refusal is not None:
                return refusal
            entries.append(_target_entry(wanted, before, by, at))
        if after is not None:
            targets[wanted.dimension_id] = after
    if not entries:
        return Refusal(Reason.NOTHING_CHANGED)
    ordered = tuple(targets[each] for each in assessment.scope if each in targets)
    return PlanTaken(replace(plan, targets=ordered), tuple(entries))


def _as_target(wanted: WantedTarget, by: str, at: datetime) -> Target | None:
    if wanted.level is None:
        return None
    return Target(wanted.dimension_id, wanted.level, wanted.reason, wanted.by_date, by, at)


def _same(before: Target | None, after: Target | None) -> bool:
    if before is None or after is None:
        return before is after
    return replace(after, set_by=before.set_by, set_at=before.set_at) == before


def _bad_target(
    wanted: WantedTarget, before: Target | None, assessment: Assessment, today: date
) -> Refusal | None:
    """Refuse a target that cannot be one. The level where one is already is allowed: it is to be kept."""
    if wanted.level is None:
        return None
    part = wanted.dimension_id
    if not is_level(wanted.level):
        return Refusal(Reason.LEVEL_OUT_OF_RANGE, part=part)
    current = assessment.dimension_level(wanted.dimension_id)
    if current is NotApplicable.NOT_APPLICABLE:
        return Refusal(Reason.TARGET_NOT_APPLICABLE, part=part)
    same_level = before is not None and before.level == wanted.level
    if isinstance(current, int) and wanted.level < current and not same_level:
        return Refusal(Reason.TARGET_BELOW_LEVEL, level=current, part=part)
    if wanted.by_date is not None and (before is None or before.by_date != wanted.by_date):
        refusal = past(wanted.by_date, today, part)
        if refusal is not None:
            return refusal
    return bad_text(wanted.reason, PLAN_REASON_LIMIT, part)


def _target_entry(wanted: WantedTarget, before: Target | None, by: str, at: datetime) -> PlanEntry:
    gone = wanted.level is None
    return PlanEntry(
        PlanHappened.TARGET_REMOVED if gone else PlanHappened.TARGET_SET,
        by,
        at,
        dimension_id=wanted.dimension_id,
        before="" if before is None else told(before.level, before.by_date),
        after="" if wanted.level is None else told(wanted.level, wanted.by_date),
        reason=wanted.reason,
    )


def told(level: int, by_date: date | None) -> str:
    """A target as the history keeps it: "3", or "3 2027-03-01"."""
    return str(level) if by_date is None else f"{level} {by_date.isoformat()}"


def dismiss(
    plan: Plan, step: Dismiss, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Say that an action is not for this team; it is not suggested again."""
    reason = step.reason.strip()
    refusal = observing(assessment, by) or bad_text(
        reason, PLAN_REASON_LIMIT, "reason", missing=Reason.REASON_MISSING
    )
    if refusal is not None:
        return refusal
    already = plan.dismissal(step.action_id)
    if already is not None:
        return Refusal(Reason.ALREADY_DONE, by=already.by, at=already.at)
    standing = plan.item_from(step.action_id)
    if standing is not None:
        return Refusal(Reason.IN_PLAN_ALREADY, by=standing.added_by, at=standing.added_at)
    after = replace(plan, dismissed=(*plan.dismissed, Dismissal(step.action_id, reason, by, at)))
    entry = PlanEntry(PlanHappened.DISMISSED, by, at, after=step.action_id, reason=reason)
    return PlanTaken(after, (entry,))


def take_back_dismissal(
    plan: Plan, step: TakeBackDismissal, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Let an action be suggested again."""
    refusal = observing(assessment, by)
    if refusal is not None:
        return refusal
    if plan.dismissal(step.action_id) is None:
        return Refusal(Reason.NOTHING_CHANGED)
    rest = tuple(each for each in plan.dismissed if each.action_id != step.action_id)
    entry = PlanEntry(PlanHappened.DISMISSAL_TAKEN_BACK, by, at, before=step.action_id)
    return PlanTaken(replace(plan, dismissed=rest), (entry,))


def set_capacity(
    plan: Plan, step: SetCapacity, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Say how much the team can take on."""
    refusal = observing(assessment, by)
    if refusal is not None:
        return refusal
    if step.capacity is plan.capacity:
        return Refusal(Reason.NOTHING_CHANGED)
    before, after = ("" if each is None else each.value for each in (plan.capacity, step.capacity))
    entry = PlanEntry(PlanHappened.CAPACITY_SET, by, at, before=before, after=after)
    return PlanTaken(replace(plan, capacity=step.capacity), (entry,))
