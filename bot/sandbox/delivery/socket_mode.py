"""Socket Mode: tickets, WebSockets, envelopes and acknowledgements.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode.
"""

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.sandbox.delivery.parcels import Parcel, ParcelKind, Receipt
from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.workspace import Workspace

# About how long before the end Slack warns, in seconds.
_NOTICE = 10.0
_CONNECTION_LIFE = 18_060
REASONS = ("warning", "refresh_requested", "link_disabled")


@dataclass(eq=False)
class _Link:
    """One open WebSocket and the envelopes it has not acknowledged."""

    socket: web.WebSocketResponse
    request: web.Request
    pending: list[tuple[str, asyncio.Future[Json | None]]] = field(default_factory=list)
    leaving: bool = False


class SocketMode:
    """All the bot's sockets. Every envelope goes to one of them, in turn."""

    def __init__(self, slack: Workspace) -> None:
        """Begin with no socket open."""
        self._slack = slack
        self._links: list[_Link] = []
        self._turn = 0
        self._tickets: dict[str, float] = {}
        self._opened = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self.refuse = 0
        self.disabled = False

    @property
    def is_open(self) -> bool:
        """Whether a socket is open."""
        return bool(self._links)

    @property
    def open_count(self) -> int:
        """How many sockets are open."""
        return len(self._links)

    async def wait_open(self) -> None:
        """Return as soon as a socket is open."""
        while not self._links:
            self._opened.clear()
            await self._opened.wait()

    def ticket(self) -> str:
        """Return a fresh WebSocket URL, good for one connection.

        Raises:
            SlackRefusal: When Socket Mode was switched off for the app.
        """
        if self.disabled:
            raise SlackRefusal("forbidden")
        number = self._slack.next_number()
        ticket = f"{number:08x}-{number * 40503 % 2**16:04x}"
        self._tickets[ticket] = time.monotonic()
        host = self._slack.base_url.removeprefix("http://")
        return f"ws://{host}/link/?ticket={ticket}&app_id={self._slack.world.app_id}"

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Answer a WebSocket handshake and serve the socket until it closes."""
        if self.refuse > 0:
            self.refuse -= 1
            return web.Response(status=503, text="refused on order")
        born = self._tickets.pop(request.query.get("ticket", ""), None)
        if born is None or time.monotonic() - born > self._slack.rules.ticket_seconds:
            return web.Response(status=408, text="invalid or expired ticket")
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self._links) >= self._slack.rules.max_sockets:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await self._serve(_Link(socket, request))
        return socket

    async def send(self, parcel: Parcel, attempt: int, reason: str | None) -> Receipt:
        """Send an envelope to the next socket and wait for its acknowledgement."""
        link = self._next_link()
        if link is None:
            return Receipt(False, reason="timeout", reached=False)
        waiting: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        link.pending.append((parcel.envelope_id, waiting))
        try:
            await link.socket.send_str(json.dumps(_envelope(parcel, attempt, reason)))
            answer = await asyncio.wait_for(waiting, self._slack.rules.ack_seconds)
        except (TimeoutError, ConnectionError):
            return Receipt(False, reason="timeout")
        finally:
            link.pending.remove((parcel.envelope_id, waiting))
        return Receipt(True, answer)

    async def disconnect(self, reason: str) -> None:
        """Tell every socket that it is about to be closed, and close it when the time has come.

        Args:
            reason: `warning`, `refresh_requested` or `link_disabled`, which closes at once and for good.
        """
        if reason == "link_disabled":
            self.disabled = True
        for link in list(self._links):
            link.leaving = True
            with suppress(ConnectionError):
                await link.socket.send_json(
                    {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
                )
            task = asyncio.create_task(self._close_later(link, 0 if self.disabled else _NOTICE))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def drop(self) -> int:
        """Break every socket off without a word, and return how many there were."""
        links = list(self._links)
        for link in links:
            self._forget(link)
            if link.request.transport is not None:
                link.request.transport.abort()
        return len(links)

    async def close(self) -> None:
        """Close every socket."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for link in list(self._links):
            with suppress(ConnectionError):
                await link.socket.close()
            self._forget(link)

    async def _serve(self, link: _Link) -> None:
        self._links.append(link)
        try:
            await link.socket.send_json(self._hello())
            self._opened.set()
            self._slack.changes.note()
            async for message in link.socket:
                if message.type is WSMsgType.TEXT:
                    _acknowledge(link, str(message.data))
        except ConnectionError:
            pass
        finally:
            self._forget(link)

    def _forget(self, link: _Link) -> None:
        if link in self._links:
            self._links.remove(link)
        for _, waiting in link.pending:
            if not waiting.done():
                waiting.set_exception(ConnectionError("the socket closed"))
        self._slack.changes.note()

    def _next_link(self) -> _Link | None:
        staying = [link for link in self._links if not link.leaving] or self._links
        if not staying:
            return None
        self._turn += 1
        return staying[self._turn % len(staying)]

    async def _close_later(self, link: _Link, seconds: float) -> None:
        await self._slack.clock.sleep(seconds)
        with suppress(ConnectionError):
            await link.socket.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._links),
            "connection_info": {"app_id": self._slack.world.app_id},
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": _CONNECTION_LIFE,
            },
        }


def _envelope(parcel: Parcel, attempt: int, reason: str | None) -> Json:
    envelope: Json = {
        "envelope_id": parcel.envelope_id,
        "payload": parcel.payload,
        "type": parcel.kind.value,
        "accepts_response_payload": parcel.accepts_response_payload,
    }
    if parcel.kind is ParcelKind.EVENT:
        envelope |= {"retry_attempt": attempt, "retry_reason": reason or ""}
    return envelope


def _acknowledge(link: _Link, text: str) -> None:
    """Take an acknowledgement; one that is late, unknown or not JSON is nothing, as with Slack."""
    try:
        answer = json.loads(text)
    except ValueError:
        return
    if not isinstance(answer, dict):
        return
    payload = answer.get("payload")
    for envelope_id, waiting in link.pending:
        if envelope_id == answer.get("envelope_id") and not waiting.done():
            waiting.set_result(payload if isinstance(payload, dict) else None)
