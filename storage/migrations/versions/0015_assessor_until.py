"""Until when somebody was an assessor who has another role now.

Revision: 0015_assessor_until, after 0014_carried_evidence.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0015_assessor_until"
down_revision = "0014_carried_evidence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.add_column("participant", sa.Column("assessor_until", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Take the tables back."""
    op.drop_column("participant", "assessor_until")
