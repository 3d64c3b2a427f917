"""The dispatcher: brings Slack into line with the database, one message at a time and never twice.

Claim and commit; note that the post begins and commit; post; record where it is and commit. After a crash
between the last two, the next claim finds that a post had begun and looks for the message by its key before
it posts again.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from bot.clock import Clock
from bot.delivery.faults import (
    ChannelClosedToUs,
    Limited,
    MessageGone,
    NotDone,
    PayloadFault,
    SlackFault,
    ThreadGone,
    TokenFault,
    Uncertain,
)
from bot.delivery.rendering import Picture, Renderer
from bot.delivery.sending import Sender
from bot.delivery.slack import Slack
from bot.log import logger
from bot.services.assessing import REDRAW_AFTER
from bot.services.notices import tell_facilitators
from bot.services.projection import MessageKind
from bot.services.redrawing import redraw_board
from storage.claims import Begun, Claim
from storage.database import Database
from storage.errors import StorageUnavailable

_log = logger(__name__)

# Longer than any call to Slack takes with its time-out, so that nobody else takes over a post under way.
LEASE = timedelta(seconds=90)
# Slack allows about one post a second in a channel; a little more keeps clear of the edge.
POST_INTERVAL = timedelta(seconds=1.05)
_BATCH = 20
_SHORT_WAIT = timedelta(seconds=3)
_LONGEST_NAP = 30.0
_FIRST_BACK_OFF = 2.0
_LONGEST_BACK_OFF = 300.0
_TOKEN_WAIT = timedelta(minutes=5)


@dataclass(frozen=True)
class Due:
    """One claimed message with the Slack of its workspace."""

    claim: Claim
    slack: Slack


class Dispatcher:
    """Delivers what the outbox holds. Several may run, in one process or many."""

    def __init__(
        self, database: Database, clock: Clock, renderer: Renderer, slack_of: Callable[[str], Slack]
    ) -> None:
        self._database = database
        self._outbox = database.outbox
        self._clock = clock
        self._renderer = renderer
        self._slack_of = slack_of
        self._sender = Sender()
        self._owner = uuid4().hex
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    def stop(self) -> None:
        """Finish what is under way, and begin nothing more."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Deliver until stopped. A fault of the database is waited out; it never ends the loop."""
        while not self._stopping:
            self._wake.clear()
            try:
                delivered = await self.run_once()
                nap = 0.0 if delivered else await self._nap_length()
            except StorageUnavailable:
                _log.warning("database_unavailable")
                nap = _FIRST_BACK_OFF
            except Exception:
                # Whatever it is, a dispatcher that stops for good is worse: nothing would ever arrive.
                _log.exception("dispatcher_failed", error_id=uuid4().hex[:8])
                nap = _FIRST_BACK_OFF
            if nap > 0:
                await self._nap(nap)

    async def run_once(self) -> int:
        """Deliver one batch; the answer is how many messages were claimed."""
        claims = await self._outbox.claim(owner=self._owner, now=self._clock.now(), lease=LEASE, limit=_BATCH)
        by_channel: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in claims:
            by_channel[(claim.workspace_id, claim.channel_id)].append(claim)
        await asyncio.gather(*(self._deliver_in_order(batch) for batch in by_channel.values()))
        return len(claims)

    async def _nap_length(self) -> float:
        due = await self._outbox.next_due(now=self._clock.now())
        if due is None:
            return _LONGEST_NAP
        return min(max((due - self._clock.now()).total_seconds(), 0.01), _LONGEST_NAP)

    async def _nap(self, seconds: float) -> None:
        """Sleep on our clock, or until woken."""
        nap = asyncio.ensure_future(self._clock.sleep(seconds))
        woken = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait({nap, woken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (nap, woken):
                task.cancel()
            await asyncio.gather(nap, woken, return_exceptions=True)

    async def _deliver_in_order(self, claims: list[Claim]) -> None:
        """Messages of one channel go out one after the other, so that they stand in order."""
        for claim in claims:
            if self._stopping:
                await self._outbox.defer(claim, due_at=self._clock.now())
                continue
            try:
                await self._deliver(Due(claim, self._slack_of(claim.workspace_id)))
            except StorageUnavailable:
                _log.warning("database_unavailable", message=claim.key)
            except Exception:
                # Our bug: keep the message, say so with an id, and carry on with the others.
                error_id = uuid4().hex[:8]
                _log.exception("delivery_failed", error_id=error_id, kind=claim.kind)
                await self._put_back(claim, f"internal:{error_id}", certainly_not_posted=False)

    async def _deliver(self, due: Due) -> None:
        claim = due.claim
        if claim.ts is None and not await self._my_turn(claim):
            return
        begun = await self._outbox.begin(claim, now=self._clock.now(), lease=LEASE)
        if begun is None:
            return
        try:
            await self._bring_into_line(due, begun)
        except SlackFault as fault:
            await self._after_fault(due, fault)

    async def _my_turn(self, claim: Claim) -> bool:
        """Wait for this channel's pace if it is short; else leave the message for later."""
        while True:
            turn = await self._outbox.take_turn(
                workspace_id=claim.workspace_id,
                channel_id=claim.channel_id,
                now=self._clock.now(),
                interval=POST_INTERVAL,
            )
            if turn is None:
                return True
            wait = turn - self._clock.now()
            if wait > _SHORT_WAIT or self._stopping:
                await self._outbox.defer(claim, due_at=turn)
                return False
            await self._clock.sleep(max(wait.total_seconds(), 0.001))

    async def _bring_into_line(self, due: Due, begun: Begun) -> None:
        claim = due.claim
        rendered = await self._renderer.render(claim, due.slack)
        if rendered is None:
            await self._outbox.drop(claim)
            return
        if isinstance(rendered, Picture):
            posted = await self._sender.picture(due.slack, claim, begun, rendered)
        else:
            posted = await self._sender.message(due.slack, claim, begun, rendered)
        now = self._clock.now()
        await self._outbox.delivered(
            claim,
            ts=posted.ts,
            channel_id=posted.channel_id,
            generation=begun.generation,
            now=now,
            redraw_after=REDRAW_AFTER,
        )
        if claim.ts is None and claim.kind == MessageKind.DIMENSION and claim.assessment_id is not None:
            # The board links to the thread, which exists only now.
            await redraw_board(self._database, claim.workspace_id, claim.assessment_id, now)
            self.wake()

    async def _after_fault(self, due: Due, fault: SlackFault) -> None:
        claim, now = due.claim, self._clock.now()
        _log.warning("slack_fault", error=fault.error, kind=claim.kind, message=claim.key)
        match fault:
            case Limited():
                await self._after_limit(claim, now + timedelta(seconds=fault.seconds))
            case ChannelClosedToUs():
                await self._after_channel_closed(claim, fault, now)
            case MessageGone():
                await self._outbox.forget_posted(claim)
            case ThreadGone():
                await self._outbox.forget_thread(claim, now=now)
            case TokenFault():
                await self._outbox.put_back(
                    claim, due_at=now + _TOKEN_WAIT, error=fault.error, certainly_not_posted=True
                )
            case Uncertain():
                await self._put_back(claim, fault.error, certainly_not_posted=False)
            case PayloadFault() | NotDone() | _:
                await self._put_back(claim, fault.error, certainly_not_posted=True)

    async def _after_limit(self, claim: Claim, until: datetime) -> None:
        if claim.ts is None:
            await self._outbox.hold_channel(
                workspace_id=claim.workspace_id, channel_id=claim.channel_id, until=until
            )
        await self._outbox.defer(claim, due_at=until)

    async def _after_channel_closed(self, claim: Claim, fault: SlackFault, now: datetime) -> None:
        await self._outbox.block(claim, reason=fault.error)
        if claim.kind == MessageKind.NOTICE or claim.assessment_id is None:
            return
        await tell_facilitators(
            self._database, claim.workspace_id, claim.assessment_id, claim.channel_id, fault.error, now
        )
        self.wake()

    async def _put_back(self, claim: Claim, error: str, *, certainly_not_posted: bool) -> None:
        seconds = min(_FIRST_BACK_OFF * 2 ** min(claim.attempts, 10), _LONGEST_BACK_OFF)
        await self._outbox.put_back(
            claim,
            due_at=self._clock.now() + timedelta(seconds=seconds),
            error=error,
            certainly_not_posted=certainly_not_posted,
        )
