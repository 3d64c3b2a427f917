"""The assessment before, in the same channel.

Revision: 0009_previous, after 0008_evidence.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText

revision = "0009_previous"
down_revision = "0008_evidence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward. What is under way began without one before it."""
    op.add_column("assessment", sa.Column("previous", PlainText(), nullable=True))
    op.create_index("ix_assessment_workspace_id_previous", "assessment", ["workspace_id", "previous"])


def downgrade() -> None:
    """Take the tables back."""
    op.drop_index("ix_assessment_workspace_id_previous", "assessment")
    op.drop_column("assessment", "previous")
