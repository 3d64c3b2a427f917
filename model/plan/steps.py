"""The steps of a plan and what came of them, as data; the rules are in `model.plan.state_machine`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model.library.library import Amount
from model.plan.history import PlanEntry
from model.plan.plan import ItemStatus, Plan, Worked
from model.refusals import Refusal


@dataclass(frozen=True)
class WantedTarget:
    """What the form says of one dimension; without a level it has no target."""

    dimension_id: str
    level: int | None
    reason: str = ""
    by_date: date | None = None


@dataclass(frozen=True)
class SetTargets:
    """Set the targets of these dimensions; those of others stay."""

    targets: tuple[WantedTarget, ...]


@dataclass(frozen=True)
class WantedMilestone:
    """A milestone as it is written down."""

    name: str
    due: date


@dataclass(frozen=True)
class AddItem:
    """Add something to do. `model.plan.item_from_action` makes one from an action of the library."""

    item_id: str
    title: str
    dimension_id: str
    from_level: int
    to_level: int
    owners: tuple[str, ...] = ()
    sponsor: str | None = None
    milestones: tuple[WantedMilestone, ...] = ()
    notes: str = ""
    success: str = ""
    action_id: str | None = None
    proposal_id: str | None = None


@dataclass(frozen=True)
class EditItem:
    """Everything that the form of an item says.

    `seen` is the revision of the item that the form was filled in from. `milestones` are those that are
    open: an open one that is missing is dropped, with `status_reason` or nothing as its reason.
    """

    item_id: str
    seen: int
    title: str
    dimension_id: str
    from_level: int
    to_level: int
    owners: tuple[str, ...]
    sponsor: str | None
    status: ItemStatus
    status_reason: str
    milestones: tuple[WantedMilestone, ...]
    notes: str
    success: str


@dataclass(frozen=True)
class SetStatus:
    """Say where an item is; blocked and dropped need a reason.

    Attributes:
        dates: Id and new date of milestones that count from now, where a proposed item is taken in.
    """

    item_id: str
    status: ItemStatus
    reason: str = ""
    dates: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True)
class HandOver:
    """Give an item to somebody else. `giver` is the owner who gives it away; None means all owners do."""

    item_id: str
    receiver: str
    giver: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class AddMilestone:
    """Add a milestone to an item."""

    item_id: str
    name: str
    due: date


@dataclass(frozen=True)
class MoveMilestone:
    """Give a milestone another date."""

    milestone_id: str
    due: date
    reason: str = ""


@dataclass(frozen=True)
class FinishMilestone:
    """Say that a milestone is reached."""

    milestone_id: str


@dataclass(frozen=True)
class DropMilestone:
    """Say that a milestone will not be reached, and why."""

    milestone_id: str
    reason: str


@dataclass(frozen=True)
class ReopenMilestone:
    """Take up again a milestone that was done or dropped."""

    milestone_id: str


@dataclass(frozen=True)
class SnoozeMilestone:
    """Hear nothing of a milestone before a date; it is for the person who asks only."""

    milestone_id: str
    until: date


@dataclass(frozen=True)
class RecordOutcome:
    """Say whether a finished item worked."""

    item_id: str
    worked: Worked
    note: str = ""


@dataclass(frozen=True)
class Dismiss:
    """Say that an action is not for this team, and why."""

    action_id: str
    reason: str


@dataclass(frozen=True)
class TakeBackDismissal:
    """Let an action be suggested again."""

    action_id: str


@dataclass(frozen=True)
class SetCapacity:
    """Say how much the team can take on; None takes it back."""

    capacity: Amount | None


PlanStep = (
    SetTargets
    | AddItem
    | EditItem
    | SetStatus
    | HandOver
    | AddMilestone
    | MoveMilestone
    | FinishMilestone
    | DropMilestone
    | ReopenMilestone
    | SnoozeMilestone
    | RecordOutcome
    | Dismiss
    | TakeBackDismissal
    | SetCapacity
)


@dataclass(frozen=True)
class PlanTaken:
    """A step that was taken: the plan after it, and what it adds to the history."""

    plan: Plan
    entries: tuple[PlanEntry, ...]


PlanOutcome = PlanTaken | Refusal
