"""Bringing one claimed message to Slack, never twice, and recording what came of it.

Claim and commit; note that the post begins and commit; post; record where it is and commit. After a crash
between the last two, the next claim finds that a post had begun and looks for the message by its key before
it posts again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from bot.clock import Clock
from bot.delivery.outbox.call_gate import CallGate
from bot.delivery.outbox.sending import Attempt, ClaimLost, Sender
from bot.delivery.rendering.rendered import Later, Picture
from bot.delivery.rendering.renderers import Renderer
from bot.delivery.slack.faults import (
    ChannelClosedToUs,
    Limited,
    MessageGone,
    SlackFault,
    ThreadGone,
    TokenFault,
    Uncertain,
)
from bot.delivery.slack.slack import Slack
from bot.log import logger
from bot.services.messages.channel_notices import ChannelNotice, tell_facilitators
from bot.services.messages.kinds import KindRecord, MessageKind
from bot.services.messages.redrawing import redraw_board
from bot.services.messages.wanting import REDRAW_AFTER
from bot.services.reminders.to_facilitators import pass_on_unreachable
from storage.database import Database
from storage.engine.errors import StorageUnavailable
from storage.messages.claims import Begun, Claim

_log = logger(__name__)

# Longer than any call to Slack takes with its time-out, so that nobody else takes over a post under way.
LEASE = timedelta(seconds=90)
# A claim this old is renewed right before Slack is written to, so that the write ends within the lease.
_RENEW_AFTER = LEASE / 3
# Slack allows about one post a second in a channel. It rests so long from the end of a post, since how long
# that takes varies, and only so do two posts never arrive within a second.
POST_INTERVAL = timedelta(seconds=1)
_FIRST_BACK_OFF = 2.0
_LONGEST_BACK_OFF = 300.0
# So often, in about a minute, the posts behind a failed one wait for it; then it alone waits.
_TRIES_IN_ORDER = 5
_TOKEN_WAIT = timedelta(minutes=1)


class Deliverer:
    """Delivers claimed messages. Whatever goes wrong is recorded or runs out with the lease."""

    def __init__(
        self, database: Database, clock: Clock, renderer: Renderer, slack_of: Callable[[str], Slack]
    ) -> None:
        self._database = database
        self._outbox = database.outbox
        self._clock = clock
        self._renderer = renderer
        self._slack_of = slack_of
        self._sender = Sender()
        self._edits = CallGate(clock)
        self._removals = CallGate(clock)

    async def deliver(self, claim: Claim) -> None:
        """Deliver one message. What goes wrong is recorded, or the claim runs out and another tries."""
        try:
            await self._deliver(claim)
        except StorageUnavailable:
            # The lease runs out, and then the message is looked for before it is sent again.
            _log.warning("database_unavailable")
        except ClaimLost:
            _log.warning("claim_lost")

    async def _deliver(self, claim: Claim) -> None:
        try:
            gate = self._gate(claim)
            if gate is None:
                await self._attempt(claim)
            else:
                await self._in_turn(claim, gate)
        except (StorageUnavailable, ClaimLost):
            raise
        except Exception:
            # Our bug: keep the message, say so with an id, and carry on with the others.
            error_id = uuid4().hex[:8]
            _log.exception("delivery_failed", error_id=error_id)
            due_at = self._clock.now() + _back_off(claim)
            await self._outbox.put_back(
                claim, due_at=due_at, error=f"internal:{error_id}", certainly_not_posted=False
            )

    def _gate(self, claim: Claim) -> CallGate | None:
        """Where a message waits that is no post; posts have their pace in the outbox."""
        if claim.removal:
            return self._removals
        return self._edits if claim.update else None

    async def _in_turn(self, claim: Claim, gate: CallGate) -> None:
        async with gate.turn(claim.workspace_id) as held_until:
            if held_until is None:
                await self._attempt(claim)
            else:
                await self._put_off(claim, held_until, why="slack_asked_us_to_wait")

    async def _attempt(self, claim: Claim) -> None:
        begun = await self._begin(claim)
        if begun is None:
            raise ClaimLost
        began_at = self._clock.now()
        if begun.removal is not claim.removal:
            # It was decided otherwise since the claim. Claimed anew, it waits where it must.
            await self._put_off(claim, began_at, why="decided_otherwise")
            return
        try:
            slack = self._slack_of(claim.workspace_id)
            attempt = Attempt(slack, claim, begun, lambda: self._renew(claim, began_at))
            await self._bring_into_line(attempt)
        except SlackFault as fault:
            _log.warning("slack_fault", error=fault.error)
            await self._after_fault(claim, fault)

    async def _begin(self, claim: Claim) -> Begun | None:
        return await self._outbox.begin(claim, now=self._clock.now(), lease=LEASE)

    async def _renew(self, claim: Claim, began_at: datetime) -> None:
        """Before a write: make sure that the claim is ours until the write has ended.

        Raises:
            ClaimLost: somebody else delivers the message by now.
        """
        if self._clock.now() - began_at < _RENEW_AFTER:
            return
        if await self._begin(claim) is None:
            raise ClaimLost

    async def _bring_into_line(self, attempt: Attempt) -> None:
        claim = attempt.claim
        if claim.removal:
            await self._sender.remove(attempt)
            generation = attempt.begun.generation
            await self._outbox.removed(claim, generation=generation, now=self._clock.now())
            return
        rendered = await self._renderer.render(claim, attempt.slack)
        if rendered is None:
            _log.debug("not_needed")
            await self._outbox.drop(claim)
            return
        if isinstance(rendered, Later):
            await self._put_off(claim, rendered.at, why="working_hours")
            return
        if isinstance(rendered, Picture):
            posted = await self._sender.picture(attempt, rendered)
        else:
            posted = await self._sender.message(attempt, rendered)
        _log.debug("delivered", edited=attempt.begun.ts is not None)
        now = self._clock.now()
        if not claim.update:
            await self._hold(claim, now + POST_INTERVAL)
        await self._outbox.delivered(
            claim,
            ts=posted.ts,
            channel_id=posted.channel_id,
            generation=attempt.begun.generation,
            now=now,
            redraw_after=REDRAW_AFTER,
        )
        if attempt.begun.ts is None and _record(claim).linked_on_board and claim.assessment_id:
            # The board links to the thread, which exists only now.
            await redraw_board(self._database, claim.workspace_id, claim.assessment_id, now)

    async def _after_fault(self, claim: Claim, fault: SlackFault) -> None:
        now = self._clock.now()
        match fault:
            case Limited():
                until = now + timedelta(seconds=fault.seconds)
                await self._hold(claim, until)
                await self._put_off(claim, until, why=fault.error)
            case ChannelClosedToUs():
                await self._after_channel_closed(claim, fault, now)
            case MessageGone() if _record(claim).said_once:
                # What Slack no longer keeps, as some councils have it after weeks, is not said again.
                await self._outbox.drop(claim)
            case MessageGone():
                await self._outbox.forget_posted(claim)
            case ThreadGone():
                await self._outbox.forget_thread(claim, now=now)
            case TokenFault():
                await self._hold(claim, now + _TOKEN_WAIT)
                await self._put_back(claim, fault, now + _TOKEN_WAIT)
            case _:
                until = now + _back_off(claim)
                if self._gate(claim) is None and claim.attempts < _TRIES_IN_ORDER:
                    await self._hold(claim, until)
                await self._put_back(claim, fault, until)

    async def _hold(self, claim: Claim, until: datetime) -> None:
        """Let what waits behind this message wait as long: its channel's posts, or the workspace's calls."""
        gate = self._gate(claim)
        if gate is not None:
            gate.hold(claim.workspace_id, until)
        else:
            await self._outbox.hold_channel(
                workspace_id=claim.workspace_id, channel_id=claim.channel_id, until=until
            )

    async def _put_off(self, claim: Claim, until: datetime, *, why: str) -> None:
        _log.debug("put_off", until=until.isoformat(), why=why)
        await self._outbox.defer(claim, due_at=until)

    async def _put_back(self, claim: Claim, fault: SlackFault, due_at: datetime) -> None:
        _log.debug("put_back", until=due_at.isoformat(), attempts=claim.attempts)
        certain = not isinstance(fault, Uncertain)
        await self._outbox.put_back(claim, due_at=due_at, error=fault.error, certainly_not_posted=certain)

    async def _after_channel_closed(self, claim: Claim, fault: ChannelClosedToUs, now: datetime) -> None:
        await self._outbox.block(claim, reason=fault.error)
        record = _record(claim)
        if record.passed_on:
            await pass_on_unreachable(self._database, claim.workspace_id, claim.key, fault.error, now)
        if not record.to_person and (record.of_channel or claim.assessment_id is not None):
            refused = ChannelNotice(claim.channel_id, fault.error)
            await tell_facilitators(self._database, claim.workspace_id, claim.assessment_id, refused, now)


def _record(claim: Claim) -> KindRecord:
    return MessageKind(claim.kind).record


def _back_off(claim: Claim) -> timedelta:
    seconds: float = min(_FIRST_BACK_OFF * 2 ** min(claim.attempts, 10), _LONGEST_BACK_OFF)
    return timedelta(seconds=seconds)
