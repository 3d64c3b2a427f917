"""Socket Mode with a watchdog.

Slack's client retries a refused handshake for ever with the same address, whose ticket is stale by then. The
watchdog looks at the connection from outside, and replaces the client by one that asks for a new address.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.slack.faults import CALL_ERRORS, Limited, SlackFault, TokenFault, fault_of
from bot.log import logger

_log = logger(__name__)
# A peer that is gone never answers the closing handshake, for which the library waits ten seconds.
_CLOSE_SECONDS = 1.0
_NEVER_ALLOWED = frozenset({"missing_scope", "not_allowed_token_type"})


class SocketModeRefused(Exception):
    """Slack does not accept our app token; trying again would not help."""


class SocketModeConnection:
    """Keeps one working connection. Times are real seconds: they measure the network, not the assessment."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: SecretStr,
        web_client: Callable[[], AsyncWebClient],
        *,
        check_every: float = 2.0,
        dead_after: float = 15.0,
        ping_every: float = 5.0,
    ) -> None:
        self._app = app
        self._token = app_token
        self._web_client = web_client
        self._check_every = check_every
        self._dead_after = dead_after
        self._ping_every = ping_every
        self._client: SocketModeClient | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._alive_at = time.monotonic()
        self._patience = dead_after
        self._refusals = 0
        self._closed = asyncio.Event()

    async def connected(self) -> bool:
        """Whether there is a live connection at this moment."""
        return self._client is not None and await self._client.is_connected()

    async def run(self) -> None:
        """Connect, and watch until closed.

        Raises:
            SocketModeRefused: the app token is not good, or lacks connections:write.
        """
        await self._replace()
        while not self._closed.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closed.wait(), self._check_every)
            if self._closed.is_set():
                return
            if await self.connected():
                self._alive_at = time.monotonic()
            elif time.monotonic() - self._alive_at >= self._patience:
                _log.warning("socket_dead", seconds=round(time.monotonic() - self._alive_at))
                await self._replace()

    async def close(self) -> None:
        """Take nothing more from Slack. What was not acknowledged goes to another replica or comes again."""
        self._closed.set()
        await self._drop_client()

    async def _replace(self) -> None:
        await self._drop_client()
        web_client = self._web_client()
        try:
            address = await self._ask_for_address(web_client)
        except SlackFault as fault:
            if isinstance(fault, TokenFault) or fault.error in _NEVER_ALLOWED:
                raise SocketModeRefused(fault.error) from None
            self._refusals += 1
            wait = fault.seconds if isinstance(fault, Limited) else self._check_every * 2**self._refusals
            self._patience = min(wait, self._dead_after)
            _log.warning("socket_address_refused", error=fault.error)
            return
        finally:
            self._alive_at = time.monotonic()
        # Asked last of all, since we may have been closed at any time before.
        if address is not None and not self._closed.is_set():
            self._refusals, self._patience = 0, self._dead_after
            self._begin_connecting(web_client, address)

    async def _ask_for_address(self, web_client: AsyncWebClient) -> str | None:
        """A new address, good for one connection; None when we are closed meanwhile."""
        asking = asyncio.ensure_future(
            web_client.apps_connections_open(app_token=self._token.get_secret_value())
        )
        closing = asyncio.ensure_future(self._closed.wait())
        try:
            await asyncio.wait({asking, closing}, return_when=asyncio.FIRST_COMPLETED)
            return str(asking.result()["url"]) if asking.done() else None
        except CALL_ERRORS as error:
            raise fault_of(error) from None
        finally:
            asking.cancel()
            closing.cancel()
            await asyncio.gather(asking, closing, return_exceptions=True)

    def _begin_connecting(self, web_client: AsyncWebClient, address: str) -> None:
        client = SocketModeClient(
            app_token=self._token.get_secret_value(),
            web_client=web_client,
            logger=logging.getLogger("slack_sdk.socket_mode"),
            ping_interval=self._ping_every,
        )
        client.wss_uri = address
        client.socket_mode_request_listeners.append(self._handle)
        self._client = client
        self._connecting = asyncio.ensure_future(self._connect(client))

    async def _connect(self, client: SocketModeClient) -> None:
        try:
            await client.connect()  # type: ignore[no-untyped-call]
        except Exception as error:
            _log.warning("socket_not_connected", error=type(error).__name__)

    async def _drop_client(self) -> None:
        client, self._client = self._client, None
        connecting, self._connecting = self._connecting, None
        if client is not None:
            # Before cancelling, so that its endless retry sees that it is over.
            client.closed = True
        if connecting is not None:
            connecting.cancel()
            await asyncio.gather(connecting, return_exceptions=True)
        if client is not None:
            await _close(client)

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        start = time.time()
        response = await run_async_bolt_app(self._app, request)
        await send_async_response(client, request, response, start)


async def _close(client: SocketModeClient) -> None:
    """Close a client and everything of it, politely if the peer still answers."""
    with suppress(Exception):
        await asyncio.wait_for(client.close(), _CLOSE_SECONDS)  # type: ignore[no-untyped-call]
    for task in (client.message_processor, client.current_session_monitor, client.message_receiver):
        if task is not None:
            task.cancel()
    with suppress(Exception):
        await client.aiohttp_client_session.close()
