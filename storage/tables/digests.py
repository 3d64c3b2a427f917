"""The table of the weekly digests, so that each comes once."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKeyConstraint, Table

from storage.tables.metadata import metadata, text_column, workspace_column
from storage.types import UtcDateTime

digest = Table(
    "digest",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(
        ["workspace_id", "assessment_id"], ["plan.workspace_id", "plan.assessment_id"], ondelete="CASCADE"
    ),
)
