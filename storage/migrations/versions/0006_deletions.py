"""What is kept of deleted assessments.

Revision: 0006_deletions, after 0005_proposals.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, UtcDateTime

revision = "0006_deletions"
down_revision = "0005_proposals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "deletion",
        *(
            sa.Column(name, PlainText(), nullable=False)
            for name in ("workspace_id", "assessment_id", "channel_id", "title", "by")
        ),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", name="pk_deletion"),
    )


def downgrade() -> None:
    """Take the tables back. The message that says so in a channel stays as it is."""
    op.drop_table("deletion")
