"""The rules of items: adding, status, handing over, and whether it worked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from model.assessment.assessment import Assessment
from model.plan.guards import (
    NEEDS_REASON,
    bad_levels,
    bad_text,
    item_over,
    not_theirs,
    observing,
    one_line,
    too_many_owners,
)
from model.plan.history import PlanEntry, PlanHappened, entry_of
from model.plan.milestone_changes import Edited, bad_milestones, touched, with_changes, with_new
from model.plan.plan import (
    ITEM_LIMIT,
    ITEM_TITLE_LIMIT,
    NOTES_LIMIT,
    PLAN_REASON_LIMIT,
    SUCCESS_LIMIT,
    ItemStatus,
    Outcome,
    Ownership,
    Plan,
    PlanItem,
    Worked,
)
from model.plan.steps import (
    AddItem,
    EditItem,
    HandOver,
    PlanOutcome,
    PlanTaken,
    RecordOutcome,
    SetStatus,
    WantedMilestone,
)
from model.refusals import Reason, Refusal

ASK_AGAIN = timedelta(weeks=4)
"""Who finds it too early to say is asked again after this."""


def asks_outcome(item: PlanItem, at: datetime) -> bool:
    """Whether a moment is one to ask if an item worked: it is done, and nobody has said so, or too early."""
    if item.status is not ItemStatus.DONE or item.outcome is None:
        return item.status is ItemStatus.DONE
    return item.outcome.worked is Worked.TOO_EARLY and at - item.outcome.at >= ASK_AGAIN


def add_item(
    plan: Plan, step: AddItem, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Add an item; from whoever has no facilitator rights in its dimension it is a proposal."""
    wanted = tidied(step.milestones)
    owners = tuple(dict.fromkeys(step.owners))
    refusal = (
        observing(assessment, by)
        or _standing(next((each for each in plan.items if each.id == step.item_id), None))
        or in_plan_already(plan, step.action_id, step.proposal_id)
        or bad_words(step)
        or bad_levels(step.from_level, step.to_level)
        or too_many_owners(owners)
        or bad_milestones(wanted, today, fresh=wanted)
        or _too_many_items(plan)
    )
    if refusal is not None:
        return refusal
    leads = by in assessment.leaders(step.dimension_id)
    level = assessment.dimension_level(step.dimension_id)
    item = PlanItem(
        id=step.item_id,
        title=one_line(step.title),
        dimension_id=step.dimension_id,
        from_level=step.from_level,
        to_level=step.to_level,
        status=ItemStatus.TO_DO if leads else ItemStatus.PROPOSED,
        added_by=by,
        added_at=at,
        status_by=by,
        status_at=at,
        changed_by=by,
        changed_at=at,
        owned=tuple(Ownership(each, at) for each in owners),
        sponsor=step.sponsor,
        notes=step.notes.strip(),
        success=step.success.strip(),
        action_id=step.action_id,
        proposal_id=step.proposal_id,
        level_when_added=level if isinstance(level, int) else None,
    )
    entry = entry_of(PlanHappened.ITEM_ADDED, item, by, at, after=item.title)
    with_milestones, entries = with_new(item, wanted, by, at)
    dismissed = tuple(each for each in plan.dismissed if each.action_id != step.action_id)
    added = replace(plan.with_item(with_milestones), dismissed=dismissed)
    return PlanTaken(added, (entry, *entries))


def set_status(
    plan: Plan, step: SetStatus, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Say where an item is."""
    item = plan.item(step.item_id)
    if step.status is item.status:
        return not_theirs(assessment, item, by) or Refusal(
            Reason.ALREADY_DONE, by=item.status_by, at=item.status_at
        )
    reason = step.reason.strip()
    refusal = (
        _not_to_take_in(item, step.status, assessment, by)
        or not_theirs(assessment, item, by)
        or bad_status(plan, item, step.status, reason, assessment, by)
    )
    if refusal is not None:
        return refusal
    moved, entry = with_status(item, step.status, reason, by, at)
    entries: tuple[PlanEntry, ...] = (entry,)
    if item.status is ItemStatus.PROPOSED:
        moved, more = _counted_anew(moved, step.dates, by, at)
        entries += more
    return PlanTaken(plan.with_item(touched(moved, by, at)), entries)


def _counted_anew(item: PlanItem, dates: tuple[tuple[str, date], ...], by: str, at: datetime) -> Edited:
    """The item with these dates for the milestones that nobody has changed since they were made."""
    entries: tuple[PlanEntry, ...] = ()
    for milestone_id, due in dates:
        milestone = item.milestone(milestone_id)
        if milestone.open and not milestone.revision:
            item, more = with_changes(item, milestone, milestone.name, due, at, by)
            entries += more
    return item, entries


def hand_over(
    plan: Plan, step: HandOver, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Give an item to somebody else, in the place of whoever gives it away."""
    item = plan.item(step.item_id)
    reason = step.reason.strip()
    refusal = (
        not_theirs(assessment, item, by)
        or item_over(item)
        or (None if step.receiver else Refusal(Reason.NOBODY_CHOSEN))
        or bad_text(reason, PLAN_REASON_LIMIT, "reason")
    )
    if refusal is not None:
        return refusal
    if step.giver is not None and step.giver not in item.owners:
        return Refusal(Reason.NOT_AN_OWNER)
    owners = tuple(step.receiver if each in (step.giver, None) else each for each in item.owners)
    owners = (step.receiver,) if step.giver is None else tuple(dict.fromkeys(owners))
    if owners == item.owners:
        return Refusal(Reason.NOTHING_CHANGED)
    given = with_owners(item, owners, at)
    entry = entry_of(PlanHappened.HANDED_OVER, item, by, at, " ".join(item.owners), " ".join(owners), reason)
    return PlanTaken(plan.with_item(touched(given, by, at)), (entry,))


def record_outcome(
    plan: Plan, step: RecordOutcome, assessment: Assessment, by: str, at: datetime, today: date
) -> PlanOutcome:
    """Say whether a finished item worked; it may be said again, differently."""
    item = plan.item(step.item_id)
    note = step.note.strip()
    refusal = (
        not_theirs(assessment, item, by)
        or (None if item.status is ItemStatus.DONE else Refusal(Reason.NOT_DONE_YET))
        or bad_text(note, PLAN_REASON_LIMIT, "reason")
    )
    if refusal is not None:
        return refusal
    before = item.outcome
    if before is not None and (before.worked, before.note) == (step.worked, note):
        # Asked again, they may find it too early once more.
        asked_again = before.worked is Worked.TOO_EARLY and at - before.at >= ASK_AGAIN
        if not asked_again:
            return Refusal(Reason.ALREADY_DONE, by=before.by, at=before.at)
    told = replace(item, outcome=Outcome(step.worked, note, by, at))
    earlier = "" if before is None else before.worked.value
    entry = entry_of(PlanHappened.OUTCOME_RECORDED, item, by, at, earlier, step.worked.value, note)
    return PlanTaken(plan.with_item(touched(told, by, at)), (entry,))


def in_plan_already(plan: Plan, action_id: str | None, proposal_id: str | None) -> Refusal | None:
    """Refuse a second item from the same action or proposal; dropped ones do not count."""
    return _standing(None if action_id is None else plan.item_from(action_id)) or _standing(
        None if proposal_id is None else plan.item_proposed(proposal_id)
    )


def _standing(item: PlanItem | None) -> Refusal | None:
    return None if item is None else Refusal(Reason.IN_PLAN_ALREADY, by=item.added_by, at=item.added_at)


def bad_words(step: AddItem | EditItem) -> Refusal | None:
    """Refuse words of an item that are missing or too long."""
    return (
        bad_text(one_line(step.title), ITEM_TITLE_LIMIT, "title", missing=Reason.ITEM_UNNAMED)
        or bad_text(step.notes.strip(), NOTES_LIMIT, "notes")
        or bad_text(step.success.strip(), SUCCESS_LIMIT, "success")
    )


def bad_status(
    plan: Plan, item: PlanItem, status: ItemStatus, reason: str, assessment: Assessment, by: str
) -> Refusal | None:
    """Refuse a change of status that is not for this person, or lacks its reason."""
    refusal = _not_to_take_in(item, status, assessment, by)
    if refusal is not None:
        return refusal
    if item.status is ItemStatus.DROPPED:
        again = in_plan_already(plan, item.action_id, item.proposal_id)
        if again is not None:
            return again
    missing = Reason.REASON_MISSING if status in NEEDS_REASON else None
    return bad_text(reason, PLAN_REASON_LIMIT, "reason", missing=missing)


def _not_to_take_in(item: PlanItem, status: ItemStatus, assessment: Assessment, by: str) -> Refusal | None:
    """Refuse whoever may not take what is proposed into the plan, its owners among them."""
    leaders = assessment.leaders(item.dimension_id)
    promoted = item.status is ItemStatus.PROPOSED and status is not ItemStatus.DROPPED
    return Refusal(Reason.PROPOSALS_ARE_ACCEPTED, who_can=leaders) if promoted and by not in leaders else None


def with_status(
    item: PlanItem, status: ItemStatus, reason: str, by: str, at: datetime
) -> tuple[PlanItem, PlanEntry]:
    """The item in another status; what was said of an outcome is over when it is not done any more."""
    done = status is ItemStatus.DONE
    moved = replace(
        item,
        status=status,
        status_reason=reason,
        status_by=by,
        status_at=at,
        finished_at=at if done else None,
        outcome=item.outcome if done else None,
    )
    return moved, entry_of(PlanHappened.STATUS_SET, item, by, at, item.status.value, status.value, reason)


def with_owners(item: PlanItem, owners: tuple[str, ...], at: datetime) -> PlanItem:
    """The item with these owners; who owned it already does so since then."""
    since = {each.person: each.since for each in item.owned}
    return replace(item, owned=tuple(Ownership(each, since.get(each, at)) for each in owners))


def tidied(milestones: tuple[WantedMilestone, ...]) -> tuple[WantedMilestone, ...]:
    """Milestones with their names on one line."""
    return tuple(WantedMilestone(one_line(each.name), each.due) for each in milestones)


def _too_many_items(plan: Plan) -> Refusal | None:
    if len(plan.items) < ITEM_LIMIT:
        return None
    return Refusal(Reason.TOO_MANY_ITEMS, limit=ITEM_LIMIT, length=len(plan.items) + 1)
