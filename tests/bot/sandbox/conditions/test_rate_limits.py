"""The limits: one post a second for each channel, tiers for each method."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import SandboxClient
from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.conditions.rate_limits import WINDOW, Allowance, RateLimits
from bot.sandbox.workspace.world import NIA, PRIVATE_CHANNEL, TEAM_CHANNEL
from tests.bot.sandbox.bare_bot import refused

START = datetime(2026, 11, 23, tzinfo=UTC)


async def test_a_second_post_within_a_second_is_refused(api: AsyncWebClient, slack: SandboxClient) -> None:
    await api.chat_postMessage(channel=TEAM_CHANNEL, text="a")
    refusal = await refused(api.chat_postMessage(channel=TEAM_CHANNEL, text="b"))
    assert refusal.response.status_code == 429
    assert refusal.response["error"] == "ratelimited"
    assert refusal.response.headers["Retry-After"] == "1"
    assert (await api.chat_postMessage(channel=PRIVATE_CHANNEL, text="another channel"))["ok"]
    await slack.advance(1)
    assert (await api.chat_postMessage(channel=TEAM_CHANNEL, text="b"))["ok"]
    assert [message.text for message in await slack.messages(TEAM_CHANNEL)] == ["a", "b"]


async def test_a_person_and_their_direct_messages_are_one_channel(api: AsyncWebClient) -> None:
    posted = await api.chat_postMessage(channel=NIA, text="a")
    refusal = await refused(api.chat_postMessage(channel=posted["channel"], text="b"))
    assert refusal.response.status_code == 429


async def test_a_burst_can_be_allowed_and_limits_switched_off(
    api: AsyncWebClient, slack: SandboxClient
) -> None:
    await slack.set_rules(post_burst=3)
    for _ in range(3):
        await api.chat_postMessage(channel=TEAM_CHANNEL, text="x")
    assert (await refused(api.chat_postMessage(channel=TEAM_CHANNEL, text="x"))).response.status_code == 429
    await slack.set_rules(rate_limits=False)
    assert (await api.chat_postMessage(channel=TEAM_CHANNEL, text="x"))["ok"]


async def test_a_tier_is_counted_for_each_method(api: AsyncWebClient, slack: SandboxClient) -> None:
    for _ in range(20):
        await api.users_list()
    refusal = await refused(api.users_list())
    assert refusal.response.status_code == 429
    assert int(refusal.response.headers["Retry-After"]) == 60
    assert (await api.users_info(user=NIA))["ok"]
    await slack.advance(60)
    assert (await api.users_list())["ok"]


@settings(deadline=None)
@given(st.lists(st.floats(0, 3), min_size=1, max_size=40))
def test_no_more_than_one_post_a_second_ever_passes(pauses: list[float]) -> None:
    clock = SandboxClock(START, speed=0)
    limits = RateLimits(clock)
    allowance = Allowance(None)
    passed: list[float] = []
    for pause in pauses:
        clock.advance(pause)
        wait = limits.wait("chat.postMessage", allowance, "C1")
        if wait == 0:
            passed.append(clock.now().timestamp())
        assert wait in (0, 1)
    assert all(later - earlier > 0.999 for earlier, later in zip(passed, passed[1:], strict=False))


@settings(deadline=None)
@given(st.lists(st.floats(0, 2), max_size=40), st.integers(1, 3))
def test_a_post_that_waits_as_told_is_let_through(pauses: list[float], burst: int) -> None:
    clock = SandboxClock(START, speed=0)
    limits = RateLimits(clock)
    for pause in pauses:
        clock.advance(pause)
        wait = limits.wait("chat.postMessage", Allowance(None, burst), "C1")
        clock.advance(wait)
        assert wait == 0 or limits.wait("chat.postMessage", Allowance(None, burst), "C1") == 0


@settings(deadline=None)
@given(st.lists(st.floats(0, 10), max_size=80))
def test_whoever_waits_as_told_is_let_through(pauses: list[float]) -> None:
    clock = SandboxClock(START, speed=0)
    limits = RateLimits(clock)
    passed: list[float] = []
    for pause in pauses:
        clock.advance(pause)
        wait = limits.wait("users.list", Allowance("T2"), None)
        if wait:
            clock.advance(wait)
            assert limits.wait("users.list", Allowance("T2"), None) == 0
        passed.append(clock.now().timestamp())
    assert all(later - earlier >= WINDOW for earlier, later in zip(passed, passed[20:], strict=False))
