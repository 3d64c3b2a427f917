"""Socket Mode: whatever becomes of the connection, the bot comes back and handles everything once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.runtime import Runtime, running_bot
from bot.sandbox.client.client import SandboxClient
from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.server import Sandbox
from bot.starting.start_problem import StartProblem
from model.assessment.assessment import AssessmentState
from tests.bot.stage import QUICK_SOCKET, SPEED, Stage, settings_for, staged


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    """The database is not what these are about, so one engine is enough."""
    async with staged(sqlite_url, times=QUICK_SOCKET) as stage:
        yield stage


async def answers_a_command(stage: Stage) -> None:
    """The bot hears us and we see its answer."""
    await connected(stage.runtime, stage.slack)
    outcome = await stage.nia.command(stage.channel, "/milepost help")
    assert outcome.acknowledged, outcome
    await stage.whisper(stage.nia, "/milepost start")


async def connected(runtime: Runtime, slack: SandboxClient) -> None:
    """Wait until a socket is open, and the bot knows it."""
    await slack.until(lambda seen: seen.sockets > 0)
    async with asyncio.timeout(20):
        while not (await runtime.health())[0]:
            await asyncio.sleep(0.01)


async def addresses_asked_for(stage: Stage, times: int) -> None:
    """Wait until the bot has asked so often for an address."""
    await stage.slack.until(lambda seen: seen.calls("apps.connections.open") >= times, timeout=30)


async def test_a_dropped_socket_is_opened_again(stage: Stage) -> None:
    assert await stage.slack.drop_sockets() == 1
    await answers_a_command(stage)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_slack_asks_for_a_new_connection(stage: Stage, reason: str) -> None:
    before = len(await stage.slack.calls("apps.connections.open"))
    await stage.slack.disconnect(reason)
    await addresses_asked_for(stage, before + 1)
    await answers_a_command(stage)


async def test_socket_mode_is_switched_off_and_on(stage: Stage) -> None:
    await stage.slack.disconnect("link_disabled")
    await stage.slack.until(lambda seen: seen.sockets == 0)
    before = len(await stage.slack.calls("apps.connections.open"))
    await addresses_asked_for(stage, before + 2)
    healthy, facts = await stage.runtime.health()
    assert not healthy
    assert facts["slack"] == "not connected"
    stage.sandbox.sockets.disabled = False
    await answers_a_command(stage)


async def test_a_refused_handshake_gets_a_new_address(stage: Stage) -> None:
    before = len(await stage.slack.calls("apps.connections.open"))
    await stage.slack.refuse_handshakes(10_000)
    await stage.slack.drop_sockets()
    # One for the lost connection, and another since the first was refused again and again.
    await addresses_asked_for(stage, before + 2)
    await stage.slack.clear_faults()
    await answers_a_command(stage)


async def test_a_stale_address_is_not_tried_for_ever(stage: Stage) -> None:
    await stage.slack.set_rules(ticket_seconds=0.0)
    await stage.slack.drop_sockets()
    before = len(await stage.slack.calls("apps.connections.open"))
    await addresses_asked_for(stage, before + 2)
    await stage.slack.set_rules(ticket_seconds=30.0)
    await answers_a_command(stage)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "http_error", "status": 500},
        {"kind": "http_error", "status": 403},
        {"kind": "drop_before"},
        {"kind": "rate_limited", "seconds": 1},
        {"kind": "api_error", "error": "internal_error"},
    ],
    ids=lambda fault: fault.get("error") or f"{fault['kind']}{fault.get('status', '')}",
)
async def test_no_address_for_a_while_is_survived(stage: Stage, fault: dict[str, object]) -> None:
    await stage.slack.fault(method="apps.connections.open", times=3, **fault)  # type: ignore[arg-type]
    await stage.slack.drop_sockets()
    await answers_a_command(stage)


async def test_a_start_without_an_address_is_survived(sqlite_url: str) -> None:
    clock = SandboxClock(speed=SPEED)
    async with Sandbox(clock=clock) as sandbox, SandboxClient(sandbox.control_url) as slack:
        await slack.fault("http_error", "apps.connections.open", times=2)
        async with running_bot(settings_for(sandbox, sqlite_url), clock, QUICK_SOCKET) as runtime:
            await connected(runtime, slack)


async def test_a_start_while_slack_cannot_be_reached_waits(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.starting.signing_in._FIRST_WAIT", 0.01)
    clock = SandboxClock(speed=SPEED)
    async with Sandbox(clock=clock) as sandbox, SandboxClient(sandbox.control_url) as slack:
        await slack.fault("http_error", "auth.test", status=503)
        await slack.fault("drop_before", "auth.test")
        async with running_bot(settings_for(sandbox, sqlite_url), clock, QUICK_SOCKET) as runtime:
            await connected(runtime, slack)
        assert [call.status for call in await slack.calls("auth.test")] == [503, 0, 200]


async def test_a_wrong_app_token_ends_in_a_sentence(sqlite_url: str) -> None:
    clock = SandboxClock(speed=SPEED)
    async with Sandbox(clock=clock) as sandbox:
        settings = settings_for(sandbox, sqlite_url, slack_app_token="xapp-1-wrong")
        async with running_bot(settings, clock, QUICK_SOCKET) as runtime:
            with pytest.raises(
                StartProblem, match=r"SLACK_APP_TOKEN \(invalid_auth\).*connections:write"
            ) as told:
                await asyncio.wait_for(runtime.until_failure(), 5)
            assert "xapp-1-wrong" not in str(told.value)


async def test_a_wrong_bot_token_ends_in_a_sentence(sqlite_url: str) -> None:
    clock = SandboxClock(speed=SPEED)
    async with Sandbox(clock=clock) as sandbox:
        settings = settings_for(sandbox, sqlite_url, slack_bot_token="xoxb-wrong")
        with pytest.raises(StartProblem, match=r"SLACK_BOT_TOKEN \(invalid_auth\)"):
            async with running_bot(settings, clock, QUICK_SOCKET):
                raise AssertionError("it must not start")


async def test_a_press_that_comes_twice_is_recorded_once(stage: Stage) -> None:
    await stage.start("leadership")
    await stage.open("leadership")
    prompt = (await stage.assessment()).framework.dimension("leadership").prompts[0].id
    await stage.press_level(prompt, 2)
    await stage.whisper(stage.nia, "2 Developing")
    await stage.still()
    entries = await history(stage)
    again = await stage.slack.redeliver_last()
    assert again.acknowledged
    await stage.still()
    assert await history(stage) == entries


async def history(stage: Stage) -> int:
    """How many steps are on record."""
    assessment = await stage.assessment()
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        return len(await work.assessments.history(assessment.id))


async def test_a_form_that_comes_twice_starts_one_assessment(stage: Stage) -> None:
    assessment = await stage.start("leadership")
    await stage.slack.redeliver_last()
    await stage.still()
    assert (await stage.assessment()).id == assessment.id
    assert len(await history_of_boards(stage)) == 1


async def history_of_boards(stage: Stage) -> list[str]:
    seen = await stage.slack.seen()
    return [m.ts for m in seen.messages(stage.channel) if "board:" in str(m.metadata)]


async def test_an_event_whose_acknowledgement_is_lost_is_handled_once(stage: Stage) -> None:
    await stage.start("leadership")
    await stage.slack.lose_acks()
    await stage.nia.say(stage.channel, f"<@{stage.sandbox.bot_user_id}> pause")
    await stage.slack.advance(61)
    await stage.slack.advance(301)
    await stage.still()
    assert (await stage.assessment()).state is AssessmentState.PAUSED
    assert await history(stage) == 2, "begun, and paused once"


async def test_events_wait_while_no_socket_is_open(stage: Stage) -> None:
    await stage.start("leadership")
    await stage.open("leadership")
    await stage.still()
    await stage.slack.remove_bot(stage.channel)
    await stage.slack.idle()
    stage.sandbox.sockets.disabled = True
    await stage.slack.drop_sockets()
    await stage.slack.invite_bot(stage.channel)
    await stage.slack.idle(quiet=0.2)
    stage.sandbox.sockets.disabled = False
    await answers_a_command(stage)
    await stage.slack.advance(61)
    seen = await stage.still()
    assert seen.lost_events == []


async def test_a_socket_that_goes_silent_is_noticed(stage: Stage) -> None:
    """The peer stays open and says nothing more, as behind a firewall that forgot the connection."""
    [socket] = stage.runtime.sockets
    before = socket._client
    assert before is not None
    before.stale = True
    before.auto_reconnect_enabled = False
    async with asyncio.timeout(20):
        while socket._client is before:
            await asyncio.sleep(0.01)
    await answers_a_command(stage)


async def test_closing_during_a_request_for_an_address_leaves_nothing_behind(sqlite_url: str) -> None:
    clock = SandboxClock(speed=SPEED)
    async with Sandbox(clock=clock) as sandbox, SandboxClient(sandbox.control_url) as slack:
        async with AsyncExitStack() as stack:
            runtime = await stack.enter_async_context(
                running_bot(settings_for(sandbox, sqlite_url), clock, QUICK_SOCKET)
            )
            await connected(runtime, slack)
            await slack.fault("hang_before", "apps.connections.open", seconds=0.5)
            await slack.drop_sockets()
            await slack.until(lambda seen: seen.under_way > 0 or seen.sockets > 0)
            async with asyncio.timeout(3):
                await stack.aclose()
        assert await slack.sockets() == 0
