"""A real Bolt app, over Socket Mode and over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import PersonHandle, SandboxClient
from bot.sandbox.delivery.http import HttpDelivery
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import NIA, TEAM_CHANNEL
from tests.bot.sandbox.bare_bot import actions, button, modal, text_input


class TinyBot:
    """A bot of one command, one button, one modal and one event."""

    def __init__(self, sandbox: Sandbox, secret: str | None = None) -> None:
        self.texts: list[str] = []
        client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        self.app = AsyncApp(client=client, signing_secret=secret or sandbox.signing_secret)
        self.app.command("/milepost")(self.command)
        self.app.action("open")(self.press)
        self.app.view("why")(self.submitted)
        self.app.event("message")(self.message)

    async def command(self, ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack("On it")
        card = [actions(button("open", "Open"))]
        await client.chat_postMessage(channel=body["channel_id"], text="card", blocks=card)

    async def press(self, ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        view = modal(text_input("why"), callback_id="why")
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    async def submitted(self, ack: Any, view: dict[str, Any]) -> None:
        text = view["state"]["values"]["b"]["why"]["value"]
        if len(text) < 3:
            await ack(response_action="errors", errors={"b": "Too short"})
        else:
            await ack()
            self.texts.append(text)

    async def message(self, event: dict[str, Any]) -> None:
        self.texts.append(event["text"])


@pytest.fixture(autouse=True)
def no_slack_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def tiny(sandbox: Sandbox) -> TinyBot:
    return TinyBot(sandbox)


@pytest.fixture
async def over_sockets(sandbox: Sandbox, slack: SandboxClient, tiny: TinyBot) -> AsyncIterator[TinyBot]:
    handler = AsyncSocketModeHandler(tiny.app, sandbox.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    yield tiny
    await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def served(sandbox: Sandbox, tiny: TinyBot) -> AsyncIterator[HttpDelivery]:
    runner = web.AppRunner(tiny.app.server().web_app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield sandbox.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    await runner.cleanup()


async def play(slack: SandboxClient, nia: PersonHandle, tiny: TinyBot) -> None:
    started = await nia.command(TEAM_CHANNEL, "/milepost start")
    assert (started.acknowledged, started.text) == (True, "On it")
    seen = await slack.until(lambda seen: seen.messages(TEAM_CHANNEL))
    card = seen.messages(TEAM_CHANNEL)[0]
    assert (await nia.press(TEAM_CHANNEL, card.ts, label="Open")).acknowledged
    await slack.until(lambda seen: seen.modal(NIA))
    assert (await nia.submit({"Why": "x"})).errors == {"b": "Too short"}
    assert (await nia.submit({"Why": "because"})).errors == {}
    await nia.say(TEAM_CHANNEL, "hello")
    await slack.idle(quiet=0.05)
    assert tiny.texts == ["because", "hello"]
    assert await nia.modal() is None


async def test_the_same_bot_works_over_socket_mode(
    slack: SandboxClient, nia: PersonHandle, over_sockets: TinyBot
) -> None:
    await play(slack, nia, over_sockets)


async def test_the_same_bot_works_over_http(
    sandbox: Sandbox, slack: SandboxClient, nia: PersonHandle, tiny: TinyBot
) -> None:
    async with served(sandbox, tiny):
        await play(slack, nia, tiny)
        assert await slack.challenge()


async def test_bolt_refuses_what_is_not_signed_with_its_secret(sandbox: Sandbox, nia: PersonHandle) -> None:
    stranger = TinyBot(sandbox, secret="f" * 32)
    async with served(sandbox, stranger) as delivery:
        outcome = await nia.command(TEAM_CHANNEL, "/milepost")
        assert (outcome.acknowledged, outcome.error) == (False, "dispatch_failed")
        assert not await delivery.challenge()


class Ear:
    """A request URL that answers as told and remembers what came."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], str]] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.hang: asyncio.Event | None = None
        self.heard = asyncio.Event()

    async def handle(self, request: web.Request) -> web.Response:
        self.requests.append(({k.lower(): v for k, v in request.headers.items()}, await request.text()))
        self.heard.set()
        if self.hang is not None:
            await self.hang.wait()
        return web.Response(status=self.status, headers=self.headers)


@pytest.fixture
async def ear(sandbox: Sandbox) -> AsyncIterator[Ear]:
    listening = Ear()
    app = web.Application()
    app.router.add_post("/", listening.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    sandbox.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    yield listening
    if listening.hang is not None:
        listening.hang.set()
    await runner.cleanup()


async def test_events_are_retried_over_http_with_slacks_headers(
    slack: SandboxClient, nia: PersonHandle, ear: Ear
) -> None:
    ear.status = 500
    await nia.say(TEAM_CHANNEL, "hello")
    await slack.idle(quiet=0.03)
    assert len(ear.requests) == 2
    assert "x-slack-retry-num" not in ear.requests[0][0]
    assert ear.requests[1][0]["x-slack-retry-num"] == "1"
    assert ear.requests[1][0]["x-slack-retry-reason"] == "http_error"
    ear.headers = {"x-slack-no-retry": "1"}
    await slack.advance(60)
    await slack.idle(quiet=0.03)
    await slack.advance(300)
    await slack.idle(quiet=0.03)
    assert len(ear.requests) == 3


async def test_a_slow_url_is_a_time_out(slack: SandboxClient, nia: PersonHandle, ear: Ear) -> None:
    await slack.set_rules(ack_seconds=0.05)
    ear.hang = asyncio.Event()
    outcome = await nia.command(TEAM_CHANNEL, "/milepost")
    assert (outcome.acknowledged, outcome.error) == (False, "operation_timeout")


async def test_a_url_where_nobody_listens(sandbox: Sandbox, nia: PersonHandle) -> None:
    sandbox.deliver_to("http://127.0.0.1:9/")
    outcome = await nia.command(TEAM_CHANNEL, "/milepost")
    assert (outcome.acknowledged, outcome.error) == (False, "dispatch_failed")


async def test_how_each_kind_is_encoded(nia: PersonHandle, ear: Ear, slack: SandboxClient) -> None:
    await nia.command(TEAM_CHANNEL, "/milepost a b")
    await nia.shortcut("start")
    await nia.say(TEAM_CHANNEL, "hello")
    await slack.idle(quiet=0.03)
    types = [headers["content-type"] for headers, _ in ear.requests]
    assert types == ["application/x-www-form-urlencoded"] * 2 + ["application/json"]
    assert "text=a+b" in ear.requests[0][1]
    assert ear.requests[1][1].startswith("payload=%7B")
    assert all(headers["x-slack-signature"].startswith("v0=") for headers, _ in ear.requests)
