"""The weekly digests of the plans.

Revision: 0013_digests, after 0012_second_team.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, UtcDateTime

revision = "0013_digests"
down_revision = "0012_second_team"
branch_labels = None
depends_on = None

_PLAN = ("workspace_id", "assessment_id")


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "digest",
        *(sa.Column(name, PlainText(), nullable=False) for name in _PLAN),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, UtcDateTime(), nullable=False) for name in ("planned_at", "since", "made_at")),
        sa.ForeignKeyConstraint(
            _PLAN, [f"plan.{column}" for column in _PLAN], name="fk_digest_plan", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(*_PLAN, "day", name="pk_digest"),
    )


def downgrade() -> None:
    """Take the table back."""
    op.drop_table("digest")
