"""Proposals with their supporters and history, the council's own library, and threads of others' messages.

Revision: 0005_proposals, after 0004_unwanted_messages.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, RowNumber, UtcDateTime

revision = "0005_proposals"
down_revision = "0004_unwanted_messages"
branch_labels = None
depends_on = None

# In the order in which they can be dropped.
_TABLES = ("library_action", "proposal_history", "proposal_supporter", "proposal")
_KINDS = "'proposal', 'proposal_notice'"


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, PlainText(), nullable=nullable)


def _whole(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _check(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_proposal_{name}"))


def _to_proposal(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "proposal_id"],
        ["proposal.workspace_id", "proposal.id"],
        name=f"fk_{table}_proposal",
        ondelete="CASCADE",
    )


def upgrade() -> None:
    """Bring the tables forward."""
    with op.batch_alter_table("message") as table:
        table.add_column(_text("thread_ts", nullable=True))
    _create_proposal()
    op.create_table(
        "proposal_supporter",
        *map(_text, ("workspace_id", "assessment_id", "proposal_id", "person", "sign")),
        _flag("standing"),
        _moment("at"),
        _to_proposal("proposal_supporter"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "proposal_id", "person", "sign", name="pk_proposal_supporter"
        ),
    )
    op.create_table(
        "proposal_history",
        sa.Column("id", RowNumber, nullable=False),
        *map(_text, ("workspace_id", "assessment_id", "proposal_id", "what", "by")),
        _moment("at"),
        *map(_text, ("before", "after", "reason")),
        _to_proposal("proposal_history"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal_history"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_proposal_history_workspace_id_proposal_id_id",
        "proposal_history",
        ["workspace_id", "proposal_id", "id"],
    )
    op.create_table(
        "library_action",
        *map(_text, ("workspace_id", "id", "title", "document")),
        _moment("added_at"),
        *(
            _text(name, nullable=True)
            for name in ("added_by", "proposed_by", "source_channel_id", "source_ts")
        ),
        _moment("changed_at", nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_library_action"),
        sa.UniqueConstraint("workspace_id", "title", name="uq_library_action_title"),
    )


def _create_proposal() -> None:
    source = ("source_channel_id", "source_ts", "source_thread_ts", "source_author", "source_edited_text")
    op.create_table(
        "proposal",
        *map(_text, ("workspace_id", "id", "assessment_id")),
        *(_text(name, nullable=True) for name in source),
        _flag("source_deleted"),
        *map(_text, ("title", "text")),
        _flag("shortened"),
        _text("proposed_by"),
        _moment("proposed_at"),
        *map(_text, ("state", "state_by")),
        _moment("state_at"),
        _text("state_reason"),
        _text("dimension_id", nullable=True),
        _whole("from_level", nullable=True),
        _whole("to_level", nullable=True),
        *(_text(name, nullable=True) for name in ("time", "money", "skills")),
        _text("benefits"),
        *(_text(name, nullable=True) for name in ("accepted_as", "accepted_by")),
        _moment("accepted_at", nullable=True),
        _moment("told_at", nullable=True),
        _whole("revision"),
        _check("state", "state IN ('draft', 'withdrawn', 'planned', 'dismissed')"),
        _check("levels", "from_level BETWEEN 1 AND 5 AND to_level BETWEEN 1 AND 5"),
        _check("source_whole", "(source_channel_id IS NULL) = (source_ts IS NULL)"),
        _check("accepted_whole", "(accepted_as IS NULL) = (accepted_at IS NULL)"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assessment_id"],
            ["assessment.workspace_id", "assessment.id"],
            name="fk_proposal_assessment",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_proposal"),
        sa.UniqueConstraint(
            "workspace_id", "source_channel_id", "source_ts", "assessment_id", name="uq_proposal_message"
        ),
    )
    op.create_index(
        "ix_proposal_workspace_id_assessment_id_proposed_at",
        "proposal",
        ["workspace_id", "assessment_id", "proposed_at"],
    )


def downgrade() -> None:
    """Take the tables back; the proposals are lost, since the earlier program has no place for them."""
    for name in _TABLES:
        op.drop_table(name)
    op.execute(f"DELETE FROM message WHERE kind IN ({_KINDS})")  # noqa: S608 - our own words
    with op.batch_alter_table("message") as table:
        table.drop_column("thread_ts")
