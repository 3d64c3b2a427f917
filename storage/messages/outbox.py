"""The dispatcher's side of the messages, over all workspaces. Every call is a transaction of its own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

from sqlalchemy import ColumnElement, Delete, Update, bindparam, delete, func, select, update

from storage.engine.inserting import insert_into
from storage.engine.transaction import Transaction
from storage.messages.claims import (
    CHANGING,
    CLAIM,
    CLAIMS,
    DELIVERED,
    FIRST_MOMENT,
    NO_LEASE,
    POSTING,
    RENEWING,
    SERVED,
    STILL_HELD,
    Begun,
    Claim,
    served,
)
from storage.tables import channel_pace as paces
from storage.tables import message as table
from storage.tables import seen

__all__ = ["Begun", "Claim", "Outbox"]

# Any number that nothing else in the database locks.
_CLAIMING = 7_301_964_211


class OpensTransactions(Protocol):
    """Begins a transaction on the database."""

    def __call__(self, *, read_only: bool) -> Transaction:
        """Make one, not yet opened."""


class Outbox:
    """Claims, deliveries and pacing.

    A claim is good as long as its token stands in the row. Whoever lost it, because the lease ran out and
    another took the message over, can record nothing any more. Where `workspaces` can be given, only the
    messages of these are meant: those of a workspace that nobody serves any more wait, and hold up nothing.
    """

    def __init__(self, transaction: OpensTransactions) -> None:
        """Take what opens a transaction."""
        self._transaction = transaction

    async def claim(
        self,
        *,
        owner: str,
        now: datetime,
        lease: timedelta,
        limit: int,
        workspaces: Collection[str] | None = None,
    ) -> list[Claim]:
        """Take up to `limit` messages that are due, the one due first in front, as `CLAIMS` says."""
        async with self._transaction(read_only=False) as transaction:
            if transaction.on_postgres:
                # Two that claim at the same moment would each see the channel free. SQLite has one writer.
                await transaction.execute(select(func.pg_advisory_xact_lock(_CLAIMING)))
            values = {"now": now, "at_most": limit, **served(workspaces)}
            rows = (await transaction.execute(CLAIMS, values)).mappings().all()
            claims = [CLAIM.from_row(row, lease_token=uuid4().hex) for row in rows]
            if claims:
                statement = (
                    update(table)
                    .where(table.c.id == bindparam("claimed_id"))
                    .values(lease_token=bindparam("token"), lease_owner=owner, lease_until=now + lease)
                )
                pairs = [{"claimed_id": claim.id, "token": claim.lease_token} for claim in claims]
                await transaction.execute(statement, pairs)
                await transaction.commit()
        return claims

    async def begin(self, claim: Claim, *, now: datetime, lease: timedelta) -> Begun | None:
        """Note, and commit, that a delivery begins; None when the claim was lost.

        The moment of a post is kept until its outcome is known, so after a crash the next one to claim the
        message knows that it may be in Slack, and since when. A later attempt does not overwrite the first.
        """
        async with self._transaction(read_only=False) as transaction:
            row = (await transaction.execute(STILL_HELD, claim.held)).mappings().one_or_none()
            if row is None:
                return None
            removal = row["unwanted_at"] is not None
            posting = row["ts"] is None and row["post_began_at"] is None and not removal
            values = {"until": now + lease, "now": now} if posting else {"until": now + lease}
            await transaction.execute(POSTING if posting else RENEWING, {**claim.held, **values})
            await transaction.commit()
        return Begun(row["wanted"], row["ts"], row["post_began_at"], removal)

    async def delivered(
        self,
        claim: Claim,
        *,
        ts: str,
        channel_id: str,
        generation: int,
        now: datetime,
        redraw_after: timedelta,
    ) -> bool:
        """Record what Slack shows now; false when the claim was lost.

        What was wanted meanwhile stays pending, due `redraw_after` from now at the earliest.
        """
        values = {"new_ts": ts, "channel": channel_id, "shown": generation, "now": now}
        return await self._change(DELIVERED, {**claim.held, **values, "rested": now + redraw_after})

    async def removed(self, claim: Claim, *, generation: int, now: datetime) -> None:
        """The message is not in Slack: forget it. What was wanted again meanwhile is posted anew."""
        done = delete(table).where(
            table.c.id == claim.id,
            table.c.lease_token == claim.lease_token,
            table.c.wanted == generation,
        )
        anew = CHANGING.values(ts=None, post_began_at=None, due_at=now, **NO_LEASE)
        async with self._transaction(read_only=False) as transaction:
            if (await transaction.execute(done)).rowcount == 0:
                await transaction.execute(anew, claim.held)
            await transaction.commit()

    async def put_back(
        self, claim: Claim, *, due_at: datetime, error: str, certainly_not_posted: bool
    ) -> None:
        """Give a failed delivery back, to be tried again at `due_at`.

        `error` is a code, never anyone's text. `certainly_not_posted` is about this attempt; what is not
        known of an earlier one stays unknown until something is delivered.
        """
        known = {"post_began_at": claim.post_began_at} if certainly_not_posted else {}
        await self._record(claim, due_at=due_at, attempts=table.c.attempts + 1, last_error=error, **known)

    async def defer(self, claim: Claim, *, due_at: datetime) -> None:
        """Give a claim back because it is not its turn yet; nothing was sent."""
        await self._record(claim, due_at=due_at, post_began_at=claim.post_began_at)

    async def block(self, claim: Claim, *, reason: str) -> None:
        """Stop delivering a message until `unblock`, because Slack refuses it for a lasting reason."""
        await self._record(claim, blocked=reason, last_error=reason, post_began_at=claim.post_began_at)

    async def forget_posted(self, claim: Claim) -> None:
        """The message is gone from Slack: give the claim back so that it is posted anew."""
        await self._record(claim, ts=None, post_began_at=None)

    async def forget_thread(self, claim: Claim, *, now: datetime) -> None:
        """The thread is gone from Slack: give the claim back, and let what began the thread be posted anew.

        Only the thread that the claim knew is forgotten: another message may have had it posted anew already.
        Where somebody else's message began it, that is gone for good, and this one goes into the channel.
        """
        parent_key = select(table.c.parent_key).where(table.c.id == claim.id).scalar_subquery()
        gone = (
            update(table)
            .where(
                table.c.workspace_id == claim.workspace_id,
                table.c.key == parent_key,
                table.c.ts == claim.parent_ts,
            )
            .values(ts=None, wanted=table.c.wanted + 1, due_at=now, post_began_at=None)
        )
        async with self._transaction(read_only=False) as transaction:
            given_back = CHANGING.values(
                thread_ts=None, post_began_at=claim.post_began_at, due_at=now, **NO_LEASE
            )
            if (await transaction.execute(given_back, claim.held)).rowcount == 1:
                await transaction.execute(gone)
                await transaction.commit()

    async def drop(self, claim: Claim) -> None:
        """There was nothing to show. What was wanted since the claim stays pending."""
        await self._record(
            claim, delivered=claim.generation, attempts=0, last_error=None, post_began_at=claim.post_began_at
        )

    async def unblock(self, *, workspace_id: str, channel_id: str, now: datetime) -> int:
        """Let the blocked messages of a channel go again; answers how many there were."""
        of_channel = update(table).where(
            table.c.workspace_id == workspace_id, table.c.channel_id == channel_id
        )
        return await self._unblock(of_channel, now)

    async def free_leases(self) -> None:
        """Give every claim back, when it is certain that whoever held one is gone."""
        await self._run(update(table).where(table.c.lease_token.is_not(None)).values(**NO_LEASE))

    async def unblock_all(self, *, now: datetime) -> int:
        """Let every blocked message go again, in case a channel takes us back and Slack did not say so."""
        return await self._unblock(update(table), now)

    async def hold_channel(self, *, workspace_id: str, channel_id: str, until: datetime) -> None:
        """Let nothing be posted to a channel before a moment; never brings an earlier hold forward."""
        values = {"workspace_id": workspace_id, "channel_id": channel_id, "next_at": until}
        async with self._transaction(read_only=False) as transaction:
            statement = insert_into(transaction, paces, values)
            await transaction.execute(
                statement.on_conflict_do_update(
                    index_elements=list(paces.primary_key),
                    set_={"next_at": statement.excluded.next_at},
                    where=paces.c.next_at < statement.excluded.next_at,
                )
            )
            await transaction.commit()

    async def next_due(self, *, now: datetime, workspaces: Collection[str] | None = None) -> datetime | None:
        """The earliest moment, now or later, at which `claim` could find something; None without anything."""
        async with self._transaction(read_only=True) as transaction:
            found = await transaction.execute(FIRST_MOMENT, {"now": now, **served(workspaces)})
            moment: datetime | None = found.scalar_one()
        return None if moment is None else max(moment, now)

    async def pending(self, workspaces: Collection[str] | None = None) -> int:
        """How many messages are out of date and not blocked."""
        return await self._count(table.c.blocked.is_(None), workspaces)

    async def blocked(self, workspaces: Collection[str] | None = None) -> int:
        """How many messages are out of date and blocked."""
        return await self._count(table.c.blocked.is_not(None), workspaces)

    async def forget_seen_before(self, at: datetime) -> int:
        """Forget the deliveries handled before a moment; answers how many."""
        return await self._run(delete(seen).where(seen.c.at < at))

    async def _count(self, condition: ColumnElement[bool], workspaces: Collection[str] | None) -> int:
        query = select(func.count()).where(table.c.wanted > table.c.delivered, condition, SERVED)
        async with self._transaction(read_only=True) as transaction:
            found: int = (await transaction.execute(query, served(workspaces))).scalar_one()
        return found

    async def _record(self, claim: Claim, **values: Any) -> bool:
        """Change a claimed message and give the claim back, unless it was lost."""
        return await self._change(CHANGING.values(**values, **NO_LEASE), claim.held)

    async def _change(self, statement: Update, values: dict[str, Any]) -> bool:
        """Whether a claimed message was changed, so the claim was not lost."""
        return await self._run(statement, values) == 1

    async def _unblock(self, which: Update, now: datetime) -> int:
        blocked = which.where(table.c.blocked.is_not(None))
        return await self._run(blocked.values(blocked=None, due_at=now, attempts=0))

    async def _run(self, statement: Update | Delete, values: dict[str, Any] | None = None) -> int:
        """Run one statement and commit; answers how many rows it changed."""
        async with self._transaction(read_only=False) as transaction:
            result = await transaction.execute(statement, values)
            await transaction.commit()
        return result.rowcount
