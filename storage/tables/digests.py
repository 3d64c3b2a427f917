"""The table of the weekly digests, so that each comes once."""

from __future__ import annotations

from sqlalchemy import Column, Date, Table

from storage.tables.metadata import metadata, text_column, workspace_column
from storage.types import UtcDateTime

digest = Table(
    "digest",
    metadata,
    workspace_column(),
    text_column("channel_id", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)
