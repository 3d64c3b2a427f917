"""What is posted where in one workspace, and which of it is out of date."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select, update

from storage.engine.inserting import insert_new
from storage.engine.repository import Repository
from storage.mapping import RecordMapping
from storage.tables import message as table
from storage.types import storable

# Built once: every change of anything wants messages.
_KNOWN = (
    select(table)
    .where(table.c.workspace_id == bindparam("workspace"), table.c.key.in_(bindparam("keys", expanding=True)))
    # In one order for everybody, so that two who want the same do not wait for each other.
    .order_by(table.c.id)
    .with_for_update()
)
_AGAIN = (
    update(table)
    .where(table.c.workspace_id == bindparam("workspace"), table.c.key == bindparam("wanted_key"))
    .values(wanted=table.c.wanted + 1, due_at=bindparam("soonest"), unwanted_at=None)
)


@dataclass(frozen=True)
class WantedMessage:
    """A message that should exist and be up to date.

    Attributes:
        key: What tells it from every other message of the workspace.
        kind: How it is rendered.
        channel_id: Where it goes; a person's id for a direct message.
        assessment_id: The assessment it shows, if any; it must be stored.
        subject: What of the assessment it shows, such as a prompt's id.
        parent_key: The key of the message of ours in whose thread it goes.
        due_at: When it is due, where that is not at once.
        thread_ts: The message of somebody else's in whose thread it goes.
    """

    key: str
    kind: str
    channel_id: str
    assessment_id: str | None
    subject: str | None
    parent_key: str | None
    due_at: datetime | None = None
    thread_ts: str | None = None


@dataclass(frozen=True)
class MessageRow:
    """One message as it is stored.

    Attributes:
        ts: Slack's id of it in its channel; None until it is posted.
        wanted: How often it was wanted, so the generation of its content.
        delivered: The generation that Slack shows.
        attempts: How often in a row its delivery failed.
        blocked: Why it is not delivered for now, such as `is_archived`.
        post_began_at: When a post began whose outcome is not known.
        unwanted_at: Since when it should no longer be in Slack; it stays here until it is gone from there.
    """

    key: str
    kind: str
    channel_id: str
    assessment_id: str | None
    subject: str | None
    parent_key: str | None
    ts: str | None
    wanted: int
    delivered: int
    due_at: datetime
    attempts: int
    blocked: str | None
    post_began_at: datetime | None
    delivered_at: datetime | None
    unwanted_at: datetime | None

    @property
    def again(self) -> WantedMessage:
        """The message, to want it anew as it is."""
        return WantedMessage(
            self.key, self.kind, self.channel_id, self.assessment_id, self.subject, self.parent_key
        )


_WANTED = RecordMapping(WantedMessage, besides=("due_at",))
_MESSAGE = RecordMapping(MessageRow)


class MessageRepository(Repository):
    """The messages of one workspace."""

    async def want(self, message: WantedMessage, at: datetime, *, redraw_after: timedelta) -> None:
        """Want one message; see `want_all`."""
        await self.want_all((message,), at, redraw_after=redraw_after)

    async def want_all(
        self, messages: Sequence[WantedMessage], at: datetime, *, redraw_after: timedelta
    ) -> None:
        """Note that messages are out of date, so that the dispatcher brings them into line, in this order.

        A new one is due at its `due_at`, or now. One that was delivered within `redraw_after` is due when
        that is over, so that a burst of changes becomes one redraw. One that waits after a failed delivery
        keeps its time, and no call makes an earlier time later. Where it goes is settled by the first call.
        One that was to be removed stays after all, unless its assessment has been deleted meanwhile.

        Raises:
            ConstraintBroken: The assessment of one is not stored in this workspace.
        """
        self._transaction.must_write()
        wished: dict[str, datetime] = {}
        for message in messages:
            key, due_at = storable(message.key), message.due_at or at
            wished[key] = min(wished.get(key, due_at), due_at)
        fresh = {storable(message.key): message for message in messages}
        known = await self._want_again(fresh, wished, redraw_after)
        rows = [self._new_row(message, wished[key]) for key, message in fresh.items() if key not in known]
        if not rows:
            return
        inserted = insert_new(self._transaction, table, rows).returning(table.c.key)
        added = set((await self._transaction.execute(inserted)).scalars())
        # Another replica was first with these; its rows are there by now.
        late = wished.keys() - known - added
        await self._want_again(fresh, {key: wished[key] for key in late}, redraw_after)

    def _new_row(self, message: WantedMessage, due_at: datetime) -> dict[str, Any]:
        fresh = {"wanted": 1, "delivered": 0, "attempts": 0, "due_at": due_at}
        return _WANTED.to_row(message, workspace_id=self._workspace_id, **fresh)

    async def _want_again(
        self, messages: Mapping[str, WantedMessage], wished: Mapping[str, datetime], redraw_after: timedelta
    ) -> set[str]:
        """Want the messages that are there; answers which they were."""
        if not wished:
            return set()
        values = {"workspace": self._workspace_id, "keys": list(wished)}
        found = [
            _MESSAGE.from_row(row) for row in (await self._transaction.execute(_KNOWN, values)).mappings()
        ]
        alive = [row for row in found if not _orphaned(row, messages[row.key])]
        if alive:
            changes = [
                {
                    "workspace": self._workspace_id,
                    "wanted_key": row.key,
                    "soonest": _next_due(row, wished[row.key], redraw_after),
                }
                for row in alive
            ]
            await self._transaction.execute(_AGAIN, changes)
        return {row.key for row in found}

    async def redraw(self, keys: Collection[str], at: datetime, *, redraw_after: timedelta) -> None:
        """Want those of these messages again that are in Slack or on their way there.

        One that came to nothing, since there was nothing to show when it was due, is not brought back.
        """
        self._transaction.must_write()
        for key in sorted(keys):
            row = await self.get(key)
            if row is not None and row.unwanted_at is None and (row.ts or row.wanted > row.delivered):
                await self.want(row.again, at, redraw_after=redraw_after)

    async def remove(self, key: str, at: datetime) -> None:
        """Let a message, and what stands in its thread, disappear from Slack and then from here.

        The dispatcher removes it as it delivers: whatever fails is tried again, and what is gone already is
        gone. A message that does not exist is no fault. To want it again before it is gone takes this back;
        wanted later, it is posted anew.
        """
        await self._remove(or_(table.c.key == storable(key), table.c.parent_key == storable(key)), at)

    async def remove_all_of(self, assessment_id: str, at: datetime) -> None:
        """The same for every message of an assessment, which may be deleted in the same unit of work.

        They no longer belong to it, so that they outlive it until they are gone from Slack.
        """
        await self._remove(table.c.assessment_id == assessment_id, at, assessment_id=None)

    async def _remove(self, which: ColumnElement[bool], at: datetime, **also: Any) -> None:
        self._transaction.must_write()
        unwanted = {"unwanted_at": at, "wanted": table.c.wanted + 1, "due_at": at, "attempts": 0}
        where = (table.c.workspace_id == self._workspace_id, which, table.c.unwanted_at.is_(None))
        await self._transaction.execute(update(table).where(*where).values(**unwanted))
        if also:
            await self._transaction.execute(
                update(table).where(table.c.workspace_id == self._workspace_id, which).values(**also)
            )

    async def get(self, key: str) -> MessageRow | None:
        """The message with this key."""
        return await self._one(table.c.key == key)

    async def of_assessment(self, assessment_id: str) -> list[MessageRow]:
        """The messages of one assessment, in the order in which they were first wanted."""
        query = (
            select(table)
            .where(table.c.workspace_id == self._workspace_id, table.c.assessment_id == assessment_id)
            .order_by(table.c.id)
        )
        return [_MESSAGE.from_row(row) for row in (await self._transaction.execute(query)).mappings()]

    async def of_kind(self, kind: str, channel_id: str) -> list[MessageRow]:
        """The messages of one kind in a channel, in the order in which they were first wanted.

        Those that are to disappear are not among them.
        """
        query = (
            select(table)
            .where(
                table.c.workspace_id == self._workspace_id,
                table.c.channel_id == channel_id,
                table.c.kind == kind,
                table.c.unwanted_at.is_(None),
            )
            .order_by(table.c.id)
        )
        return [_MESSAGE.from_row(row) for row in (await self._transaction.execute(query)).mappings()]

    async def at(self, channel_id: str, ts: str) -> MessageRow | None:
        """Which of our messages this one in Slack is."""
        return await self._one(table.c.channel_id == channel_id, table.c.ts == ts)

    async def any_blocked(self, channel_id: str) -> bool:
        """Whether a channel refuses any of our messages for now."""
        return await self._one(table.c.channel_id == channel_id, table.c.blocked.is_not(None)) is not None

    async def _one(self, *where: ColumnElement[bool]) -> MessageRow | None:
        query = select(table).where(table.c.workspace_id == self._workspace_id, *where)
        row = (await self._transaction.execute(query.order_by(table.c.id).limit(1))).mappings().one_or_none()
        return None if row is None else _MESSAGE.from_row(row)


def _orphaned(found: MessageRow, wanted: WantedMessage) -> bool:
    """Whether a message is to be removed since its assessment was deleted, which the wisher did not know."""
    return found.unwanted_at is not None and found.assessment_id is None and wanted.assessment_id is not None


def _next_due(found: MessageRow, wished: datetime, redraw_after: timedelta) -> datetime:
    pending = found.wanted > found.delivered
    if pending and found.attempts > 0:
        return found.due_at
    soonest = wished if found.delivered_at is None else max(wished, found.delivered_at + redraw_after)
    return min(found.due_at, soonest) if pending else soonest
