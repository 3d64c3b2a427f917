"""The table of what was deleted."""

from __future__ import annotations

from sqlalchemy import Column, Table

from storage.tables.metadata import metadata, text_column, workspace_column
from storage.types import UtcDateTime

deletion = Table(
    "deletion",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("channel_id"),
    text_column("title"),
    text_column("by"),
    Column("at", UtcDateTime, nullable=False),
)
