"""Reviews: small assessments that look again at a dimension of the one before.

Revision: 0010_reviews, after 0009_previous.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_reviews"
down_revision = "0009_previous"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward. Nothing that is there is a review."""
    with op.batch_alter_table("assessment") as table:
        table.add_column(sa.Column("review", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("assessment") as table:
        table.alter_column("review", server_default=None)


def downgrade() -> None:
    """Take the tables back. A review stays as an assessment of one dimension."""
    with op.batch_alter_table("assessment") as table:
        table.drop_column("review")
