"""Installing the app with OAuth, and removing it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client import PersonHandle, SandboxClient, SandboxError
from bot.sandbox.clock import SandboxClock
from bot.sandbox.neighbours import Neighbours
from bot.sandbox.reports import Allowed
from bot.sandbox.rules import ALL_SCOPES
from bot.sandbox.server import Sandbox
from bot.sandbox.world import NIA, RUTH, SAM, TEAM_CHANNEL, World, default_world, second_world
from tests.bot.sandbox.wire import Json, RawBot, button, error_of, refused, section

BACK = "https://milepost.example/slack/oauth_redirect"


@pytest.fixture
def app(sandbox: Sandbox) -> AsyncWebClient:
    """A client without a token, as an app has before it is installed."""
    return AsyncWebClient(base_url=sandbox.api_url, retry_handlers=[])


async def exchanged(app: AsyncWebClient, sandbox: Sandbox, allowed: Allowed, **more: str) -> Json:
    """The answer to a code. oauth_v2_access of slack_sdk does the same, with what aiohttp has deprecated."""
    form = {
        "client_id": sandbox.client_id,
        "client_secret": sandbox.client_secret,
        "code": allowed.code,
        **more,
    }
    basic = aiohttp.encode_basic_auth(form.pop("client_id"), form.pop("client_secret"))
    answer = await app.api_call("oauth.v2.access", data=form, headers={"Authorization": basic})
    assert isinstance(answer.data, dict)
    return answer.data


async def test_an_allowed_app_gets_its_token(
    sandbox: Sandbox, app: AsyncWebClient, slack: SandboxClient, nia: PersonHandle
) -> None:
    allowed = await nia.authorize(
        sandbox.client_id, state="s&1", redirect_uri=f"{BACK}?a=1", scope="commands,chat:write"
    )
    assert allowed.state == "s&1"
    assert allowed.url.startswith(f"{BACK}?a=1&")
    assert parse_qs(urlsplit(allowed.url).query) == {"a": ["1"], "code": [allowed.code], "state": ["s&1"]}
    answer = await exchanged(app, sandbox, allowed, redirect_uri=f"{BACK}?a=1")
    assert answer == {
        "ok": True,
        "access_token": sandbox.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(ALL_SCOPES)),
        "bot_user_id": sandbox.bot_user_id,
        "app_id": World.app_id,
        "team": {"id": sandbox.team_id, "name": World.team_name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": NIA},
    }, "it was installed already: the token is the same and scopes are only added"
    (call,) = await slack.calls("oauth.v2.access")
    assert sandbox.client_secret not in str(call)
    assert sandbox.bot_token not in str(call)


async def test_the_client_may_say_who_it_is_in_the_form(sandbox: Sandbox, nia: PersonHandle) -> None:
    allowed = await nia.authorize(sandbox.client_id)
    assert (allowed.state, allowed.url) == ("", "")
    form = {"client_id": sandbox.client_id, "client_secret": sandbox.client_secret, "code": allowed.code}
    address = f"{sandbox.api_url}oauth.v2.access"
    async with aiohttp.ClientSession() as session:
        async with session.post(address, data=form) as response:
            assert (await response.json())["access_token"] == sandbox.bot_token
        for header in ("Basic !", "Basic bm8="):
            async with session.post(address, headers={"Authorization": header}) as response:
                assert (await response.json())["error"] == "invalid_client_id"


async def test_what_a_code_is_refused_for(
    sandbox: Sandbox, app: AsyncWebClient, slack: SandboxClient, nia: PersonHandle
) -> None:
    allowed = await nia.authorize(sandbox.client_id, redirect_uri=BACK)

    async def error(**more: str) -> str:
        return await error_of(exchanged(app, sandbox, allowed, **more))

    assert await error(client_id="1.2", client_secret="wrong") == "invalid_client_id"
    assert await error(client_secret="wrong", code="wrong") == "bad_client_secret"
    assert await error(code="wrong") == "invalid_code"
    assert await error(code="") == "invalid_code"
    assert await error(redirect_uri=f"{BACK}/other") == "bad_redirect_uri"
    assert await error() == "bad_redirect_uri", "sent before, so it must be sent again"
    assert await error(grant_type="refresh_token", redirect_uri=BACK) == "invalid_grant_type"
    await exchanged(app, sandbox, allowed, redirect_uri=BACK)
    assert await error(redirect_uri=BACK) == "code_already_used"
    late = await nia.authorize(sandbox.client_id)
    await slack.advance(601)
    assert await error_of(exchanged(app, sandbox, late)) == "invalid_code"
    assert await error_of(
        exchanged(app, sandbox, await nia.authorize(sandbox.client_id), redirect_uri=BACK)
    ) == ("bad_redirect_uri")


async def test_whom_slack_gives_no_code(sandbox: Sandbox, slack: SandboxClient, nia: PersonHandle) -> None:
    with pytest.raises(SandboxError, match="Sam Doyle cannot install apps: a guest"):
        await slack.person(SAM).authorize(sandbox.client_id)
    for wrong, word in (
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"scope": "commands,admin"}, "invalid_scope: admin"),
        ({"scope": ","}, "no_scopes"),
        ({"redirect_uri": "http://milepost.example"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}#there"}, "bad_redirect_uri"),
    ):
        with pytest.raises(SandboxError, match=word):
            await nia.authorize(**{"client_id": sandbox.client_id, **wrong})


async def test_a_removed_app_hears_of_it_and_nothing_more(
    sandbox: Sandbox, api: AsyncWebClient, slack: SandboxClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    await api.chat_postMessage(channel=TEAM_CHANNEL, text="Hi", blocks=[section("Hi", accessory=button())])
    (message,) = await slack.messages(TEAM_CHANNEL)
    await raw_bot.next()
    await slack.uninstall()
    told = [(await raw_bot.next())["payload"] for _ in range(2)]
    assert [payload["event"]["type"] for payload in told] == ["tokens_revoked", "app_uninstalled"]
    assert told[0]["event"]["tokens"] == {"oauth": [], "bot": [sandbox.bot_user_id]}
    for payload in told:
        assert (payload["team_id"], payload["api_app_id"]) == (sandbox.team_id, World.app_id)
        assert "authorizations" not in payload
    assert await error_of(api.auth_test()) == "account_inactive"
    assert await error_of(api.chat_postMessage(channel=TEAM_CHANNEL, text="x")) == "account_inactive"
    await nia.say(TEAM_CHANNEL, f"<@{sandbox.bot_user_id}>")
    await nia.open_home()
    assert (await nia.press(TEAM_CHANNEL, message.ts, "go")).error == "dispatch_failed"
    assert (await nia.command(TEAM_CHANNEL, "/milepost")).error == "/milepost is not a valid command"
    await slack.idle()
    assert raw_bot.received.empty()
    await raw_bot.connect()
    world = await slack.world()
    assert not world.installed
    assert world.person(sandbox.bot_user_id).deleted
    assert not [
        channel.name
        for channel in world.channels
        if sandbox.bot_user_id in channel.members and channel.kind != "im"
    ]
    with pytest.raises(SandboxError, match="the app is not installed"):
        await slack.uninstall()
    with pytest.raises(SandboxError, match="the app is not installed"):
        await slack.invite_bot(TEAM_CHANNEL)


async def test_only_who_subscribed_hears_of_the_end(slack: SandboxClient, raw_bot: RawBot) -> None:
    await slack.set_rules(subscriptions=["app_uninstalled"])
    await slack.uninstall()
    assert (await raw_bot.next_event())["type"] == "app_uninstalled"
    await slack.idle()
    assert raw_bot.received.empty()


async def test_an_app_that_comes_again_has_another_token_and_no_channels(
    sandbox: Sandbox, api: AsyncWebClient, app: AsyncWebClient, slack: SandboxClient, nia: PersonHandle
) -> None:
    tokens = {sandbox.bot_token}
    for number in (2, 3):
        await slack.uninstall()
        answer = await exchanged(
            app, sandbox, await nia.authorize(sandbox.client_id, scope="chat:write channels:read")
        )
        assert answer["scope"] == "channels:read,chat:write", "the old ones went with the old token"
        assert answer["access_token"] == sandbox.bot_token
        tokens.add(sandbox.bot_token)
        assert len(tokens) == number
    again = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
    assert (await again.auth_test())["user_id"] == sandbox.bot_user_id
    assert await error_of(api.auth_test()) == "account_inactive"
    assert await error_of(again.chat_postMessage(channel=TEAM_CHANNEL, text="x")) == "not_in_channel"
    await slack.invite_bot(TEAM_CHANNEL)
    await slack.advance(2)
    assert (await again.chat_postMessage(channel=TEAM_CHANNEL, text="x"))["ok"]


@pytest.fixture
async def both(clock: SandboxClock) -> AsyncIterator[tuple[Sandbox, Sandbox, PersonHandle]]:
    """One app that the first council has and the second has not yet, and someone of the second."""
    worlds = [default_world(), replace(second_world(app_id=World.app_id), installed=False)]
    async with AsyncExitStack() as stack:
        first, second = (await stack.enter_async_context(Neighbours(clock, worlds))).sandboxes
        slack = await stack.enter_async_context(SandboxClient(second.control_url))
        yield first, second, slack.person(RUTH)


async def test_the_code_says_which_workspace_lets_the_app_in(
    both: tuple[Sandbox, Sandbox, PersonHandle],
) -> None:
    first, second, ruth = both
    app = AsyncWebClient(base_url=first.api_url, retry_handlers=[])
    bot = AsyncWebClient(token=second.bot_token, base_url=first.api_url, retry_handlers=[])
    assert await error_of(bot.auth_test()) == "invalid_auth", "nobody has this token yet"
    allowed = await ruth.authorize(second.client_id, scope="chat:write")
    assert await error_of(bot.auth_test()) == "invalid_auth", "not before the code is exchanged"
    answer = await exchanged(app, first, allowed)
    assert (answer["team"]["id"], answer["authed_user"]["id"]) == (second.team_id, RUTH)
    assert answer["access_token"] == second.bot_token != first.bot_token
    assert (await bot.auth_test())["team_id"] == second.team_id
    assert await error_of(exchanged(app, first, allowed)) == "code_already_used"
    assert await error_of(exchanged(app, first, allowed, code="wrong")) == "invalid_code"
    refusal = await refused(exchanged(app, first, allowed, client_id="1.2"))
    assert refusal.response["error"] == "invalid_client_id"
