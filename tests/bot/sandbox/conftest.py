"""A sandbox of its own for every test, with clients to the Web API and to the control API."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import PersonHandle, SandboxClient
from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import NIA
from tests.bot.sandbox.bare_bot import RawBot

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SandboxClock:
    """A clock that moves only when told to, so no test depends on how fast the machine is."""
    return SandboxClock(START, speed=0)


@pytest.fixture
async def sandbox(clock: SandboxClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock) as running:
        yield running


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


@pytest.fixture
async def slack(sandbox: Sandbox) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(sandbox.control_url) as client:
        yield client


@pytest.fixture
async def nia(slack: SandboxClient) -> PersonHandle:
    return slack.person(NIA)


@pytest.fixture
async def raw_bot(sandbox: Sandbox) -> AsyncIterator[RawBot]:
    """A bot that is one bare WebSocket: it shows what really goes over the wire."""
    async with RawBot(sandbox) as running:
        await running.connect()
        yield running
