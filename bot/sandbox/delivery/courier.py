"""Brings events and interactions to the bot, and brings events again when they were not acknowledged."""

import asyncio
from datetime import timedelta

from bot.sandbox.delivery.parcels import Parcel, ParcelKind, Receipt, Transport
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.workspace import Workspace

# Seconds on the sandbox's clock before each try, the first included (docs.slack.dev/apis/events-api).
_DELAYS = (0.0, 0.0, 60.0, 300.0)
_LATEST = timedelta(hours=2)


class Courier:
    """Sends parcels by whichever transport is set."""

    def __init__(self, slack: Workspace, transport: Transport) -> None:
        """Send for `slack` by `transport`."""
        self._slack = slack
        self._transport = transport
        self._transports = [transport]
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way = 0
        self.lose_acks = 0
        self.last: Parcel | None = None
        self.lost_events: list[str] = []

    @property
    def transport(self) -> Transport:
        """The way to the bot at present."""
        return self._transport

    def use(self, transport: Transport) -> None:
        """Send by another transport from now on; the one before is closed at the end."""
        self._transport = transport
        self._transports.append(transport)

    @property
    def under_way(self) -> int:
        """How many parcels have been sent and not yet been answered."""
        return self._under_way

    def event(self, payload: Json) -> None:
        """Send an event, in the background, with retries."""
        parcel = self._parcel(ParcelKind.EVENT, payload, accepts=False)
        self.last = parcel
        self._start(parcel)

    async def interaction(self, payload: Json) -> Receipt:
        """Send an interaction once and return what came of it."""
        accepts = payload["type"] in ("view_submission", "block_suggestion")
        return await self._once(self._parcel(ParcelKind.INTERACTIVE, payload, accepts=accepts))

    async def command(self, payload: Json) -> Receipt:
        """Send a slash command once and return what came of it."""
        return await self._once(self._parcel(ParcelKind.COMMAND, payload, accepts=True))

    async def again(self) -> Receipt:
        """Send the last parcel once more, the same in every id.

        Raises:
            LookupError: When nothing has been sent yet.
        """
        if self.last is None:
            raise LookupError("nothing has been sent yet")
        attempt = 1 if self.last.kind is ParcelKind.EVENT else 0
        return await self._attempt(self.last, attempt, "timeout" if attempt else None)

    async def close(self) -> None:
        """Stop all retries and the transport."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for transport in self._transports:
            await transport.close()

    def _parcel(self, kind: ParcelKind, payload: Json, *, accepts: bool) -> Parcel:
        return Parcel(kind, payload, self._slack.next_envelope_id(), accepts)

    def _start(self, parcel: Parcel) -> None:
        task = asyncio.create_task(self._with_retries(parcel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _once(self, parcel: Parcel) -> Receipt:
        self.last = parcel
        if not self._slack.installed or not self._transport.is_open:
            return Receipt(False, reason="dispatch_failed", reached=False)
        return await self._attempt(parcel, 0, None)

    async def _with_retries(self, parcel: Parcel) -> None:
        born = self._slack.moment()
        reason: str | None = None
        for attempt, delay in enumerate(_DELAYS):
            if delay:
                await self._slack.clock.sleep(delay)
            if not self._transport.is_open:
                if attempt == 0:
                    reason = "timeout"
                    continue
                await self._transport.wait_open()
            if self._slack.moment() - born > _LATEST:
                break
            receipt = await self._attempt(parcel, attempt, reason)
            if receipt.acknowledged or receipt.no_retry:
                return
            reason = receipt.reason
        self.lost_events.append(str(parcel.payload["event_id"]))

    async def _attempt(self, parcel: Parcel, attempt: int, reason: str | None) -> Receipt:
        self._under_way += 1
        try:
            receipt = await self._transport.send(parcel, attempt, reason)
        finally:
            self._under_way -= 1
            self._slack.changes.note()
        if receipt.acknowledged and self.lose_acks > 0:
            self.lose_acks -= 1
            return Receipt(False, reason="timeout")
        return receipt
