"""Several workspaces on one server: one Web API address, and everything else apart."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import SandboxClient
from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.neighbours import Neighbours
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.app_secrets import Identity, identity_of
from bot.sandbox.workspace.world import (
    NIA,
    RUTH,
    SECOND_TEAM_CHANNEL,
    TEAM_CHANNEL,
    World,
    default_world,
    second_world,
)
from tests.bot.sandbox.bare_bot import Json, RawBot, button, error_of, section
from tests.bot.sandbox.conftest import START


@dataclass
class Council:
    """One workspace, with a bot's client to the Web API, its socket and a client to its control API."""

    sandbox: Sandbox
    api: AsyncWebClient
    slack: SandboxClient
    bot: RawBot


@pytest.fixture
async def councils(clock: SandboxClock) -> AsyncIterator[tuple[Council, Council]]:
    async with AsyncExitStack() as stack:
        neighbours = await stack.enter_async_context(Neighbours(clock))

        async def council(sandbox: Sandbox) -> Council:
            api = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
            slack = await stack.enter_async_context(SandboxClient(sandbox.control_url))
            bot = await stack.enter_async_context(RawBot(sandbox))
            await bot.connect()
            return Council(sandbox, api, slack, bot)

        first, second = neighbours.sandboxes
        yield await council(first), await council(second)


Two = tuple[Council, Council]


def test_each_world_has_secrets_of_its_own_the_same_in_every_run() -> None:
    first, second = identity_of(default_world()), identity_of(second_world())
    assert first == identity_of(World()) == Identity()
    assert second == identity_of(second_world())
    assert not set(vars(first).values()) & set(vars(second).values())
    assert second.app_token.startswith("xapp-1-A0MILEPST2-")
    assert len(second.signing_secret) == len(first.signing_secret)
    assert identity_of(World(app_id="A0OTHER")).bot_token != first.bot_token


@pytest.mark.parametrize(
    ("worlds", "problem"),
    [
        ([], "there is no world"),
        ([default_world(), replace(second_world(), team_id=World.team_id)], "every world needs a team_id"),
        ([default_world(), replace(second_world(), app_id=World.app_id)], "every world needs a app_id"),
    ],
)
def test_worlds_that_could_not_be_told_apart(worlds: list[World], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Neighbours(SandboxClock(START, speed=0), worlds)


async def test_the_token_says_which_workspace_is_meant(councils: Two) -> None:
    first, second = councils
    assert first.sandbox.api_url == second.sandbox.api_url
    for council in councils:
        who = await council.api.auth_test()
        assert (who["team_id"], who["user_id"]) == (council.sandbox.team_id, council.sandbox.bot_user_id)
    # As an argument, in a form, in a form with files and in JSON; the handler reads the rest of it still.
    token = {"token": second.sandbox.bot_token, "user": RUTH}
    parts = aiohttp.FormData(token, default_to_multipart=True)
    address = f"{second.sandbox.api_url}users.info"
    async with aiohttp.ClientSession() as session:
        for given in ({"data": token}, {"data": parts}, {"json": token}, {"params": token}):
            async with session.post(address, **given) as response:
                assert (await response.json())["user"]["real_name"] == "Ruth Abara"
    assert [call.arguments for call in await second.slack.calls("users.info")] == [{"user": RUTH}] * 4
    assert await first.slack.calls("users.info") == []


async def test_a_call_that_nobodys_token_came_with(councils: Two) -> None:
    first, second = councils
    strangers = AsyncWebClient(token="xoxb-wrong", base_url=first.sandbox.api_url, retry_handlers=[])
    assert await error_of(strangers.auth_test()) == "invalid_auth"
    assert await error_of(strangers.api_call("chat.shout")) == "unknown_method"
    nobody = AsyncWebClient(base_url=first.sandbox.api_url, retry_handlers=[])
    assert await error_of(nobody.auth_test()) == "not_authed"
    async with (
        aiohttp.ClientSession(headers={"Content-Type": "application/json"}) as session,
        session.post(f"{first.sandbox.api_url}auth.test", data="{") as response,
    ):
        assert (await response.json())["error"] == "invalid_json"
    assert (await nobody.api_call("blocks.validate", json={"blocks": [{"type": "divider"}]}))["ok"]
    wrong_kind = second.api.apps_connections_open(app_token=second.sandbox.bot_token)
    assert await error_of(wrong_kind) == "not_allowed_token_type"
    assert await first.slack.calls("auth.test") == await second.slack.calls("auth.test") == []


async def test_one_id_is_another_person_and_another_channel_next_door(councils: Two) -> None:
    first, second = councils
    assert (NIA, TEAM_CHANNEL) == (RUTH, SECOND_TEAM_CHANNEL)
    posted = [await council.api.chat_postMessage(channel=TEAM_CHANNEL, text="Hello") for council in councils]
    await first.api.chat_update(channel=TEAM_CHANNEL, ts=posted[0]["ts"], text="Changed")
    assert [message.text for message in await first.slack.messages(TEAM_CHANNEL)] == ["Changed"]
    assert [message.text for message in await second.slack.messages(TEAM_CHANNEL)] == ["Hello"]
    worlds = [await council.slack.world() for council in councils]
    assert [world.team_id for world in worlds] == [council.sandbox.team_id for council in councils]
    assert [world.person(NIA).real_name for world in worlds] == ["Nia Pryce", "Ruth Abara"]
    assert [world.channel(TEAM_CHANNEL).name for world in worlds] == ["digital-team", "digital-services"]


async def test_each_app_has_its_own_sockets_and_events(councils: Two) -> None:
    first, second = councils
    events = []
    for council in councils:
        await council.slack.person(NIA).say(TEAM_CHANNEL, f"in {council.sandbox.team_id}")
        envelope = await council.bot.next()
        payload = envelope["payload"]
        assert payload["team_id"] == payload["authorizations"][0]["team_id"] == council.sandbox.team_id
        assert payload["authorizations"][0]["user_id"] == council.sandbox.bot_user_id
        assert payload["event"]["text"] == f"in {council.sandbox.team_id}"
        events.append((payload["api_app_id"], payload["event_id"], envelope["envelope_id"], payload["token"]))
    for one, other in zip(*events, strict=True):
        assert one != other, "the app's, or unique across all workspaces"
    assert first.bot.received.empty()
    assert second.bot.received.empty()
    await first.slack.drop_sockets()
    assert (await first.slack.sockets(), await second.slack.sockets()) == (0, 1)


async def test_uploads_and_answers_find_their_workspace(councils: Two) -> None:
    first, second = councils
    for council in councils:
        name = council.sandbox.team_id
        await council.api.files_upload_v2(
            channel=TEAM_CHANNEL, content=name, filename=f"{name}.txt", title=name, alt_txt=name
        )
        await council.slack.person(NIA).command(TEAM_CHANNEL, "/milepost status")
        command = [e for e in await envelopes(council) if e["type"] == "slash_commands"][0]["payload"]
        assert command["response_url"].startswith(f"{council.sandbox.base_url}/response/{name}/")
        async with (
            aiohttp.ClientSession() as session,
            session.post(command["response_url"], json={"text": f"for {name}"}) as response,
        ):
            assert response.status == 200
    for council in councils:
        files = [file.name for m in await council.slack.messages(TEAM_CHANNEL) for file in m.files]
        assert files == [f"{council.sandbox.team_id}.txt"]
        shown = [message.text for message in await council.slack.ephemerals(NIA)]
        assert shown == [f"for {council.sandbox.team_id}"]


async def test_a_trigger_of_one_opens_nothing_next_door(councils: Two) -> None:
    first, second = councils
    blocks = [section("Hi", accessory=button())]
    for council in councils:
        await council.api.chat_postMessage(channel=TEAM_CHANNEL, text="Hi", blocks=blocks)
        (message,) = await council.slack.messages(TEAM_CHANNEL)
        await council.slack.person(NIA).press(TEAM_CHANNEL, message.ts, action_id="go")
    trigger = [e for e in await envelopes(first) if e["type"] == "interactive"][0]["payload"]["trigger_id"]
    view = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": [section("Hi")]}
    assert await error_of(second.api.views_open(trigger_id=trigger, view=view)) == "invalid_trigger_id"
    assert (await first.api.views_open(trigger_id=trigger, view=view))["ok"]


async def test_faults_rules_and_rate_limits_are_each_workspaces_own(councils: Two) -> None:
    first, second = councils
    await first.slack.fault("api_error", "auth.test", error="fatal_error")
    assert (await second.api.auth_test())["ok"]
    assert await error_of(first.api.auth_test()) == "fatal_error"
    await first.slack.set_rules(scopes=["channels:read"])
    assert await error_of(first.api.users_info(user=NIA)) == "missing_scope"
    assert (await second.api.users_info(user=NIA))["ok"]
    await first.slack.set_rules(scopes=["chat:write"])
    for council in councils:
        await council.api.chat_postMessage(channel=TEAM_CHANNEL, text="one")
        assert await error_of(council.api.chat_postMessage(channel=TEAM_CHANNEL, text="two")) == "ratelimited"


async def test_a_stopped_server_starts_again_on_its_port(clock: SandboxClock) -> None:
    neighbours = Neighbours(clock, [second_world()], strict=False)
    addresses = []
    for _ in range(2):
        async with neighbours:
            (only,) = neighbours.sandboxes
            addresses.append(only.base_url)
            assert (await AsyncWebClient(token=only.bot_token, base_url=only.api_url).auth_test())["ok"]
    assert addresses[0] == addresses[1]
    assert addresses[0].endswith("/T0FERNHOLL")


async def envelopes(council: Council) -> list[Json]:
    """All that has come over a council's socket so far."""
    await council.slack.idle()
    return [council.bot.received.get_nowait() for _ in range(council.bot.received.qsize())]
