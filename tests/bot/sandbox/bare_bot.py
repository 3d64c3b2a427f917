"""A bot reduced to its socket, and the refusals of the Web API."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox

Json = dict[str, Any]


class RawBot:
    """Opens sockets, collects what comes, and acknowledges as told."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.received: asyncio.Queue[Json] = asyncio.Queue()
        self.sockets: list[aiohttp.ClientWebSocketResponse] = []
        self.came_by: list[int] = []
        self.silent = False
        self.answer: Json | None = None
        self.hellos: list[Json] = []
        self._session: aiohttp.ClientSession | None = None
        self._readers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "RawBot":
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        for socket in self.sockets:
            await socket.close()
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)
        assert self._session is not None
        await self._session.close()

    async def url(self) -> str:
        client = AsyncWebClient(token=self.sandbox.app_token, base_url=self.sandbox.api_url)
        return str((await client.apps_connections_open(app_token=self.sandbox.app_token))["url"])

    async def connect(self, url: str | None = None) -> aiohttp.ClientWebSocketResponse:
        assert self._session is not None
        socket = await self._session.ws_connect(url or await self.url())
        self.hellos.append(await socket.receive_json())
        self.sockets.append(socket)
        self._readers.append(asyncio.create_task(self._read(socket, len(self.sockets) - 1)))
        return socket

    def fall_silent(self) -> None:
        """Acknowledge nothing from now on, and have the sandbox wait only a moment."""
        self.silent = True
        self.sandbox.workspace.rules = self.sandbox.workspace.rules.changed({"ack_seconds": 0.05})

    async def next(self) -> Json:
        return await asyncio.wait_for(self.received.get(), 10)

    async def next_event(self) -> Json:
        envelope = await self.next()
        event: Json = envelope["payload"]["event"]
        return event

    async def _read(self, socket: aiohttp.ClientWebSocketResponse, number: int) -> None:
        async for message in socket:
            envelope = message.json()
            if "envelope_id" in envelope:
                self.came_by.append(number)
                if not self.silent:
                    reply = {"envelope_id": envelope["envelope_id"]}
                    await socket.send_json(reply | ({"payload": self.answer} if self.answer else {}))
            self.received.put_nowait(envelope)


async def refused(call: Any) -> SlackApiError:
    """Return the refusal that a call of the Web API ended with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value


async def error_of(call: Any) -> str:
    """Return the error string that a call of the Web API ended with."""
    return str((await refused(call)).response["error"])


def button(action_id: str = "go", label: str = "Go", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(label), **more}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def text_input(action_id: str = "why", label: str = "Why", block_id: str = "b", **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": action_id, **more}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element}


def modal(*blocks: Json, **more: Any) -> Json:
    view = {"type": "modal", "title": plain("Title"), "blocks": list(blocks)}
    if any(block["type"] == "input" for block in blocks):
        view["submit"] = plain("Save")
    return view | more
