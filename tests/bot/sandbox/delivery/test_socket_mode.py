"""Socket Mode as it goes over the wire: tickets, envelopes, acknowledgements, retries, dropped sockets."""

import aiohttp
import pytest

from bot.sandbox.client.client import PersonHandle, SandboxClient
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import TEAM_CHANNEL
from tests.bot.sandbox.bare_bot import RawBot


async def test_hello_says_how_many_and_how_long(raw_bot: RawBot) -> None:
    (hello,) = raw_bot.hellos
    assert hello["type"] == "hello"
    assert hello["num_connections"] == 1
    assert hello["debug_info"]["approximate_connection_time"] > 0
    await raw_bot.connect()
    assert raw_bot.hellos[1]["num_connections"] == 2


async def test_a_ticket_is_good_once_and_not_for_long(raw_bot: RawBot, slack: SandboxClient) -> None:
    url = await raw_bot.url()
    await raw_bot.connect(url)
    fresh = await raw_bot.url()
    for stale in (url, url + "x", fresh):
        if stale == fresh:
            await slack.set_rules(ticket_seconds=0.0)
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await raw_bot.connect(stale)
        assert 400 <= refused.value.status < 500


async def test_handshakes_are_refused_on_order(raw_bot: RawBot, slack: SandboxClient) -> None:
    await slack.refuse_handshakes(1)
    url = await raw_bot.url()
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await raw_bot.connect(url)
    await raw_bot.connect(url)


async def test_there_are_at_most_so_many_sockets(raw_bot: RawBot, slack: SandboxClient) -> None:
    await slack.set_rules(max_sockets=1)
    await raw_bot.connect()
    assert raw_bot.hellos[1]["reason"] == "too_many_websockets"
    assert await slack.sockets() == 1


async def test_pings_are_answered(raw_bot: RawBot) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(await raw_bot.url(), autoping=False) as socket,
    ):
        await socket.receive_json()
        await socket.ping(b"sdk-ping-pong:1")
        answer = await socket.receive(timeout=5)
    assert (answer.type, bytes(answer.data)) == (aiohttp.WSMsgType.PONG, b"sdk-ping-pong:1")


async def test_an_event_has_slacks_shape(raw_bot: RawBot, sandbox: Sandbox, nia: PersonHandle) -> None:
    ts = await nia.say(TEAM_CHANNEL, "hello")
    envelope = await raw_bot.next()
    assert envelope["type"] == "events_api"
    assert envelope["accepts_response_payload"] is False
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
    payload = envelope["payload"]
    assert payload["type"] == "event_callback"
    assert payload["team_id"] == sandbox.team_id
    assert payload["authorizations"][0]["user_id"] == sandbox.bot_user_id
    assert payload["event_id"].startswith("Ev")
    event = payload["event"]
    assert (event["type"], event["text"], event["ts"]) == ("message", "hello", ts)
    assert (event["channel"], event["channel_type"]) == (TEAM_CHANNEL, "channel")


async def test_each_envelope_goes_to_one_socket_in_turn(raw_bot: RawBot, nia: PersonHandle) -> None:
    await raw_bot.connect()
    ids = set()
    for number in range(6):
        await nia.say(TEAM_CHANNEL, f"m{number}")
        ids.add((await raw_bot.next())["envelope_id"])
    assert len(ids) == 6
    assert raw_bot.received.empty()
    assert sorted(raw_bot.came_by) == [0, 0, 0, 1, 1, 1]


async def test_an_event_comes_again_at_once_then_after_one_and_five_minutes(
    raw_bot: RawBot, slack: SandboxClient, nia: PersonHandle
) -> None:
    raw_bot.fall_silent()
    await nia.say(TEAM_CHANNEL, "hello")
    first, second = await raw_bot.next(), await raw_bot.next()
    assert second["retry_attempt"] == 1
    assert second["retry_reason"] == "timeout"
    await slack.until(lambda seen: seen.under_way == 0)
    assert raw_bot.received.empty()
    await slack.advance(60)
    third = await raw_bot.next()
    await slack.until(lambda seen: seen.under_way == 0)
    await slack.advance(300)
    fourth = await raw_bot.next()
    assert (third["retry_attempt"], fourth["retry_attempt"]) == (2, 3)
    event_ids = {one["payload"]["event_id"] for one in (first, second, third, fourth)}
    assert len(event_ids) == 1
    assert len({one["envelope_id"] for one in (first, second, third, fourth)}) == 1
    seen = await slack.until(lambda seen: seen.lost_events)
    assert set(seen.lost_events) == event_ids


async def test_a_lost_acknowledgement_brings_the_same_event_again(
    raw_bot: RawBot, slack: SandboxClient, nia: PersonHandle
) -> None:
    await slack.lose_acks()
    await nia.say(TEAM_CHANNEL, "hello")
    first, second = await raw_bot.next(), await raw_bot.next()
    assert first["payload"] == second["payload"]
    assert second["retry_attempt"] == 1
    await slack.idle(quiet=0.02)
    assert raw_bot.received.empty()


async def test_events_wait_for_a_socket(sandbox: Sandbox, slack: SandboxClient, nia: PersonHandle) -> None:
    await nia.say(TEAM_CHANNEL, "one")
    await nia.say(TEAM_CHANNEL, "two")
    async with RawBot(sandbox) as late:
        await late.connect()
        waited = [await late.next(), await late.next()]
    assert [one["payload"]["event"]["text"] for one in waited] == ["one", "two"]
    assert all(one["retry_attempt"] == 1 for one in waited)


async def test_events_that_are_too_late_are_dropped(
    sandbox: Sandbox, slack: SandboxClient, nia: PersonHandle
) -> None:
    await nia.say(TEAM_CHANNEL, "old")
    await slack.advance(2 * 3_600 + 1)
    async with RawBot(sandbox) as late:
        await late.connect()
        await slack.until(lambda seen: len(seen.lost_events) == 1)
        assert late.received.empty()


async def test_commands_fail_when_nobody_is_there_or_nobody_answers(
    sandbox: Sandbox, slack: SandboxClient, nia: PersonHandle
) -> None:
    outcome = await nia.command(TEAM_CHANNEL, "/milepost")
    assert (outcome.acknowledged, outcome.error) == (False, "dispatch_failed")
    async with RawBot(sandbox) as mute:
        await mute.connect()
        mute.fall_silent()
        outcome = await nia.command(TEAM_CHANNEL, "/milepost")
        assert (outcome.acknowledged, outcome.error) == (False, "operation_timeout")


async def test_a_dropped_socket_fails_what_was_under_way(
    raw_bot: RawBot, slack: SandboxClient, nia: PersonHandle
) -> None:
    raw_bot.silent = True
    await nia.say(TEAM_CHANNEL, "hello")
    await raw_bot.next()
    assert await slack.drop_sockets() == 1
    assert await slack.sockets() == 0
    raw_bot.silent = False
    await raw_bot.connect()
    again = await raw_bot.next()
    assert again["retry_attempt"] == 1
    assert again["payload"]["event"]["text"] == "hello"


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_the_end_is_announced_and_new_envelopes_go_elsewhere(
    raw_bot: RawBot, slack: SandboxClient, nia: PersonHandle, reason: str
) -> None:
    await slack.disconnect(reason)
    # The raw bot files what has no envelope id too.
    assert (await raw_bot.next())["reason"] == reason
    await raw_bot.connect()
    await nia.say(TEAM_CHANNEL, "hello")
    await raw_bot.next()
    assert raw_bot.came_by == [1]
    await slack.advance(11)
    await slack.until(lambda seen: seen.sockets == 1)


async def test_a_disabled_link_closes_at_once_and_for_good(raw_bot: RawBot, slack: SandboxClient) -> None:
    await slack.disconnect("link_disabled")
    assert (await raw_bot.next())["reason"] == "link_disabled"
    await slack.until(lambda seen: seen.sockets == 0)


async def test_the_last_parcel_can_be_sent_again(
    raw_bot: RawBot, slack: SandboxClient, nia: PersonHandle
) -> None:
    await nia.command(TEAM_CHANNEL, "/milepost status")
    first = await raw_bot.next()
    outcome = await slack.redeliver_last()
    assert outcome.acknowledged
    assert await raw_bot.next() == first
