"""Between the objects of a plan and the rows of its tables."""

from __future__ import annotations

from model.plan.history import PlanEntry
from model.plan.plan import Dismissal, Milestone, Outcome, Ownership, Plan, PlanItem, Snooze, Target
from storage.mapping import RecordMapping

PLAN = RecordMapping(Plan, besides=("channel_id", "targets", "items", "dismissed"))
TARGET = RecordMapping(Target)
DISMISSAL = RecordMapping(Dismissal)
ITEM = RecordMapping(
    PlanItem,
    parts={
        "outcome": RecordMapping(Outcome, prefix="worked_", columns={"worked": "worked"}, present="worked")
    },
    besides=("owned", "milestones"),
)
OWNER = RecordMapping(Ownership)
MILESTONE = RecordMapping(Milestone, besides=("snoozes",))
SNOOZE = RecordMapping(Snooze)
ENTRY = RecordMapping(PlanEntry)
