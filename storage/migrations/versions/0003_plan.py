"""The plan of an assessment: targets, items with owners and milestones, dismissals, and history.

Revision: 0003_plan, after 0002_roster_and_votes.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, RowNumber, UtcDateTime

revision = "0003_plan"
down_revision = "0002_roster_and_votes"
branch_labels = None
depends_on = None

_ASSESSMENT = ["workspace_id", "assessment_id"]
# In the order in which they can be dropped.
_TABLES = (
    "plan_history",
    "dismissal",
    "milestone_snooze",
    "milestone",
    "plan_item_owner",
    "plan_item",
    "target",
    "plan",
)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, PlainText(), nullable=nullable)


def _whole(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(), nullable=nullable)


def _refers(
    table: str, to: str, columns: Sequence[str], others: Sequence[str] | None = None
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        columns,
        [f"{to}.{column}" for column in others or columns],
        name=f"fk_{table}_{to}",
        ondelete="CASCADE",
    )


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*_ASSESSMENT, *columns, name=f"pk_{table}")


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "plan",
        *map(_text, _ASSESSMENT),
        _text("capacity", nullable=True),
        sa.Column("digest", sa.Boolean(), nullable=False),
        _check("plan", "capacity", "capacity IN ('low', 'medium', 'high')"),
        _refers("plan", "assessment", _ASSESSMENT, ["workspace_id", "id"]),
        _key("plan"),
    )
    op.create_table(
        "target",
        *map(_text, (*_ASSESSMENT, "dimension_id")),
        _whole("position"),
        _whole("level"),
        _text("reason"),
        sa.Column("by_date", sa.Date(), nullable=True),
        _text("set_by"),
        _moment("set_at"),
        _check("target", "level", "level BETWEEN 1 AND 5"),
        _refers("target", "plan", _ASSESSMENT),
        _key("target", "dimension_id"),
    )
    _create_items()
    _create_milestones()
    op.create_table(
        "dismissal",
        *map(_text, (*_ASSESSMENT, "action_id")),
        _whole("position"),
        *map(_text, ("reason", "by")),
        _moment("at"),
        _refers("dismissal", "plan", _ASSESSMENT),
        _key("dismissal", "action_id"),
    )
    op.create_table(
        "plan_history",
        sa.Column("id", RowNumber, nullable=False),
        *map(_text, (*_ASSESSMENT, "what", "by")),
        _moment("at"),
        *(_text(name, nullable=True) for name in ("item_id", "milestone_id", "dimension_id")),
        *map(_text, ("before", "after", "reason")),
        _refers("plan_history", "plan", _ASSESSMENT),
        sa.PrimaryKeyConstraint("id", name="pk_plan_history"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_plan_history_workspace_id_assessment_id_id", "plan_history", [*_ASSESSMENT, "id"])


def _create_items() -> None:
    op.create_table(
        "plan_item",
        *map(_text, (*_ASSESSMENT, "id")),
        _whole("position"),
        *map(_text, ("title", "dimension_id")),
        _whole("from_level"),
        _whole("to_level"),
        _text("sponsor", nullable=True),
        *map(_text, ("status", "status_reason", "status_by")),
        _moment("status_at"),
        *map(_text, ("notes", "success")),
        *(
            _text(name, nullable=True)
            for name in ("action_id", "proposal_id", "worked", "worked_note", "worked_by")
        ),
        _moment("worked_at", nullable=True),
        _text("added_by"),
        _moment("added_at"),
        _whole("level_when_added", nullable=True),
        _moment("finished_at", nullable=True),
        _whole("revision"),
        _text("changed_by"),
        _moment("changed_at"),
        _check(
            "plan_item", "status", "status IN ('proposed', 'to_do', 'doing', 'blocked', 'done', 'dropped')"
        ),
        _check("plan_item", "levels", "from_level BETWEEN 1 AND 5 AND to_level BETWEEN 1 AND 5"),
        _check("plan_item", "level_when_added", "level_when_added BETWEEN 1 AND 5"),
        _check("plan_item", "worked", "worked IN ('yes', 'partly', 'no', 'too_early')"),
        _check("plan_item", "worked_whole", "(worked IS NULL) = (worked_at IS NULL)"),
        _refers("plan_item", "plan", _ASSESSMENT),
        _key("plan_item", "id"),
    )
    op.create_index("ix_plan_item_workspace_id_action_id", "plan_item", ["workspace_id", "action_id"])
    op.create_table(
        "plan_item_owner",
        *map(_text, (*_ASSESSMENT, "item_id", "person")),
        _whole("position"),
        _moment("since"),
        _refers("plan_item_owner", "plan_item", [*_ASSESSMENT, "item_id"], [*_ASSESSMENT, "id"]),
        _key("plan_item_owner", "item_id", "person"),
    )
    op.create_index("ix_plan_item_owner_workspace_id_person", "plan_item_owner", ["workspace_id", "person"])


def _create_milestones() -> None:
    op.create_table(
        "milestone",
        *map(_text, (*_ASSESSMENT, "id", "item_id", "name")),
        sa.Column("due", sa.Date(), nullable=False),
        _moment("due_set_at"),
        _moment("changed_at"),
        _whole("revision"),
        *map(_text, ("state", "reason")),
        _text("settled_by", nullable=True),
        _moment("settled_at", nullable=True),
        _check("milestone", "state", "state IN ('open', 'done', 'dropped')"),
        _check("milestone", "settled_whole", "(state = 'open') = (settled_at IS NULL)"),
        _refers("milestone", "plan_item", [*_ASSESSMENT, "item_id"], [*_ASSESSMENT, "id"]),
        _key("milestone", "id"),
    )
    op.create_index("ix_milestone_workspace_id_state_due", "milestone", ["workspace_id", "state", "due"])
    op.create_table(
        "milestone_snooze",
        *map(_text, (*_ASSESSMENT, "milestone_id", "person")),
        sa.Column("until", sa.Date(), nullable=False),
        _refers("milestone_snooze", "milestone", [*_ASSESSMENT, "milestone_id"], [*_ASSESSMENT, "id"]),
        _key("milestone_snooze", "milestone_id", "person"),
    )


def downgrade() -> None:
    """Take the tables back; the plans are lost, since the earlier program has no place for them."""
    for table in _TABLES:
        op.drop_table(table)
