"""Between the objects of a plan and the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import RowMapping

from model.library.library import Amount
from model.plan.history import PlanEntry, PlanHappened
from model.plan.plan import (
    Dismissal,
    ItemStatus,
    Milestone,
    MilestoneState,
    Outcome,
    Ownership,
    Plan,
    PlanItem,
    Snooze,
    Target,
    Worked,
)

Row = dict[str, Any]

_ITEM_COLUMNS = (
    "id",
    "title",
    "dimension_id",
    "from_level",
    "to_level",
    "sponsor",
    "status_reason",
    "status_by",
    "status_at",
    "notes",
    "success",
    "action_id",
    "proposal_id",
    "added_by",
    "added_at",
    "level_when_added",
    "finished_at",
    "revision",
    "changed_by",
    "changed_at",
)
_MILESTONE_COLUMNS = (
    "id",
    "name",
    "due",
    "due_set_at",
    "changed_at",
    "revision",
    "reason",
    "settled_by",
    "settled_at",
)
_TARGET_COLUMNS = ("dimension_id", "level", "reason", "by_date", "set_by", "set_at")
_DISMISSAL_COLUMNS = ("action_id", "reason", "by", "at")
_ENTRY_COLUMNS = ("by", "at", "item_id", "milestone_id", "dimension_id", "before", "after", "reason")


def plan_row(plan: Plan) -> Row:
    """The columns of the plan itself that change."""
    return {"capacity": None if plan.capacity is None else plan.capacity.value}


def target_rows(plan: Plan) -> list[Row]:
    """One row a target, with its place in the order."""
    return _placed(_columns(each, _TARGET_COLUMNS) for each in plan.targets)


def dismissal_rows(plan: Plan) -> list[Row]:
    """One row a dismissal, with its place in the order."""
    return _placed(_columns(each, _DISMISSAL_COLUMNS) for each in plan.dismissed)


def item_row(item: PlanItem) -> Row:
    """The row of an item; owners and milestones have rows of their own."""
    outcome = item.outcome
    return {
        **_columns(item, _ITEM_COLUMNS),
        "status": item.status.value,
        "worked": None if outcome is None else outcome.worked.value,
        "worked_note": None if outcome is None else outcome.note,
        "worked_by": None if outcome is None else outcome.by,
        "worked_at": None if outcome is None else outcome.at,
    }


def owner_rows(item: PlanItem) -> list[Row]:
    """One row an owner, with their place in the order."""
    return _placed({"item_id": item.id, "person": each.person, "since": each.since} for each in item.owned)


def milestone_row(item: PlanItem, milestone: Milestone) -> Row:
    """The row of a milestone; snoozes have rows of their own."""
    return {
        **_columns(milestone, _MILESTONE_COLUMNS),
        "item_id": item.id,
        "state": milestone.state.value,
    }


def snooze_rows(milestone: Milestone) -> list[Row]:
    """One row a person who wants to hear nothing for a while."""
    return [
        {"milestone_id": milestone.id, "person": each.person, "until": each.until}
        for each in milestone.snoozes
    ]


def entry_row(entry: PlanEntry) -> Row:
    """The row of one entry of the history."""
    return {**_columns(entry, _ENTRY_COLUMNS), "what": entry.what.value}


def plan_from(
    row: RowMapping,
    targets: Iterable[RowMapping],
    items: Iterable[PlanItem],
    dismissed: Iterable[RowMapping],
) -> Plan:
    """Put a plan together; the row has the channel of its assessment besides."""
    return Plan(
        assessment_id=row["assessment_id"],
        channel_id=row["channel_id"],
        targets=tuple(Target(**_columns_of(each, _TARGET_COLUMNS)) for each in targets),
        items=tuple(items),
        dismissed=tuple(Dismissal(**_columns_of(each, _DISMISSAL_COLUMNS)) for each in dismissed),
        capacity=None if row["capacity"] is None else Amount(row["capacity"]),
    )


def item_from(row: RowMapping, owners: Iterable[RowMapping], milestones: Iterable[Milestone]) -> PlanItem:
    """Put an item together."""
    outcome = None
    if row["worked"] is not None:
        outcome = Outcome(Worked(row["worked"]), row["worked_note"], row["worked_by"], row["worked_at"])
    return PlanItem(
        **_columns_of(row, _ITEM_COLUMNS),
        status=ItemStatus(row["status"]),
        owned=tuple(Ownership(each["person"], each["since"]) for each in owners),
        outcome=outcome,
    ).with_milestones(*milestones)


def milestone_from(row: RowMapping, snoozes: Sequence[RowMapping]) -> Milestone:
    """Read a milestone."""
    return Milestone(
        **_columns_of(row, _MILESTONE_COLUMNS),
        state=MilestoneState(row["state"]),
        snoozes=tuple(Snooze(each["person"], each["until"]) for each in snoozes),
    )


def entry_from(row: RowMapping) -> PlanEntry:
    """Read one entry of the history."""
    return PlanEntry(what=PlanHappened(row["what"]), **_columns_of(row, _ENTRY_COLUMNS))


def _columns(holder: object, names: Sequence[str]) -> Row:
    return {name: getattr(holder, name) for name in names}


def _columns_of(row: RowMapping, names: Sequence[str]) -> Row:
    return {name: row[name] for name in names}


def _placed(rows: Iterable[Row]) -> list[Row]:
    return [{**row, "position": position} for position, row in enumerate(rows)]
