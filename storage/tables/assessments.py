"""Tables of the assessments: frameworks, progress, votes, evidence and history."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.metadata import belongs_to, metadata, text_column, workspace_column
from storage.types import RowNumber, UtcDateTime

_ASSESSMENT = ["workspace_id", "assessment_id"]

framework = Table(
    "framework",
    metadata,
    workspace_column(),
    text_column("content_hash", primary_key=True),
    text_column("document"),
    Column("first_used_at", UtcDateTime, nullable=False),
)

assessment = Table(
    "assessment",
    metadata,
    workspace_column(),
    text_column("id", primary_key=True),
    text_column("channel_id"),
    text_column("title"),
    text_column("kind"),
    text_column("mode"),
    text_column("state"),
    text_column("framework_hash"),
    text_column("started_by"),
    Column("started_at", UtcDateTime, nullable=False),
    Column("closing_date", Date),
    text_column("state_changed_by", nullable=True),
    Column("state_changed_at", UtcDateTime),
    text_column("state_reason"),
    # The one before it in the channel. No foreign key: that may be deleted, and then this is emptied.
    text_column("previous", nullable=True),
    Column("review", Boolean(create_constraint=False), nullable=False),
    # A second team's assessment: the first's id. No foreign key, since either may be deleted by itself.
    text_column("beside", nullable=True),
    text_column("team"),
    Column("same_channel", Boolean(create_constraint=False), nullable=False),
    ForeignKeyConstraint(
        ["workspace_id", "framework_hash"], ["framework.workspace_id", "framework.content_hash"]
    ),
    CheckConstraint("state IN ('running', 'paused', 'closed', 'cancelled')", name="state"),
)

Index(
    "uq_assessment_active_in_channel",
    assessment.c.workspace_id,
    assessment.c.channel_id,
    # So that a second team may work beside the first in one channel.
    assessment.c.same_channel,
    unique=True,
    sqlite_where=text("state IN ('running', 'paused')"),
    postgresql_where=text("state IN ('running', 'paused')"),
)
Index(None, assessment.c.workspace_id, assessment.c.channel_id, assessment.c.started_at)
Index(None, assessment.c.workspace_id, assessment.c.previous)
Index(None, assessment.c.workspace_id, assessment.c.beside)

participant = Table(
    "participant",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("person", primary_key=True),
    Column("position", Integer, nullable=False),
    text_column("role"),
    Column("joined_at", UtcDateTime, nullable=False),
    text_column("added_by"),
    Column("left_at", UtcDateTime),
    Column("assessor_until", UtcDateTime),
    belongs_to("assessment", assessment_id="id"),
    CheckConstraint("role IN ('facilitator', 'assessor', 'observer')", name="role"),
)

dimension_progress = Table(
    "dimension_progress",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("dimension_id", primary_key=True),
    Column("position", Integer, nullable=False),
    text_column("opened_by", nullable=True),
    Column("opened_at", UtcDateTime),
    Column("confirmed_level", Integer),
    Column("confirmed_calculated", Integer),
    text_column("confirmed_reason", nullable=True),
    text_column("confirmed_by", nullable=True),
    Column("confirmed_at", UtcDateTime),
    text_column("lead", nullable=True),
    Column("moderated_level", Integer),
    text_column("moderated_reason", nullable=True),
    text_column("moderated_by", nullable=True),
    Column("moderated_at", UtcDateTime),
    belongs_to("assessment", assessment_id="id"),
    CheckConstraint("confirmed_level BETWEEN 1 AND 5", name="confirmed_level"),
    CheckConstraint("confirmed_calculated BETWEEN 1 AND 5", name="confirmed_calculated"),
    CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed_whole"),
    CheckConstraint("moderated_level BETWEEN 1 AND 5", name="moderated_level"),
    CheckConstraint("(moderated_by IS NULL) = (moderated_at IS NULL)", name="moderated_whole"),
)

prompt_progress = Table(
    "prompt_progress",
    metadata,
    workspace_column(),
    text_column("assessment_id", primary_key=True),
    text_column("prompt_id", primary_key=True),
    text_column("dimension_id"),
    Column("position", Integer, nullable=False),
    text_column("state"),
    Column("level", Integer),
    text_column("reason"),
    text_column("decided_by", nullable=True),
    Column("decided_at", UtcDateTime),
    Column("being_changed", Boolean(create_constraint=False), nullable=False),
    Column("round", Integer, nullable=False),
    text_column("dissent"),
    Column("revealed_at", UtcDateTime),
    text_column("revealed_by", nullable=True),
    Column("asked_at", UtcDateTime),
    text_column("ready_by", nullable=True),
    Column("ready_at", UtcDateTime),
    belongs_to("dimension_progress", "assessment_id", "dimension_id"),
    CheckConstraint("level BETWEEN 1 AND 5", name="level"),
    CheckConstraint(
        "state IN ('waiting', 'asked', 'revealed', 'agreed', 'not_applicable', 'put_off')", name="state"
    ),
)

# Votes and evidence keep the order in which they came: `number` grows, and a changed vote is a new row.
vote = Table(
    "vote",
    metadata,
    Column("number", RowNumber, primary_key=True),
    workspace_column(primary_key=False),
    text_column("assessment_id"),
    text_column("prompt_id"),
    text_column("person"),
    Column("round", Integer, nullable=False),
    # Without a level: "not for me".
    Column("level", Integer),
    Column("at", UtcDateTime, nullable=False),
    Column("after_reveal", Boolean(create_constraint=False), nullable=False),
    UniqueConstraint(*_ASSESSMENT, "prompt_id", "person", "round", name="uq_vote_one_a_person"),
    belongs_to("prompt_progress", "assessment_id", "prompt_id"),
    CheckConstraint("level BETWEEN 1 AND 5", name="level"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("number", RowNumber, primary_key=True),
    workspace_column(primary_key=False),
    text_column("assessment_id"),
    text_column("prompt_id"),
    text_column("id"),
    text_column("author"),
    text_column("text"),
    text_column("link"),
    Column("at", UtcDateTime, nullable=False),
    text_column("strength", nullable=True),
    text_column("logged_by", nullable=True),
    text_column("came_from"),
    text_column("permalink"),
    text_column("file_name"),
    text_column("moved_by", nullable=True),
    Column("moved_at", UtcDateTime),
    text_column("moved_from", nullable=True),
    text_column("carried_from", nullable=True),
    Column("carried_ended_at", UtcDateTime),
    text_column("carried_by", nullable=True),
    Column("carried_at", UtcDateTime),
    text_column("withdrawn_by", nullable=True),
    Column("withdrawn_at", UtcDateTime),
    UniqueConstraint(*_ASSESSMENT, "id", name="uq_evidence_id"),
    belongs_to("prompt_progress", "assessment_id", "prompt_id"),
    CheckConstraint("text <> '' OR link <> '' OR file_name <> ''", name="not_empty"),
    CheckConstraint("strength IN ('claimed', 'documented', 'tested')", name="strength"),
    CheckConstraint("came_from IN ('form', 'message', 'file')", name="came_from"),
)

history = Table(
    "history",
    metadata,
    Column("id", RowNumber, primary_key=True),
    workspace_column(primary_key=False),
    text_column("assessment_id"),
    text_column("what"),
    text_column("by"),
    Column("at", UtcDateTime, nullable=False),
    text_column("dimension_id", nullable=True),
    text_column("prompt_id", nullable=True),
    Column("level_before", Integer),
    Column("level_after", Integer),
    text_column("reason"),
    text_column("about", nullable=True),
    text_column("role", nullable=True),
    text_column("dissent"),
    text_column("evidence_id", nullable=True),
    text_column("from_prompt_id", nullable=True),
    Column("date_before", Date),
    Column("date_after", Date),
    belongs_to("assessment", assessment_id="id"),
    CheckConstraint("level_before BETWEEN 1 AND 5", name="level_before"),
    CheckConstraint("level_after BETWEEN 1 AND 5", name="level_after"),
    sqlite_autoincrement=True,
)
Index(None, *(history.c[column] for column in (*_ASSESSMENT, "id")))
