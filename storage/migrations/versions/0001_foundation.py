"""The tables of an assessment, of the messages in Slack and of the workspaces.

Revision: 0001_foundation, the first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, RowNumber, UtcDateTime

revision = "0001_foundation"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, PlainText(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def _check(name: str, rule: str) -> sa.CheckConstraint:
    # op.f: the name is whole, the naming convention is not to be applied to it.
    return sa.CheckConstraint(rule, name=op.f(name))


def _to_assessment(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "assessment_id"],
        ["assessment.workspace_id", "assessment.id"],
        name=name,
        ondelete="CASCADE",
    )


def _to_prompt(name: str) -> sa.ForeignKeyConstraint:
    columns = ["workspace_id", "assessment_id", "prompt_id"]
    return sa.ForeignKeyConstraint(
        columns, [f"prompt_progress.{column}" for column in columns], name=name, ondelete="CASCADE"
    )


def upgrade() -> None:
    """Bring the tables forward."""
    _create_workspace_tables()
    _create_assessment_table()
    _create_progress_tables()
    _create_prompt_table()
    _create_vote_and_evidence_tables()
    _create_history_table()
    _create_message_tables()


def _create_workspace_tables() -> None:
    op.create_table(
        "framework",
        _text("workspace_id"),
        _text("content_hash"),
        _text("document"),
        _moment("first_used_at"),
        sa.PrimaryKeyConstraint("workspace_id", "content_hash", name="pk_framework"),
    )
    op.create_table(
        "installation",
        _text("workspace_id"),
        _text("team_name"),
        _text("address"),
        _text("bot_user_id"),
        _text("bot_id"),
        _text("scopes"),
        _moment("updated_at"),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_installation"),
    )
    op.create_table(
        "setting",
        _text("workspace_id"),
        _text("scope"),
        _text("name"),
        _text("value"),
        sa.PrimaryKeyConstraint("workspace_id", "scope", "name", name="pk_setting"),
    )
    op.create_table(
        "delivery_seen",
        _text("workspace_id"),
        _text("key"),
        _moment("at"),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_delivery_seen"),
    )
    op.create_index("ix_delivery_seen_at", "delivery_seen", ["at"], unique=False)


def _create_assessment_table() -> None:
    op.create_table(
        "assessment",
        _text("workspace_id"),
        _text("id"),
        _text("channel_id"),
        _text("title"),
        _text("kind"),
        _text("mode"),
        _text("state"),
        _text("framework_hash"),
        _text("started_by"),
        _moment("started_at"),
        sa.Column("closing_date", sa.Date(), nullable=True),
        _text("state_changed_by", nullable=True),
        _moment("state_changed_at", nullable=True),
        _text("state_reason"),
        _check("ck_assessment_state", "state IN ('running', 'paused', 'closed', 'cancelled')"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "framework_hash"],
            ["framework.workspace_id", "framework.content_hash"],
            name="fk_assessment_framework",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_assessment"),
    )
    op.create_index(
        "ix_assessment_workspace_id_channel_id_started_at",
        "assessment",
        ["workspace_id", "channel_id", "started_at"],
        unique=False,
    )
    op.create_index(
        "uq_assessment_active_in_channel",
        "assessment",
        ["workspace_id", "channel_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('running', 'paused')"),
        postgresql_where=sa.text("state IN ('running', 'paused')"),
    )


def _create_progress_tables() -> None:
    op.create_table(
        "assessment_facilitator",
        _text("workspace_id"),
        _text("assessment_id"),
        _text("person"),
        sa.Column("position", sa.Integer(), nullable=False),
        _to_assessment("fk_assessment_facilitator_assessment"),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", "person", name="pk_assessment_facilitator"),
    )
    op.create_table(
        "dimension_progress",
        _text("workspace_id"),
        _text("assessment_id"),
        _text("dimension_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("opened_by", nullable=True),
        _moment("opened_at", nullable=True),
        sa.Column("confirmed_level", sa.Integer(), nullable=True),
        sa.Column("confirmed_calculated", sa.Integer(), nullable=True),
        _text("confirmed_reason", nullable=True),
        _text("confirmed_by", nullable=True),
        _moment("confirmed_at", nullable=True),
        _check("ck_dimension_progress_confirmed_whole", "(confirmed_by IS NULL) = (confirmed_at IS NULL)"),
        _check("ck_dimension_progress_confirmed_calculated", "confirmed_calculated BETWEEN 1 AND 5"),
        _check("ck_dimension_progress_confirmed_level", "confirmed_level BETWEEN 1 AND 5"),
        _to_assessment("fk_dimension_progress_assessment"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "assessment_id", "dimension_id", name="pk_dimension_progress"
        ),
    )


def _create_prompt_table() -> None:
    op.create_table(
        "prompt_progress",
        _text("workspace_id"),
        _text("assessment_id"),
        _text("prompt_id"),
        _text("dimension_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("state"),
        sa.Column("level", sa.Integer(), nullable=True),
        _text("reason"),
        _text("decided_by", nullable=True),
        _moment("decided_at", nullable=True),
        sa.Column("being_changed", sa.Boolean(), nullable=False),
        _check(
            "ck_prompt_progress_state", "state IN ('waiting', 'asked', 'agreed', 'not_applicable', 'put_off')"
        ),
        _check("ck_prompt_progress_level", "level BETWEEN 1 AND 5"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assessment_id", "dimension_id"],
            [
                "dimension_progress.workspace_id",
                "dimension_progress.assessment_id",
                "dimension_progress.dimension_id",
            ],
            name="fk_prompt_progress_dimension_progress",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", "prompt_id", name="pk_prompt_progress"),
    )


def _create_vote_and_evidence_tables() -> None:
    op.create_table(
        "vote",
        sa.Column("number", RowNumber, nullable=False),
        _text("workspace_id"),
        _text("assessment_id"),
        _text("prompt_id"),
        _text("person"),
        sa.Column("level", sa.Integer(), nullable=False),
        _moment("at"),
        _check("ck_vote_level", "level BETWEEN 1 AND 5"),
        _to_prompt("fk_vote_prompt_progress"),
        sa.PrimaryKeyConstraint("number", name="pk_vote"),
        sa.UniqueConstraint(
            "workspace_id", "assessment_id", "prompt_id", "person", name="uq_vote_one_a_person"
        ),
    )
    op.create_table(
        "evidence",
        sa.Column("number", RowNumber, nullable=False),
        _text("workspace_id"),
        _text("assessment_id"),
        _text("prompt_id"),
        _text("id"),
        _text("author"),
        _text("text"),
        _text("link"),
        _moment("at"),
        _check("ck_evidence_not_empty", "text <> '' OR link <> ''"),
        _to_prompt("fk_evidence_prompt_progress"),
        sa.PrimaryKeyConstraint("number", name="pk_evidence"),
        sa.UniqueConstraint("workspace_id", "assessment_id", "prompt_id", "id", name="uq_evidence_id"),
    )


def _create_history_table() -> None:
    op.create_table(
        "history",
        sa.Column("id", RowNumber, nullable=False),
        _text("workspace_id"),
        _text("assessment_id"),
        _text("what"),
        _text("by"),
        _moment("at"),
        _text("dimension_id", nullable=True),
        _text("prompt_id", nullable=True),
        sa.Column("level_before", sa.Integer(), nullable=True),
        sa.Column("level_after", sa.Integer(), nullable=True),
        _text("reason"),
        _check("ck_history_level_after", "level_after BETWEEN 1 AND 5"),
        _check("ck_history_level_before", "level_before BETWEEN 1 AND 5"),
        _to_assessment("fk_history_assessment"),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_history_workspace_id_assessment_id_id",
        "history",
        ["workspace_id", "assessment_id", "id"],
        unique=False,
    )


def _create_message_tables() -> None:
    op.create_table(
        "message",
        sa.Column("id", RowNumber, nullable=False),
        _text("workspace_id"),
        _text("key"),
        _text("kind"),
        _text("channel_id"),
        _text("assessment_id", nullable=True),
        _text("subject", nullable=True),
        _text("parent_key", nullable=True),
        _text("ts", nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        _moment("due_at"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _text("blocked", nullable=True),
        _text("last_error", nullable=True),
        _moment("post_began_at", nullable=True),
        _moment("delivered_at", nullable=True),
        _text("lease_owner", nullable=True),
        _moment("lease_until", nullable=True),
        _text("lease_token", nullable=True),
        _check("ck_message_attempts", "attempts >= 0"),
        _check("ck_message_delivered", "delivered BETWEEN 0 AND wanted"),
        _to_assessment("fk_message_assessment"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_message_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_message_pending",
        "message",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("wanted > delivered AND blocked IS NULL"),
        postgresql_where=sa.text("wanted > delivered AND blocked IS NULL"),
    )
    op.create_index(
        "ix_message_workspace_id_assessment_id_id",
        "message",
        ["workspace_id", "assessment_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_message_workspace_id_channel_id_ts", "message", ["workspace_id", "channel_id", "ts"], unique=False
    )
    op.create_table(
        "channel_pace",
        _text("workspace_id"),
        _text("channel_id"),
        _moment("next_at"),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name="pk_channel_pace"),
    )


def downgrade() -> None:
    """Take the tables back, those that refer to others first."""
    for table in (
        "message",
        "channel_pace",
        "history",
        "evidence",
        "vote",
        "prompt_progress",
        "dimension_progress",
        "assessment_facilitator",
        "assessment",
        "framework",
        "installation",
        "setting",
        "delivery_seen",
    ):
        op.drop_table(table)
