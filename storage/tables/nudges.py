"""Tables of nudges: who was told of which question, and who wants to hear no more."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Table

from storage.tables.metadata import belongs_to, metadata, text_column, workspace_column
from storage.types import UtcDateTime

nudge = Table(
    "nudge",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("prompt_id", primary_key=True),
    text_column("person", primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("batch", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    belongs_to("prompt_progress", "assessment_id", "prompt_id"),
    CheckConstraint("number BETWEEN 1 AND 2", name="number"),
)

nudge_stop = Table(
    "nudge_stop",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("person", primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    belongs_to("assessment", assessment_id="id"),
)
