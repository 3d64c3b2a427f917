"""Tables of the plans: targets, items with owners and milestones, what was dismissed, and history."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Table

from storage.tables.metadata import belongs_to, metadata, text_column, workspace_column
from storage.types import RowNumber, UtcDateTime

_ASSESSMENT = ["workspace_id", "assessment_id"]


plan = Table(
    "plan",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("capacity", nullable=True),
    belongs_to("assessment", assessment_id="id"),
    CheckConstraint("capacity IN ('low', 'medium', 'high')", name="capacity"),
)

target = Table(
    "target",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("dimension_id", primary_key=True),
    Column("position", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    text_column("reason"),
    Column("by_date", Date),
    text_column("set_by"),
    Column("set_at", UtcDateTime, nullable=False),
    belongs_to("plan", "assessment_id"),
    CheckConstraint("level BETWEEN 1 AND 5", name="level"),
)

plan_item = Table(
    "plan_item",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("id", primary_key=True),
    Column("position", Integer, nullable=False),
    text_column("title"),
    text_column("dimension_id"),
    Column("from_level", Integer, nullable=False),
    Column("to_level", Integer, nullable=False),
    text_column("sponsor", nullable=True),
    text_column("status"),
    text_column("status_reason"),
    text_column("status_by"),
    Column("status_at", UtcDateTime, nullable=False),
    text_column("notes"),
    text_column("success"),
    text_column("action_id", nullable=True),
    text_column("proposal_id", nullable=True),
    text_column("worked", nullable=True),
    text_column("worked_note", nullable=True),
    text_column("worked_by", nullable=True),
    Column("worked_at", UtcDateTime),
    text_column("added_by"),
    Column("added_at", UtcDateTime, nullable=False),
    Column("level_when_added", Integer),
    Column("finished_at", UtcDateTime),
    Column("revision", Integer, nullable=False),
    text_column("changed_by"),
    Column("changed_at", UtcDateTime, nullable=False),
    belongs_to("plan", "assessment_id"),
    CheckConstraint("status IN ('proposed', 'to_do', 'doing', 'blocked', 'done', 'dropped')", name="status"),
    CheckConstraint("from_level BETWEEN 1 AND 5 AND to_level BETWEEN 1 AND 5", name="levels"),
    CheckConstraint("level_when_added BETWEEN 1 AND 5", name="level_when_added"),
    CheckConstraint("worked IN ('yes', 'partly', 'no', 'too_early')", name="worked"),
    CheckConstraint("(worked IS NULL) = (worked_at IS NULL)", name="worked_whole"),
)
# How often an action was taken, over all plans of a workspace.
Index(None, plan_item.c.workspace_id, plan_item.c.action_id)

plan_item_owner = Table(
    "plan_item_owner",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("item_id", primary_key=True),
    text_column("person", primary_key=True),
    Column("position", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    belongs_to("plan_item", "assessment_id", item_id="id"),
)
Index(None, plan_item_owner.c.workspace_id, plan_item_owner.c.person)

milestone = Table(
    "milestone",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("id", primary_key=True),
    text_column("item_id"),
    text_column("name"),
    Column("due", Date, nullable=False),
    Column("due_set_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("revision", Integer, nullable=False),
    text_column("state"),
    text_column("reason"),
    text_column("settled_by", nullable=True),
    Column("settled_at", UtcDateTime),
    # The last occasion of its reminders, once everybody whom it concerns has had all of them.
    text_column("all_said", nullable=True),
    belongs_to("plan_item", "assessment_id", item_id="id"),
    CheckConstraint("state IN ('open', 'done', 'dropped')", name="state"),
    CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_whole"),
)
Index(None, milestone.c.workspace_id, milestone.c.state, milestone.c.due, milestone.c.all_said)

milestone_snooze = Table(
    "milestone_snooze",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("milestone_id", primary_key=True),
    text_column("person", primary_key=True),
    Column("until", Date, nullable=False),
    belongs_to("milestone", "assessment_id", milestone_id="id"),
)

dismissal = Table(
    "dismissal",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("action_id", primary_key=True),
    Column("position", Integer, nullable=False),
    text_column("reason"),
    text_column("by"),
    Column("at", UtcDateTime, nullable=False),
    belongs_to("plan", "assessment_id"),
)

plan_history = Table(
    "plan_history",
    metadata,
    Column("id", RowNumber, primary_key=True),
    workspace_column(primary_key=False),
    text_column("assessment_id"),
    text_column("what"),
    text_column("by"),
    Column("at", UtcDateTime, nullable=False),
    text_column("item_id", nullable=True),
    text_column("milestone_id", nullable=True),
    text_column("dimension_id", nullable=True),
    text_column("before"),
    text_column("after"),
    text_column("reason"),
    belongs_to("plan", "assessment_id"),
    sqlite_autoincrement=True,
)
Index(None, *(plan_history.c[column] for column in (*_ASSESSMENT, "id")))
