"""Of which milestones everything was said; of what was handed over before, it is found out when more is.

Revision: 0019_all_said, after 0018_channel_digests.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText

revision = "0019_all_said"
down_revision = "0018_channel_digests"
branch_labels = None
depends_on = None

_BEFORE = ("workspace_id", "state", "due")
_NOW = (*_BEFORE, "all_said")


def upgrade() -> None:
    """Bring the tables forward."""
    op.add_column("milestone", sa.Column("all_said", PlainText(), nullable=True))
    op.drop_index("ix_milestone_workspace_id_state_due", "milestone")
    op.create_index("ix_milestone_workspace_id_state_due_all_said", "milestone", [*_NOW])


def downgrade() -> None:
    """Take the tables back."""
    op.drop_index("ix_milestone_workspace_id_state_due_all_said", "milestone")
    op.create_index("ix_milestone_workspace_id_state_due", "milestone", [*_BEFORE])
    op.drop_column("milestone", "all_said")
