"""The closing date before and after a change, in the history.

Revision: 0020_closing_dates, after 0019_all_said.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020_closing_dates"
down_revision = "0019_all_said"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.add_column("history", sa.Column("date_before", sa.Date(), nullable=True))
    op.add_column("history", sa.Column("date_after", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take the tables back."""
    op.execute("DELETE FROM history WHERE what = 'closing_date_set'")
    op.drop_column("history", "date_after")
    op.drop_column("history", "date_before")
