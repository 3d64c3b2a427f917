"""Tables of what is posted where, what is out of date, and how fast a channel may be written to."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.metadata import belongs_to, metadata, text_column, workspace_column
from storage.types import RowNumber, UtcDateTime

message = Table(
    "message",
    metadata,
    Column("id", RowNumber, primary_key=True),
    workspace_column(primary_key=False),
    text_column("key"),
    text_column("kind"),
    text_column("channel_id"),
    text_column("assessment_id", nullable=True),
    text_column("subject", nullable=True),
    text_column("parent_key", nullable=True),
    # The thread of somebody else's message, where it goes into one.
    text_column("thread_ts", nullable=True),
    text_column("ts", nullable=True),
    Column("wanted", Integer, nullable=False),
    Column("delivered", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    text_column("blocked", nullable=True),
    text_column("last_error", nullable=True),
    Column("post_began_at", UtcDateTime),
    Column("delivered_at", UtcDateTime),
    Column("unwanted_at", UtcDateTime),
    text_column("lease_owner", nullable=True),
    Column("lease_until", UtcDateTime),
    text_column("lease_token", nullable=True),
    UniqueConstraint("workspace_id", "key", name="uq_message_key"),
    belongs_to("assessment", assessment_id="id"),
    CheckConstraint("delivered BETWEEN 0 AND wanted", name="delivered"),
    CheckConstraint("attempts >= 0", name="attempts"),
    sqlite_autoincrement=True,
)
Index(
    "ix_message_pending",
    message.c.due_at,
    message.c.id,
    sqlite_where=text("wanted > delivered AND blocked IS NULL"),
    postgresql_where=text("wanted > delivered AND blocked IS NULL"),
)
Index(None, message.c.workspace_id, message.c.assessment_id, message.c.id)
Index(None, message.c.workspace_id, message.c.channel_id, message.c.ts)

channel_pace = Table(
    "channel_pace",
    metadata,
    workspace_column(),
    text_column("channel_id", primary_key=True),
    Column("next_at", UtcDateTime, nullable=False),
)
