"""Evidence that was carried over from the assessment before.

Revision: 0014_carried_evidence, after 0013_digests.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, UtcDateTime

revision = "0014_carried_evidence"
down_revision = "0013_digests"
branch_labels = None
depends_on = None

_TEXT = ("carried_from", "carried_by")
_MOMENTS = ("carried_ended_at", "carried_at")


def upgrade() -> None:
    """Bring the tables forward."""
    for name in _TEXT:
        op.add_column("evidence", sa.Column(name, PlainText(), nullable=True))
    for name in _MOMENTS:
        op.add_column("evidence", sa.Column(name, UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Take the tables back. What was carried over stays as evidence."""
    op.execute("DELETE FROM history WHERE what = 'evidence_carried'")
    for name in (*_TEXT, *_MOMENTS):
        op.drop_column("evidence", name)
