"""What was said to whom about a milestone.

Revision: 0011_reminders, after 0010_reviews.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, UtcDateTime

revision = "0011_reminders"
down_revision = "0010_reviews"
branch_labels = None
depends_on = None

_MILESTONE = ("workspace_id", "assessment_id", "milestone_id")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, PlainText(), nullable=nullable)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(), nullable=False)


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "reminder",
        *map(_text, (*_MILESTONE, "person")),
        _moment("since"),
        _text("occasion"),
        sa.Column("due", sa.Date(), nullable=False),
        *map(_text, ("about", "cause")),
        _moment("planned_at"),
        _moment("spent_at"),
        _text("message_key", nullable=True),
        sa.ForeignKeyConstraint(
            _MILESTONE,
            ["milestone.workspace_id", "milestone.assessment_id", "milestone.id"],
            name="fk_reminder_milestone",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(*_MILESTONE, "person", "since", "occasion", name="pk_reminder"),
    )
    op.create_index("ix_reminder_workspace_id_message_key", "reminder", ["workspace_id", "message_key"])


def downgrade() -> None:
    """Take the table back; what was said already may be said again by a later program."""
    op.drop_table("reminder")
