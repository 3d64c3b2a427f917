"""Who or what revealed the votes of a question; of what was revealed before, it is not known.

Revision: 0016_revealed_by, after 0015_assessor_until.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText

revision = "0016_revealed_by"
down_revision = "0015_assessor_until"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.add_column("prompt_progress", sa.Column("revealed_by", PlainText(), nullable=True))


def downgrade() -> None:
    """Take the tables back."""
    op.drop_column("prompt_progress", "revealed_by")
