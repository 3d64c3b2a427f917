"""The plan of one assessment, as frozen data that answers questions about itself.

An assessment may be closed; its plan lives on. Steps are in `model.plan.steps`, rules in
`model.plan.state_machine`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from model.errors import UnknownItem, UnknownMilestone
from model.library.library import Amount
from model.plan.item import (
    ITEM_TITLE_LIMIT,
    MILESTONE_LIMIT,
    MILESTONE_NAME_LIMIT,
    MOST_SNOOZED_DAYS,
    NOTES_LIMIT,
    OVER,
    OWNER_LIMIT,
    PLAN_REASON_LIMIT,
    SUCCESS_LIMIT,
    UNDER_WAY,
    ItemStatus,
    Milestone,
    MilestoneState,
    Outcome,
    Ownership,
    PlanItem,
    Snooze,
    Worked,
    by_date,
)

__all__ = [
    "FEW_TARGETS",
    "ITEM_LIMIT",
    "ITEM_TITLE_LIMIT",
    "MILESTONE_LIMIT",
    "MILESTONE_NAME_LIMIT",
    "MOST_SNOOZED_DAYS",
    "NOTES_LIMIT",
    "OVER",
    "OWNER_LIMIT",
    "PLAN_REASON_LIMIT",
    "SUCCESS_LIMIT",
    "UNDER_WAY",
    "Dismissal",
    "ItemStatus",
    "Milestone",
    "MilestoneState",
    "Outcome",
    "Ownership",
    "Plan",
    "PlanItem",
    "Snooze",
    "Target",
    "Worked",
]

ITEM_LIMIT = 100
"""Items of one plan, dropped ones included: more is no plan."""
FEW_TARGETS = 3
"""With more dimensions than this to lift, few of them get done."""


@dataclass(frozen=True)
class Target:
    """The level that a dimension is to reach, and why."""

    dimension_id: str
    level: int
    reason: str
    by_date: date | None
    set_by: str
    set_at: datetime


@dataclass(frozen=True)
class Dismissal:
    """A suggestion that is not for this team, and why."""

    action_id: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Plan:
    """The plan of one assessment.

    Attributes:
        targets: At most one a dimension, in the order of the assessment's dimensions.
        items: In the order in which they were added.
        dismissed: In the order in which they were dismissed.
        capacity: How much the team can take on; None when nobody has said.
    """

    assessment_id: str
    channel_id: str
    targets: tuple[Target, ...] = ()
    items: tuple[PlanItem, ...] = ()
    dismissed: tuple[Dismissal, ...] = ()
    capacity: Amount | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show: no target and no item."""
        return not self.targets and not self.items

    @property
    def unfinished(self) -> bool:
        """Whether an item is neither done nor dropped."""
        return any(not each.over for each in self.items)

    @property
    def milestones(self) -> tuple[tuple[PlanItem, Milestone], ...]:
        """Every open milestone of the items under way, with its item, by date."""
        found = [(item, each) for item in self.items if item.under_way for each in item.open_milestones]
        return tuple(sorted(found, key=lambda pair: by_date(pair[1])))

    @property
    def progress(self) -> tuple[int, int]:
        """How many items are done, and of how many that were taken on and not dropped."""
        done = sum(item.status is ItemStatus.DONE for item in self.items)
        return done, done + sum(item.under_way for item in self.items)

    def item(self, item_id: str) -> PlanItem:
        """One item.

        Raises:
            UnknownItem: the plan has none with this id.
        """
        for each in self.items:
            if each.id == item_id:
                return each
        raise UnknownItem(item_id)

    def item_of(self, milestone_id: str) -> PlanItem:
        """The item that has this milestone.

        Raises:
            UnknownMilestone: none has.
        """
        for item in self.items:
            if any(each.id == milestone_id for each in item.milestones):
                return item
        raise UnknownMilestone(milestone_id)

    def item_from(self, action_id: str) -> PlanItem | None:
        """The item that was made from a library action and not dropped."""
        return next((each for each in self.items if each.action_id == action_id and _stands(each)), None)

    def item_proposed(self, proposal_id: str) -> PlanItem | None:
        """The item that was made from a proposal and not dropped."""
        return next((each for each in self.items if each.proposal_id == proposal_id and _stands(each)), None)

    def item_made_from(self, proposal_id: str) -> PlanItem | None:
        """The item that stands from a proposal; else the one of it that was dropped last."""
        made = [each for each in self.items if each.proposal_id == proposal_id]
        return self.item_proposed(proposal_id) or (made[-1] if made else None)

    def items_of(self, person: str) -> tuple[PlanItem, ...]:
        """The items that somebody owns or sponsors."""
        return tuple(each for each in self.items if person in (*each.owners, each.sponsor))

    def target(self, dimension_id: str) -> Target | None:
        """The target of a dimension."""
        return next((each for each in self.targets if each.dimension_id == dimension_id), None)

    def dismissal(self, action_id: str) -> Dismissal | None:
        """The dismissal of an action."""
        return next((each for each in self.dismissed if each.action_id == action_id), None)

    def with_item(self, changed: PlanItem) -> Plan:
        """The same plan with an item added or in place of its earlier self."""
        if all(each.id != changed.id for each in self.items):
            return replace(self, items=(*self.items, changed))
        return replace(self, items=tuple(changed if each.id == changed.id else each for each in self.items))

    def targeted_levels(self) -> dict[str, int]:
        """Dimension id to the level it is to reach."""
        return {each.dimension_id: each.level for each in self.targets}

    def levels_if_all_succeed(self) -> dict[str, int]:
        """Dimension id to the highest level that an item taken on leads to, unless dropped or of no use."""
        return _highest(item for item in self.items if item.under_way or _may_have_worked(item))


def _highest(items: Iterable[PlanItem]) -> dict[str, int]:
    levels: dict[str, int] = {}
    for item in items:
        levels[item.dimension_id] = max(item.to_level, levels.get(item.dimension_id, item.to_level))
    return levels


def _may_have_worked(item: PlanItem) -> bool:
    """Whether an item is done, and nobody said that it did not work."""
    failed = item.outcome is not None and item.outcome.worked is Worked.NO
    return item.status is ItemStatus.DONE and not failed


def _stands(item: PlanItem) -> bool:
    return item.status is not ItemStatus.DROPPED
