"""A second team beside a first: the link, sides that are ready to reveal, and moderated levels.

Revision: 0012_second_team, after 0011_reminders.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, UtcDateTime

revision = "0012_second_team"
down_revision = "0011_reminders"
branch_labels = None
depends_on = None

_ONE_UNDER_WAY = "uq_assessment_active_in_channel"
_UNDER_WAY = sa.text("state IN ('running', 'paused')")
_BESIDE = "ix_assessment_workspace_id_beside"
_NEW_HISTORY = "'ready', 'second_team_invited', 'moderated'"


def upgrade() -> None:
    """Bring the tables forward."""
    op.drop_index(_ONE_UNDER_WAY, "assessment")
    with op.batch_alter_table("assessment") as table:
        table.add_column(sa.Column("beside", PlainText(), nullable=True))
        table.add_column(sa.Column("team", PlainText(), nullable=False, server_default=""))
        table.add_column(sa.Column("same_channel", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("assessment") as table:
        table.alter_column("team", server_default=None)
        table.alter_column("same_channel", server_default=None)
    _one_under_way("workspace_id", "channel_id", "same_channel")
    op.create_index(_BESIDE, "assessment", ["workspace_id", "beside"])
    with op.batch_alter_table("dimension_progress") as table:
        table.add_column(sa.Column("moderated_level", sa.Integer(), nullable=True))
        table.add_column(sa.Column("moderated_reason", PlainText(), nullable=True))
        table.add_column(sa.Column("moderated_by", PlainText(), nullable=True))
        table.add_column(sa.Column("moderated_at", UtcDateTime(), nullable=True))
        table.create_check_constraint(
            op.f("ck_dimension_progress_moderated_level"), "moderated_level BETWEEN 1 AND 5"
        )
        table.create_check_constraint(
            op.f("ck_dimension_progress_moderated_whole"), "(moderated_by IS NULL) = (moderated_at IS NULL)"
        )
    with op.batch_alter_table("prompt_progress") as table:
        table.add_column(sa.Column("ready_by", PlainText(), nullable=True))
        table.add_column(sa.Column("ready_at", UtcDateTime(), nullable=True))


def _one_under_way(*columns: str) -> None:
    op.create_index(
        _ONE_UNDER_WAY,
        "assessment",
        columns,
        unique=True,
        sqlite_where=_UNDER_WAY,
        postgresql_where=_UNDER_WAY,
    )


def downgrade() -> None:
    """Take the tables back.

    The earlier program knows one assessment under way in a channel, so a second team's that is under way
    beside the first is cancelled; one in another channel goes on as an assessment of its own.
    """
    op.execute(
        "UPDATE assessment SET state = 'cancelled' WHERE same_channel AND state IN ('running', 'paused')"
    )
    op.execute("DELETE FROM message WHERE kind = 'comparison'")
    op.execute(f"DELETE FROM history WHERE what IN ({_NEW_HISTORY})")  # noqa: S608 - our own words
    with op.batch_alter_table("prompt_progress") as table:
        table.drop_column("ready_at")
        table.drop_column("ready_by")
    with op.batch_alter_table("dimension_progress") as table:
        table.drop_constraint(op.f("ck_dimension_progress_moderated_whole"), type_="check")
        table.drop_constraint(op.f("ck_dimension_progress_moderated_level"), type_="check")
        for column in ("moderated_at", "moderated_by", "moderated_reason", "moderated_level"):
            table.drop_column(column)
    op.drop_index(_BESIDE, "assessment")
    op.drop_index(_ONE_UNDER_WAY, "assessment")
    with op.batch_alter_table("assessment") as table:
        for column in ("same_channel", "team", "beside"):
            table.drop_column(column)
    _one_under_way("workspace_id", "channel_id")
