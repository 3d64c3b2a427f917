"""The dispatcher's hold on one message: what was claimed, and what to deliver."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)

from storage.engine.selecting import Rows
from storage.mapping import RecordMapping
from storage.tables import channel_pace as pace
from storage.tables import message
from storage.types import UtcDateTime

_parent = message.alias("parent")
_other = message.alias("other")
_reply = message.alias("reply")
_now = bindparam("now", type_=UtcDateTime())
_IS_REMOVAL = message.c.unwanted_at.is_not(None)
_IS_POST = and_(message.c.ts.is_(None), ~_IS_REMOVAL)
# A reply whose post may have arrived is looked for in its thread, so what began the thread goes last.
_THREAD_IS_EMPTIED = ~(
    exists()
    .where(
        _reply.c.workspace_id == message.c.workspace_id,
        _reply.c.parent_key == message.c.key,
        _reply.c.unwanted_at.is_not(None),
    )
    .correlate(message)
)

CLAIMABLE: ColumnElement[bool] = and_(
    message.c.wanted > message.c.delivered,
    message.c.blocked.is_(None),
    case(
        (_IS_REMOVAL, _THREAD_IS_EMPTIED),
        else_=or_(message.c.parent_key.is_(None), _parent.c.ts.is_not(None)),
    ),
)
"""Out of date, not blocked, and with a thread to go into where it needs one. Wants `with_parent`."""


@dataclass(frozen=True)
class Claim:
    """A message that one dispatcher may deliver until its lease runs out.

    Attributes:
        parent_ts: The `ts` of the message in whose thread it goes.
        ts: Its own, once it was posted.
        generation: How often it was wanted by then; `Begun` has the one to deliver.
        attempts: How often in a row its delivery failed.
        post_began_at: When an earlier attempt began whose outcome is not known: it may have been posted.
        unwanted_at: Since when it should no longer be in Slack, if so.
    """

    id: int
    workspace_id: str
    key: str
    kind: str
    channel_id: str
    assessment_id: str | None
    subject: str | None
    parent_ts: str | None
    ts: str | None
    generation: int
    lease_token: str
    attempts: int
    post_began_at: datetime | None
    unwanted_at: datetime | None

    @property
    def removal(self) -> bool:
        """Whether the message is to disappear from Slack."""
        return self.unwanted_at is not None

    @property
    def held(self) -> dict[str, Any]:
        """What tells the statements below which message is meant, as long as the claim was not lost."""
        return {"held_id": self.id, "held_token": self.lease_token}

    @property
    def update(self) -> bool:
        """Whether the message is in Slack already and is edited, not posted."""
        return self.ts is not None and not self.removal


@dataclass(frozen=True)
class Begun:
    """What to deliver now.

    Attributes:
        generation: What to tell `Outbox.delivered`, provided the state is read after this.
        ts: The message to edit or remove; None means to post it.
        post_began_at: When an earlier post began whose outcome is not known; look for it before posting.
        removal: Whether it is to disappear; that may have changed since the claim.
    """

    generation: int
    ts: str | None
    post_began_at: datetime | None
    removal: bool


SERVED: ColumnElement[bool] = or_(
    bindparam("everywhere", type_=Boolean()),
    message.c.workspace_id.in_(bindparam("workspaces", expanding=True)),
)
"""Only the messages of some workspaces; it takes what `served` gives."""


def served(workspaces: Collection[str] | None) -> dict[str, Any]:
    """The values for `SERVED`: these workspaces, or all where it is None."""
    return {"everywhere": workspaces is None, "workspaces": list(workspaces or ())}


def with_parent(*columns: ColumnElement[Any]) -> Rows:
    """A query over messages, each beside the message in whose thread it goes."""
    same = and_(_parent.c.workspace_id == message.c.workspace_id, _parent.c.key == message.c.parent_key)
    return select(*columns).select_from(message.outerjoin(_parent, same))


def _claimable() -> Rows:
    """The messages to deliver at a moment, the one due first in front; rows being changed are passed over.

    Of the posts to one channel it is one at a time, in the order in which they were first wanted, none while
    one is under way and none while the channel rests. So they stand in order however many dispatchers there
    are and whatever fails, and a flood in one channel leaves room for the others. Edits and removals have no
    order, but that what began a thread is removed after what stands in it.
    """
    free = or_(message.c.lease_until.is_(None), message.c.lease_until <= _now)
    ready = and_(CLAIMABLE, message.c.due_at <= _now, free, SERVED)
    first_of_channel = (
        with_parent(func.min(message.c.id))
        .where(ready, _IS_POST, ~_post_under_way(), ~_resting())
        .group_by(message.c.workspace_id, message.c.channel_id)
        .correlate(None)
    )
    return (
        with_parent(*message.c, func.coalesce(_parent.c.ts, message.c.thread_ts).label("parent_ts"))
        .where(ready, or_(~_IS_POST, message.c.id.in_(first_of_channel)))
        .order_by(message.c.due_at, message.c.id)
        .limit(bindparam("at_most"))
        .with_for_update(skip_locked=True, of=message)
    )


def _first_moment() -> Rows:
    """The earliest moment at which `CLAIMS` could find something, as far as can be told now.

    A post behind one that is under way counts from when that one is done, or its lease has run out.
    """
    lease, due = message.c.lease_until, message.c.due_at
    rest_ends = and_(_IS_POST, pace.c.next_at > due, or_(lease.is_(None), pace.c.next_at > lease))
    moment = case((rest_ends, pace.c.next_at), (lease > due, lease), else_=due)
    return (
        with_parent(func.min(moment))
        .outerjoin(pace, _same_channel(pace.c))
        .where(CLAIMABLE, or_(~_IS_POST, ~_post_under_way()), SERVED)
    )


def _post_under_way() -> ColumnElement[bool]:
    """Whether another post to the channel of a message is under way."""
    return (
        exists()
        .where(_same_channel(_other.c), _other.c.ts.is_(None), _other.c.lease_until > _now)
        .where(_other.c.id != message.c.id)
        .correlate(message)
    )


def _resting() -> ColumnElement[bool]:
    """Whether nothing may be posted to the channel of a message yet."""
    return exists().where(_same_channel(pace.c), pace.c.next_at > _now).correlate(message)


def _same_channel(columns: Any) -> ColumnElement[bool]:
    return and_(columns.workspace_id == message.c.workspace_id, columns.channel_id == message.c.channel_id)


# Those that every delivery needs are built once, since that takes longer than to run them.
CLAIMS = _claimable()
"""What may be delivered at the moment `now`, up to `at_most` messages; see `_claimable`."""
FIRST_MOMENT = _first_moment()
"""When something may be delivered, seen from the moment `now`; see `_first_moment`."""

NO_LEASE: dict[str, Any] = {"lease_owner": None, "lease_until": None, "lease_token": None}
_HELD = (message.c.id == bindparam("held_id"), message.c.lease_token == bindparam("held_token"))
STILL_HELD = (
    select(message.c.wanted, message.c.ts, message.c.post_began_at, message.c.unwanted_at)
    .where(*_HELD)
    .with_for_update()
)
"""What has come of a claimed message since; nothing when the claim was lost."""
CHANGING = update(message).where(*_HELD)
"""A change of a claimed message, unless the claim was lost."""
RENEWING = CHANGING.values(lease_until=bindparam("until"))
POSTING = RENEWING.values(post_began_at=_now)
_rested = bindparam("rested", type_=UtcDateTime())
_again_soon = (message.c.wanted > bindparam("shown")) & (message.c.due_at < _rested)
DELIVERED = CHANGING.values(
    ts=bindparam("new_ts"),
    channel_id=bindparam("channel"),
    delivered=bindparam("shown"),
    delivered_at=_now,
    due_at=case((_again_soon, _rested), else_=message.c.due_at),
    attempts=0,
    last_error=None,
    post_began_at=None,
    **NO_LEASE,
)
"""What Slack shows by the moment `now`; what was wanted meanwhile is due when it has `rested`."""


CLAIM = RecordMapping(Claim, columns={"generation": "wanted"}, besides=("lease_token",))
"""For the rows of `CLAIMS`, each with the token that it is given."""
