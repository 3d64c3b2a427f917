"""Tables of the proposals and of the council's own library."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    Table,
    UniqueConstraint,
)

from storage.tables.metadata import belongs_to, metadata, text_column, workspace_column
from storage.types import RowNumber, UtcDateTime

proposal = Table(
    "proposal",
    metadata,
    workspace_column(),
    text_column("id", primary_key=True),
    text_column("assessment_id"),
    # The message that it copies, if any.
    text_column("source_channel_id", nullable=True),
    text_column("source_ts", nullable=True),
    text_column("source_thread_ts", nullable=True),
    text_column("source_author", nullable=True),
    text_column("source_edited_text", nullable=True),
    Column("source_deleted", Boolean(create_constraint=False), nullable=False),
    text_column("title"),
    text_column("text"),
    Column("shortened", Boolean(create_constraint=False), nullable=False),
    text_column("proposed_by"),
    Column("proposed_at", UtcDateTime, nullable=False),
    text_column("state"),
    text_column("state_by"),
    Column("state_at", UtcDateTime, nullable=False),
    text_column("state_reason"),
    text_column("dimension_id", nullable=True),
    Column("from_level", Integer),
    Column("to_level", Integer),
    text_column("time", nullable=True),
    text_column("money", nullable=True),
    text_column("skills", nullable=True),
    # Ids with spaces between them.
    text_column("benefits"),
    text_column("accepted_as", nullable=True),
    text_column("accepted_by", nullable=True),
    Column("accepted_at", UtcDateTime),
    Column("told_at", UtcDateTime),
    Column("revision", Integer, nullable=False),
    belongs_to("assessment", assessment_id="id"),
    UniqueConstraint(
        "workspace_id", "source_channel_id", "source_ts", "assessment_id", name="uq_proposal_message"
    ),
    CheckConstraint("state IN ('draft', 'withdrawn', 'planned', 'dismissed')", name="state"),
    CheckConstraint("from_level BETWEEN 1 AND 5 AND to_level BETWEEN 1 AND 5", name="levels"),
    CheckConstraint("(source_channel_id IS NULL) = (source_ts IS NULL)", name="source_whole"),
    CheckConstraint("(accepted_as IS NULL) = (accepted_at IS NULL)", name="accepted_whole"),
)
Index(None, proposal.c.workspace_id, proposal.c.assessment_id, proposal.c.proposed_at)

# A sign that was taken back stays, so that an event which arrives late does not bring it back.
proposal_supporter = Table(
    "proposal_supporter",
    metadata,
    workspace_column(),
    text_column("assessment_id"),
    text_column("proposal_id", primary_key=True),
    text_column("person", primary_key=True),
    text_column("sign", primary_key=True),
    Column("standing", Boolean(create_constraint=False), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    belongs_to("proposal", proposal_id="id"),
)

proposal_history = Table(
    "proposal_history",
    metadata,
    Column("id", RowNumber, primary_key=True),
    workspace_column(primary_key=False),
    text_column("assessment_id"),
    text_column("proposal_id"),
    text_column("what"),
    text_column("by"),
    Column("at", UtcDateTime, nullable=False),
    text_column("before"),
    text_column("after"),
    text_column("reason"),
    belongs_to("proposal", proposal_id="id"),
    sqlite_autoincrement=True,
)
Index(None, *(proposal_history.c[column] for column in ("workspace_id", "proposal_id", "id")))


def _of_action() -> tuple[Column[Any], ...]:
    """What is kept of an action of the council's own, besides its id."""
    return (
        text_column("title"),
        text_column("document"),
        Column("added_at", UtcDateTime, nullable=False),
        text_column("added_by", nullable=True),
        text_column("proposed_by", nullable=True),
        text_column("source_channel_id", nullable=True),
        text_column("source_ts", nullable=True),
        Column("changed_at", UtcDateTime),
    )


# It refers to no assessment: the council's library outlives them all.
library_action = Table(
    "library_action",
    metadata,
    workspace_column(),
    text_column("id", primary_key=True),
    *_of_action(),
    UniqueConstraint("workspace_id", "title", name="uq_library_action_title"),
)

# What was taken out of it, whole, each time that it was.
library_removal = Table(
    "library_removal",
    metadata,
    workspace_column(),
    text_column("id", primary_key=True),
    Column("removed_at", UtcDateTime, primary_key=True),
    text_column("removed_by"),
    *_of_action(),
)
