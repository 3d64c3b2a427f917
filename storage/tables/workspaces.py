"""Tables of a workspace: its installation, its settings and the deliveries already handled."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from storage.tables.metadata import metadata, text_column, workspace_column
from storage.types import UtcDateTime

installation = Table(
    "installation",
    metadata,
    workspace_column(),
    text_column("team_name"),
    text_column("address"),
    text_column("bot_user_id"),
    text_column("bot_id"),
    text_column("scopes"),
    Column("updated_at", UtcDateTime, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    workspace_column(),
    text_column("scope", primary_key=True),
    text_column("name", primary_key=True),
    text_column("value"),
)

seen = Table(
    "delivery_seen",
    metadata,
    workspace_column(),
    text_column("key", primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)
Index(None, seen.c.at)
