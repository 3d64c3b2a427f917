"""Which events reach the bot, and in what shape."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import PersonHandle, SandboxClient
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import NIA, PRIVATE_CHANNEL, TEAM_CHANNEL, WITHOUT_BOT_CHANNEL
from tests.bot.sandbox.bare_bot import RawBot


async def test_a_reply_names_its_thread_and_its_parent(nia: PersonHandle, raw_bot: RawBot) -> None:
    card = await nia.say(TEAM_CHANNEL, "card")
    await raw_bot.next()
    await nia.say(TEAM_CHANNEL, "reply", thread_ts=card)
    event = await raw_bot.next_event()
    assert (event["thread_ts"], event["parent_user_id"]) == (card, NIA)


async def test_a_mention_comes_twice_except_in_direct_messages(
    sandbox: Sandbox, nia: PersonHandle, raw_bot: RawBot
) -> None:
    await nia.say(TEAM_CHANNEL, f"<@{sandbox.bot_user_id}> status")
    kinds = [(await raw_bot.next_event())["type"] for _ in range(2)]
    assert sorted(kinds) == ["app_mention", "message"]
    await nia.dm(f"<@{sandbox.bot_user_id}> status")
    event = await raw_bot.next_event()
    assert (event["type"], event["channel_type"]) == ("message", "im")
    await nia.say(PRIVATE_CHANNEL, "x")
    assert (await raw_bot.next_event())["channel_type"] == "group"


async def test_typed_text_arrives_escaped_but_mentions_stay(nia: PersonHandle, raw_bot: RawBot) -> None:
    await nia.say(TEAM_CHANNEL, f"R&D <b> <@{NIA}> https://example.org")
    assert (await raw_bot.next_event())["text"] == f"R&amp;D &lt;b&gt; <@{NIA}> https://example.org"


async def test_the_bots_own_messages_come_back_with_its_id(
    sandbox: Sandbox, api: AsyncWebClient, raw_bot: RawBot
) -> None:
    posted = await api.chat_postMessage(channel=TEAM_CHANNEL, text="a")
    event = await raw_bot.next_event()
    assert (event["bot_id"], event["user"]) == (sandbox.bot_id, sandbox.bot_user_id)
    await api.chat_update(channel=TEAM_CHANNEL, ts=posted["ts"], text="b")
    assert (await raw_bot.next_event())["subtype"] == "message_changed"


async def test_reactions(sandbox: Sandbox, nia: PersonHandle, raw_bot: RawBot) -> None:
    ts = await nia.say(TEAM_CHANNEL, "idea")
    await raw_bot.next()
    await nia.react(TEAM_CHANNEL, ts, "bulb")
    await nia.unreact(TEAM_CHANNEL, ts, "bulb")
    added, removed = await raw_bot.next_event(), await raw_bot.next_event()
    assert (added["type"], removed["type"]) == ("reaction_added", "reaction_removed")
    assert added["item"] == {"type": "message", "channel": TEAM_CHANNEL, "ts": ts}
    assert (added["user"], added["item_user"], added["reaction"]) == (NIA, NIA, "bulb")


async def test_nothing_comes_from_channels_the_bot_is_not_in(
    slack: SandboxClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    await nia.say(WITHOUT_BOT_CHANNEL, "secret")
    await slack.remove_bot(TEAM_CHANNEL)
    assert (await raw_bot.next_event())["type"] == "channel_left"
    await nia.say(TEAM_CHANNEL, "also secret")
    await slack.invite_bot(TEAM_CHANNEL)
    assert (await raw_bot.next_event())["type"] == "member_joined_channel"
    assert raw_bot.received.empty()


async def test_only_what_was_subscribed_to_and_may_be_read(
    slack: SandboxClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    await slack.set_rules(subscriptions=["message.channels", "reaction_added"])
    ts = await nia.say(TEAM_CHANNEL, "one")
    await nia.say(PRIVATE_CHANNEL, "two")
    await nia.react(TEAM_CHANNEL, ts, "bulb")
    assert [(await raw_bot.next_event())["type"] for _ in range(2)] == ["message", "reaction_added"]
    await slack.set_rules(subscriptions=None, scopes=["groups:history"])
    await nia.say(TEAM_CHANNEL, "three")
    await nia.say(PRIVATE_CHANNEL, "four")
    assert (await raw_bot.next_event())["text"] == "four"
    assert raw_bot.received.empty()


@pytest.mark.parametrize(
    ("channel", "kinds"),
    [
        (TEAM_CHANNEL, ["channel_archive", "channel_unarchive"]),
        (PRIVATE_CHANNEL, ["group_archive", "group_unarchive"]),
    ],
)
async def test_archiving(slack: SandboxClient, raw_bot: RawBot, channel: str, kinds: list[str]) -> None:
    await slack.archive(channel)
    await slack.unarchive(channel)
    assert [(await raw_bot.next_event())["type"] for _ in range(2)] == kinds


async def test_people_change(slack: SandboxClient, raw_bot: RawBot) -> None:
    await slack.set_zone(NIA, "Europe/Lisbon")
    assert (await raw_bot.next_event())["user"]["tz"] == "Europe/Lisbon"
    await slack.deactivate(NIA)
    assert (await raw_bot.next_event())["user"]["deleted"] is True
    await slack.reactivate(NIA)
    assert (await raw_bot.next_event())["user"]["deleted"] is False


async def test_a_revoked_token_is_the_last_that_is_heard(
    slack: SandboxClient, api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    await api.auth_revoke()
    assert [(await raw_bot.next_event())["type"] for _ in range(2)] == ["tokens_revoked", "app_uninstalled"]
    await nia.say(TEAM_CHANNEL, "x")
    await slack.idle(quiet=0.02)
    assert raw_bot.received.empty()
