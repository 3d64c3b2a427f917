"""Nudges, who wants none, and when a question was asked.

Revision: 0007_nudges, after 0006_deletions.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, UtcDateTime

revision = "0007_nudges"
down_revision = "0006_deletions"
branch_labels = None
depends_on = None

_ASSESSMENT = ["workspace_id", "assessment_id"]
_PROMPT = [*_ASSESSMENT, "prompt_id"]
_KINDS = "'nudge', 'closing'"


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, PlainText(), nullable=False) for name in names]


def upgrade() -> None:
    """Bring the tables forward. A question that is asked counts from the last thing decided before it."""
    with op.batch_alter_table("prompt_progress") as table:
        table.add_column(sa.Column("asked_at", UtcDateTime(), nullable=True))
    op.execute(
        "UPDATE prompt_progress SET asked_at = COALESCE("
        "(SELECT MAX(p.decided_at) FROM prompt_progress AS p "
        "WHERE p.workspace_id = prompt_progress.workspace_id "
        "AND p.assessment_id = prompt_progress.assessment_id "
        "AND p.dimension_id = prompt_progress.dimension_id), "
        "(SELECT d.opened_at FROM dimension_progress AS d "
        "WHERE d.workspace_id = prompt_progress.workspace_id "
        "AND d.assessment_id = prompt_progress.assessment_id "
        "AND d.dimension_id = prompt_progress.dimension_id)) "
        "WHERE state IN ('asked', 'revealed')"
    )
    op.create_table(
        "nudge",
        *_texts(*_PROMPT, "person"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 2", name=op.f("ck_nudge_number")),
        sa.ForeignKeyConstraint(
            _PROMPT,
            [f"prompt_progress.{column}" for column in _PROMPT],
            name="fk_nudge_prompt_progress",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(*_PROMPT, "person", "number", name="pk_nudge"),
    )
    op.create_table(
        "nudge_stop",
        *_texts(*_ASSESSMENT, "person"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            _ASSESSMENT,
            ["assessment.workspace_id", "assessment.id"],
            name="fk_nudge_stop_assessment",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(*_ASSESSMENT, "person", name="pk_nudge_stop"),
    )


def downgrade() -> None:
    """Take the tables back. The earlier program cannot draw the new messages, so they are forgotten."""
    op.execute(f"DELETE FROM message WHERE kind IN ({_KINDS})")  # noqa: S608 - our own words
    op.drop_table("nudge_stop")
    op.drop_table("nudge")
    with op.batch_alter_table("prompt_progress") as table:
        table.drop_column("asked_at")
