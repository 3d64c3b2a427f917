"""Messages that should no longer be in Slack.

Revision: 0004_unwanted_messages, after 0003_plan.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0004_unwanted_messages"
down_revision = "0003_plan"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("unwanted_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Take the tables back. The earlier program removes nothing, so what waits for it is forgotten."""
    op.execute("DELETE FROM message WHERE unwanted_at IS NOT NULL")
    op.drop_column("message", "unwanted_at")
