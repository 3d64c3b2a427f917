"""What was taken out of the council's own library.

Revision: 0017_library_removal, after 0016_revealed_by.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, UtcDateTime

revision = "0017_library_removal"
down_revision = "0016_revealed_by"
branch_labels = None
depends_on = None

_ALWAYS = ("removed_by", "title", "document")
_PERHAPS = ("added_by", "proposed_by", "source_channel_id", "source_ts")


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "library_removal",
        sa.Column("workspace_id", PlainText(), nullable=False),
        sa.Column("id", PlainText(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=False),
        *(sa.Column(name, PlainText(), nullable=False) for name in _ALWAYS),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        *(sa.Column(name, PlainText(), nullable=True) for name in _PERHAPS),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", "removed_at", name="pk_library_removal"),
    )


def downgrade() -> None:
    """Take the tables back. What was taken out of the library stays out of it."""
    op.execute("DELETE FROM proposal_history WHERE what = 'taken_out'")
    op.drop_table("library_removal")
