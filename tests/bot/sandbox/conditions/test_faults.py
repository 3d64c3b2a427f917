"""Faults on order, as the real slack_sdk client meets them."""

import time

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import SandboxClient, SandboxError
from bot.sandbox.workspace.world import PRIVATE_CHANNEL, TEAM_CHANNEL
from tests.bot.sandbox.bare_bot import error_of, refused


@pytest.fixture(autouse=True)
async def no_rate_limits(slack: SandboxClient) -> None:
    await slack.set_rules(rate_limits=False)


async def posted(slack: SandboxClient) -> list[str]:
    return [message.text for message in await slack.messages(TEAM_CHANNEL)]


async def test_429_for_so_many_calls(api: AsyncWebClient, slack: SandboxClient) -> None:
    await slack.fault("rate_limited", "chat.postMessage", seconds=7, times=2)
    for _ in range(2):
        refusal = await refused(api.chat_postMessage(channel=TEAM_CHANNEL, text="x"))
        assert refusal.response.status_code == 429
        assert refusal.response.headers["Retry-After"] == "7"
    await api.chat_postMessage(channel=TEAM_CHANNEL, text="third")
    assert await posted(slack) == ["third"]


@pytest.mark.parametrize("status", [500, 503])
async def test_a_broken_server(api: AsyncWebClient, slack: SandboxClient, status: int) -> None:
    await slack.fault("http_error", "chat.postMessage", status=status)
    refusal = await refused(api.chat_postMessage(channel=TEAM_CHANNEL, text="x"))
    assert refusal.response.status_code == status
    assert await posted(slack) == []


async def test_any_error_string(api: AsyncWebClient, slack: SandboxClient) -> None:
    await slack.fault("api_error", "chat.postMessage", error="fatal_error")
    assert await error_of(api.chat_postMessage(channel=TEAM_CHANNEL, text="x")) == "fatal_error"


async def test_a_connection_that_breaks_before_or_after_the_write(
    api: AsyncWebClient, slack: SandboxClient
) -> None:
    for kind in ("drop_before", "drop_after"):
        await slack.fault(kind, "chat.postMessage")
        with pytest.raises(aiohttp.ClientConnectionError):
            await api.chat_postMessage(channel=TEAM_CHANNEL, text=kind)
    assert await posted(slack) == ["drop_after"]
    assert [call.status for call in await slack.calls("chat.postMessage")] == [0, 200]


async def test_silence_before_the_write(api: AsyncWebClient, slack: SandboxClient) -> None:
    await slack.fault("hang_before", "chat.postMessage", seconds=0.05)
    with pytest.raises(aiohttp.ClientConnectionError):
        await api.chat_postMessage(channel=TEAM_CHANNEL, text="x")
    assert await posted(slack) == []


async def test_a_slow_answer(api: AsyncWebClient, slack: SandboxClient) -> None:
    await slack.fault("slow", "chat.postMessage", seconds=0.1)
    begun = time.monotonic()
    assert (await api.chat_postMessage(channel=TEAM_CHANNEL, text="x"))["ok"]
    assert time.monotonic() - begun >= 0.1


async def test_a_fault_for_one_channel_after_some_calls_that_go_well(
    api: AsyncWebClient, slack: SandboxClient
) -> None:
    await slack.fault("api_error", "chat.postMessage", channel=TEAM_CHANNEL, skip=1, error="fatal_error")
    await api.chat_postMessage(channel=TEAM_CHANNEL, text="first")
    await api.chat_postMessage(channel=PRIVATE_CHANNEL, text="elsewhere")
    assert await error_of(api.chat_postMessage(channel=TEAM_CHANNEL, text="second")) == "fatal_error"
    assert await posted(slack) == ["first"]


async def test_orders_can_be_forgotten_and_must_make_sense(api: AsyncWebClient, slack: SandboxClient) -> None:
    await slack.fault("drop_before")
    await slack.clear_faults()
    assert (await api.auth_test())["ok"]
    for wrong in ({"kind": "explode"}, {"kind": "slow", "times": 0}, {"kind": "slow", "colour": "red"}):
        with pytest.raises(SandboxError):
            await slack.fault(**wrong)
