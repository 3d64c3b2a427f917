"""Removing the app, and letting it in again."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import PersonHandle, SandboxClient, SandboxError
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import TEAM_CHANNEL, World
from tests.bot.sandbox.bare_bot import RawBot, button, error_of, section


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
    sandbox: Sandbox, api: AsyncWebClient, slack: SandboxClient
) -> None:
    tokens = {sandbox.bot_token}
    for number in (2, 3):
        await slack.uninstall()
        sandbox.workspace.install()
        tokens.add(sandbox.bot_token)
        assert len(tokens) == number
    again = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
    assert (await again.auth_test())["user_id"] == sandbox.bot_user_id
    assert await error_of(api.auth_test()) == "account_inactive"
    assert await error_of(again.chat_postMessage(channel=TEAM_CHANNEL, text="x")) == "not_in_channel"
    await slack.invite_bot(TEAM_CHANNEL)
    await slack.advance(2)
    assert (await again.chat_postMessage(channel=TEAM_CHANNEL, text="x"))["ok"]
