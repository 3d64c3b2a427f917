"""The table of what was said to whom about a milestone, so that nothing is said twice."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Table

from storage.tables.metadata import belongs_to, metadata, text_column, workspace_column
from storage.types import UtcDateTime

reminder = Table(
    "reminder",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("milestone_id", primary_key=True),
    text_column("person", primary_key=True),
    Column("since", UtcDateTime, primary_key=True),
    text_column("occasion", primary_key=True),
    Column("due", Date, nullable=False),
    text_column("about"),
    text_column("cause"),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("spent_at", UtcDateTime, nullable=False),
    text_column("message_key", nullable=True),
    belongs_to("milestone", "assessment_id", milestone_id="id"),
)
Index(None, reminder.c.workspace_id, reminder.c.message_key)
