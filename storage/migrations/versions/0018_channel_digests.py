"""One weekly digest for each channel, where each plan had one, with one switch among the settings.

Revision: 0018_channel_digests, after 0017_library_removal.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, UtcDateTime

revision = "0018_channel_digests"
down_revision = "0017_library_removal"
branch_labels = None
depends_on = None

_MOMENTS = ("planned_at", "since", "made_at")
_PLAN = ("workspace_id", "assessment_id")

_assessment = sa.table(
    "assessment",
    *(sa.column(name, PlainText) for name in ("workspace_id", "id", "channel_id", "state")),
    sa.column("started_at", UtcDateTime),
)
_plan = sa.table("plan", *(sa.column(name, PlainText) for name in _PLAN), sa.column("digest", sa.Boolean))
_history = sa.table(
    "plan_history",
    sa.column("id", sa.Integer),
    *(sa.column(name, PlainText) for name in (*_PLAN, "what", "by")),
    sa.column("at", UtcDateTime),
)
_setting = sa.table(
    "setting", *(sa.column(name, PlainText) for name in ("workspace_id", "scope", "name", "value"))
)
_message = sa.table(
    "message",
    sa.column("id", sa.Integer),
    *(sa.column(name, PlainText) for name in (*_PLAN, "channel_id", "kind", "ts")),
    *(sa.column(name, sa.Integer) for name in ("wanted", "delivered", "attempts")),
    *(sa.column(name, UtcDateTime) for name in ("due_at", "post_began_at", "unwanted_at")),
)
_IN_PLAN = sa.and_(
    _assessment.c.workspace_id == _plan.c.workspace_id, _assessment.c.id == _plan.c.assessment_id
)
_STANDS = _assessment.c.state != "cancelled"


def _digests(owner: str) -> sa.TableClause:
    return sa.table(
        "digest",
        *(sa.column(name, PlainText) for name in ("workspace_id", owner)),
        sa.column("day", sa.Date),
        *(sa.column(name, UtcDateTime) for name in _MOMENTS),
    )


def _make(owner: str, *constraints: sa.Constraint) -> None:
    op.create_table(
        "digest",
        *(sa.Column(name, PlainText(), nullable=False) for name in ("workspace_id", owner)),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, UtcDateTime(), nullable=False) for name in _MOMENTS),
        *constraints,
        sa.PrimaryKeyConstraint("workspace_id", owner, "day", name="pk_digest"),
    )


def _all(query: sa.Select[Any]) -> Sequence[Any]:
    return op.get_bind().execute(query).all()


def upgrade() -> None:
    """Bring the tables forward. What was sent this week in a channel counts as sent."""
    old, key = _digests("assessment_id"), (_assessment.c.workspace_id, _assessment.c.channel_id)
    made = _all(
        sa.select(*key, old.c.day, *(sa.func.min(old.c[name]).label(name) for name in _MOMENTS))
        .join(
            _assessment,
            sa.and_(
                _assessment.c.workspace_id == old.c.workspace_id, _assessment.c.id == old.c.assessment_id
            ),
        )
        .group_by(*key, old.c.day)
    )
    op.drop_table("digest")
    _make("channel_id")
    op.bulk_insert(_digests("channel_id"), [dict(row._mapping) for row in made])
    _switch_off()
    with op.batch_alter_table("plan") as table:
        table.drop_column("digest")
    _one_message_a_channel()


def _switch_off() -> None:
    """Off is a channel in which it was off for every plan; of whoever said so, the last is kept."""
    rows = _all(sa.select(_plan, _assessment.c.channel_id).join(_assessment, _IN_PLAN).where(_STANDS))
    on = {(row.workspace_id, row.channel_id) for row in rows if row.digest}
    said = _all(sa.select(_history).where(_history.c.what == "digest_set").order_by(_history.c.id))
    last: dict[tuple[str, str], tuple[str, datetime]] = {}
    channels = {(row.workspace_id, row.assessment_id): row.channel_id for row in rows}
    for entry in said:
        channel = channels.get((entry.workspace_id, entry.assessment_id))
        if channel is not None:
            last[entry.workspace_id, channel] = (entry.by, entry.at)
    off = {(row.workspace_id, row.channel_id) for row in rows} - on
    op.bulk_insert(
        _setting,
        [
            {
                "workspace_id": workspace,
                "scope": f"channel:{channel}",
                "name": "digest",
                "value": json.dumps({"on": False, "by": by, "at": at.isoformat()}),
            }
            for workspace, channel in sorted(off & last.keys())
            for by, at in (last[workspace, channel],)
        ],
    )


def _one_message_a_channel() -> None:
    """Of the digests that stand in a channel the newest goes on, drawn anew; the others disappear.

    Keys stay as they are, since a message whose post may have arrived is looked for by its key.
    """
    columns = _message.c
    rows = _all(
        sa.select(_message)
        .where(columns.kind == "digest", columns.unwanted_at.is_(None))
        .order_by(columns.ts.is_not(None), columns.post_began_at.is_not(None), columns.id)
    )
    newest = {(row.workspace_id, row.channel_id): row.id for row in rows}
    op.execute(sa.update(_message).where(columns.kind == "digest").values(assessment_id=None))
    for row in rows:
        # What came to nothing, since there was nothing to say, is not brought back.
        shown = row.ts is not None or row.wanted > row.delivered
        if row.id != newest[row.workspace_id, row.channel_id]:
            gone = {"unwanted_at": row.due_at, "wanted": columns.wanted + 1, "attempts": 0}
            op.execute(sa.update(_message).where(columns.id == row.id).values(**gone))
        elif shown:
            op.execute(sa.update(_message).where(columns.id == row.id).values(wanted=columns.wanted + 1))


def downgrade() -> None:
    """Take the tables back. Each plan of a channel has had the digests of the channel, and its switch."""
    new = _digests("channel_id")
    _add_switch()
    made = _all(
        sa.select(_plan.c.workspace_id, _plan.c.assessment_id, new.c.day, *(new.c[name] for name in _MOMENTS))
        .join(_assessment, _IN_PLAN)
        .join(
            new,
            sa.and_(
                new.c.workspace_id == _assessment.c.workspace_id,
                new.c.channel_id == _assessment.c.channel_id,
                new.c.planned_at > _assessment.c.started_at,
            ),
        )
    )
    op.drop_table("digest")
    to_plan = sa.ForeignKeyConstraint(
        _PLAN, [f"plan.{column}" for column in _PLAN], name="fk_digest_plan", ondelete="CASCADE"
    )
    _make("assessment_id", to_plan)
    op.bulk_insert(_digests("assessment_id"), [dict(row._mapping) for row in made])
    # The earlier program knows nothing of a message that belongs to no plan; in Slack it stays as it is.
    op.execute(sa.delete(_message).where(_message.c.kind == "digest"))


def _add_switch() -> None:
    with op.batch_alter_table("plan") as table:
        table.add_column(sa.Column("digest", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("plan") as table:
        table.alter_column("digest", server_default=None)
    where = sa.and_(_setting.c.name == "digest", _setting.c.scope.startswith("channel:"))
    for row in _all(sa.select(_setting).where(where)):
        if not json.loads(row.value)["on"]:
            in_channel = sa.select(_assessment.c.id).where(
                _assessment.c.workspace_id == row.workspace_id,
                sa.literal("channel:") + _assessment.c.channel_id == row.scope,
            )
            off = sa.and_(_plan.c.workspace_id == row.workspace_id, _plan.c.assessment_id.in_(in_channel))
            op.execute(sa.update(_plan).where(off).values(digest=False))
    op.execute(sa.delete(_setting).where(where))
