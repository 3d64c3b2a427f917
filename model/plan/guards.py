"""The conditions that several steps of a plan share; each answers with a refusal, or None if all is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from model.assessment.assessment import Assessment, Role
from model.assessment.guards import is_level, too_long
from model.plan.plan import (
    OWNER_LIMIT,
    ItemStatus,
    Milestone,
    MilestoneState,
    PlanItem,
)
from model.refusals import Reason, Refusal

NEEDS_REASON = frozenset({ItemStatus.BLOCKED, ItemStatus.DROPPED})


def one_line(text: str) -> str:
    """Words on one line, as titles and names are."""
    return " ".join(text.split())


def observing(assessment: Assessment, by: str) -> Refusal | None:
    """Refuse observers, who read along."""
    if by not in assessment.people(Role.OBSERVER):
        return None
    return Refusal(Reason.OBSERVERS_READ, who_can=assessment.facilitators)


def not_theirs(assessment: Assessment, item: PlanItem, by: str) -> Refusal | None:
    """Refuse whoever may not change an item.

    That may its owners, its sponsor, whoever has facilitator rights in its dimension, and whoever added it
    while it is only proposed.
    """
    proposer = (item.added_by,) if item.status is ItemStatus.PROPOSED else ()
    people = (*item.owners, item.sponsor, *proposer, *assessment.leaders(item.dimension_id))
    who_can = tuple(dict.fromkeys(each for each in people if each is not None))
    return None if by in who_can else Refusal(Reason.OWNERS_ONLY, who_can=who_can)


def item_over(item: PlanItem) -> Refusal | None:
    """Refuse what makes no sense on an item that is done or dropped."""
    if not item.over:
        return None
    reason = Reason.ITEM_DONE if item.status is ItemStatus.DONE else Reason.ITEM_DROPPED
    return Refusal(reason, by=item.status_by, at=item.status_at)


def milestone_settled(milestone: Milestone) -> Refusal | None:
    """Refuse what makes no sense on a milestone that is done or dropped."""
    if milestone.open:
        return None
    done = milestone.state is MilestoneState.DONE
    reason = Reason.MILESTONE_DONE if done else Reason.MILESTONE_DROPPED
    return Refusal(reason, by=milestone.settled_by, at=milestone.settled_at)


def bad_text(text: str, limit: int, part: str, *, missing: Reason | None = None) -> Refusal | None:
    """Refuse text that is too long, or missing where it is needed; `part` names the field."""
    if missing is not None and not text:
        return Refusal(missing, part=part)
    refusal = too_long(text, limit)
    return None if refusal is None else replace(refusal, part=part)


def past(day: date, today: date, part: str) -> Refusal | None:
    """Refuse a date before today."""
    return Refusal(Reason.DATE_PAST, part=part) if day < today else None


def bad_levels(from_level: int, to_level: int) -> Refusal | None:
    """Refuse levels that do not exist, or do not lead up."""
    if not (is_level(from_level) and is_level(to_level)):
        return Refusal(Reason.LEVEL_OUT_OF_RANGE, part="to_level")
    if to_level <= from_level:
        return Refusal(Reason.LEVELS_OUT_OF_ORDER, level=from_level, part="to_level")
    return None


def too_many_owners(owners: tuple[str, ...]) -> Refusal | None:
    """Refuse more owners than an item can have."""
    if len(owners) <= OWNER_LIMIT:
        return None
    return Refusal(Reason.TOO_MANY_OWNERS, limit=OWNER_LIMIT, length=len(owners), part="owners")
