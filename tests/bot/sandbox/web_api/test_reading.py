"""conversations.*, users.*, reactions.*, pins: what the bot can look up."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import PersonHandle, SandboxClient
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import (
    ANA,
    ARCHIVED_CHANNEL,
    LEE,
    NIA,
    PRIVATE_CHANNEL,
    SAM,
    TEAM_CHANNEL,
    WITHOUT_BOT_CHANNEL,
)
from tests.bot.sandbox.bare_bot import error_of


def texts(answer: Any) -> list[str]:
    return [message["text"] for message in answer["messages"]]


async def test_history_is_newest_first_and_without_replies(api: AsyncWebClient, nia: PersonHandle) -> None:
    card = await nia.say(TEAM_CHANNEL, "card")
    await nia.say(TEAM_CHANNEL, "reply", thread_ts=card)
    await nia.say(TEAM_CHANNEL, "later")
    answer = await api.conversations_history(channel=TEAM_CHANNEL)
    assert texts(answer) == ["later", "card"]
    assert answer["messages"][1]["reply_count"] == 1
    only = await api.conversations_history(channel=TEAM_CHANNEL, latest=card, inclusive=True, limit=1)
    assert texts(only) == ["card"]


async def test_asking_history_for_a_reply_gives_a_neighbour(api: AsyncWebClient, nia: PersonHandle) -> None:
    card = await nia.say(TEAM_CHANNEL, "card")
    reply = await nia.say(TEAM_CHANNEL, "reply", thread_ts=card)
    answer = await api.conversations_history(channel=TEAM_CHANNEL, latest=reply, inclusive=True, limit=1)
    assert texts(answer) == ["card"]


async def test_a_replys_ts_gives_the_thread_or_only_the_reply(
    api: AsyncWebClient, slack: SandboxClient, nia: PersonHandle
) -> None:
    card = await nia.say(TEAM_CHANNEL, "card")
    reply = await nia.say(TEAM_CHANNEL, "reply", thread_ts=card)
    await nia.say(TEAM_CHANNEL, "another", thread_ts=reply)
    assert texts(await api.conversations_replies(channel=TEAM_CHANNEL, ts=card)) == [
        "card",
        "reply",
        "another",
    ]
    assert texts(await api.conversations_replies(channel=TEAM_CHANNEL, ts=reply)) == [
        "card",
        "reply",
        "another",
    ]
    await slack.set_rules(reply_lookup="reply")
    assert texts(await api.conversations_replies(channel=TEAM_CHANNEL, ts=reply)) == ["reply"]
    missing = api.conversations_replies(channel=TEAM_CHANNEL, ts="1.000001")
    assert await error_of(missing) == "thread_not_found"


async def test_metadata_comes_back_only_when_asked_for(api: AsyncWebClient) -> None:
    metadata = {"event_type": "t", "event_payload": {"key": "k"}}
    await api.chat_postMessage(channel=TEAM_CHANNEL, text="x", metadata=metadata)
    bare = await api.conversations_history(channel=TEAM_CHANNEL)
    full = await api.conversations_history(channel=TEAM_CHANNEL, include_all_metadata=True)
    assert "metadata" not in bare["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_pages_follow_one_another_even_when_something_new_arrives(
    api: AsyncWebClient, nia: PersonHandle
) -> None:
    for number in range(5):
        await nia.say(TEAM_CHANNEL, f"m{number}")
    first = await api.conversations_history(channel=TEAM_CHANNEL, limit=2)
    await nia.say(TEAM_CHANNEL, "new")
    cursor = first["response_metadata"]["next_cursor"]
    second = await api.conversations_history(channel=TEAM_CHANNEL, limit=2, cursor=cursor)
    assert texts(first) + texts(second) == ["m4", "m3", "m2", "m1"]
    assert second["has_more"] is True
    wrong = api.conversations_history(channel=TEAM_CHANNEL, cursor="bm9wZQ==")
    assert await error_of(wrong) == "invalid_cursor"


async def test_history_needs_membership(api: AsyncWebClient) -> None:
    assert await error_of(api.conversations_history(channel=WITHOUT_BOT_CHANNEL)) == "not_in_channel"
    assert (await api.conversations_info(channel=WITHOUT_BOT_CHANNEL))["channel"]["is_member"] is False


async def test_the_bot_lists_and_joins_public_channels(api: AsyncWebClient) -> None:
    listed = await api.conversations_list()
    assert {c["id"] for c in listed["channels"]} == {TEAM_CHANNEL, WITHOUT_BOT_CHANNEL, ARCHIVED_CHANNEL}
    active = await api.conversations_list(types="public_channel,private_channel", exclude_archived=True)
    assert {c["id"] for c in active["channels"]} == {TEAM_CHANNEL, WITHOUT_BOT_CHANNEL, PRIVATE_CHANNEL}
    mine = await api.users_conversations(types="public_channel,private_channel", exclude_archived=True)
    assert {c["id"] for c in mine["channels"]} == {TEAM_CHANNEL, PRIVATE_CHANNEL}
    assert (await api.conversations_join(channel=WITHOUT_BOT_CHANNEL))["channel"]["is_member"] is True
    assert await error_of(api.conversations_join(channel=ARCHIVED_CHANNEL)) == "is_archived"
    assert await error_of(api.conversations_list(types="secret")) == "invalid_types"


async def test_members_come_in_pages(sandbox: Sandbox, api: AsyncWebClient) -> None:
    first = await api.conversations_members(channel=TEAM_CHANNEL, limit=5)
    cursor = first["response_metadata"]["next_cursor"]
    second = await api.conversations_members(channel=TEAM_CHANNEL, limit=5, cursor=cursor)
    both = first["members"] + second["members"]
    assert len(both) == len(set(both)) == 8
    assert sandbox.bot_user_id in both
    assert second["response_metadata"]["next_cursor"] == ""


async def test_people_have_time_zones(api: AsyncWebClient, slack: SandboxClient) -> None:
    nia = (await api.users_info(user=NIA, include_locale=True))["user"]
    assert (nia["tz"], nia["tz_offset"], nia["tz_label"]) == ("Europe/London", 0, "Greenwich Mean Time")
    assert nia["locale"] == "en-GB"
    assert (await api.users_info(user=ANA))["user"]["tz"] == "Europe/Lisbon"
    assert (await api.users_info(user=SAM))["user"]["is_restricted"] is True
    lee = (await api.users_info(user=LEE))["user"]
    assert lee["deleted"] is True
    assert "tz" not in lee
    await slack.set_zone(NIA, "Asia/Kolkata")
    assert (await api.users_info(user=NIA))["user"]["tz_offset"] == 19_800
    assert await error_of(api.users_info(user="U0NOBODY1")) == "user_not_found"


async def test_summer_time_comes_with_the_clock(api: AsyncWebClient, slack: SandboxClient) -> None:
    await slack.advance(200 * 86_400)
    nia = (await api.users_info(user=NIA))["user"]
    assert (nia["tz_offset"], nia["tz_label"]) == (3_600, "British Summer Time")


async def test_who_can_be_written_to_directly(sandbox: Sandbox, api: AsyncWebClient) -> None:
    dm = (await api.conversations_open(users=NIA))["channel"]["id"]
    assert (await api.conversations_open(users=NIA))["channel"]["id"] == dm
    assert await error_of(api.conversations_open(users=LEE)) == "user_disabled"
    assert await error_of(api.conversations_open(users="U0NOBODY1")) == "user_not_found"
    assert await error_of(api.api_call("conversations.open")) == "users_list_not_supplied"


async def test_reactions_and_pins(api: AsyncWebClient, slack: SandboxClient, nia: PersonHandle) -> None:
    ts = await nia.say(TEAM_CHANNEL, "idea")
    await api.reactions_add(channel=TEAM_CHANNEL, timestamp=ts, name="bulb")
    await nia.react(TEAM_CHANNEL, ts, "bulb")
    again = api.reactions_add(channel=TEAM_CHANNEL, timestamp=ts, name="bulb")
    assert await error_of(again) == "already_reacted"
    got = (await api.reactions_get(channel=TEAM_CHANNEL, timestamp=ts))["message"]["reactions"]
    assert [(one["name"], one["count"]) for one in got] == [("bulb", 2)]
    await api.reactions_remove(channel=TEAM_CHANNEL, timestamp=ts, name="bulb")
    gone = api.reactions_remove(channel=TEAM_CHANNEL, timestamp=ts, name="bulb")
    assert await error_of(gone) == "no_reaction"
    odd = api.reactions_add(channel=TEAM_CHANNEL, timestamp=ts, name="not an emoji")
    assert await error_of(odd) == "invalid_name"
    await api.pins_add(channel=TEAM_CHANNEL, timestamp=ts)
    assert await error_of(api.pins_add(channel=TEAM_CHANNEL, timestamp=ts)) == "already_pinned"
    assert (await slack.world()).channel(TEAM_CHANNEL).pins == [ts]


@pytest.mark.parametrize("limit", [0, -1])
async def test_a_page_without_rows_is_refused(api: AsyncWebClient, limit: int) -> None:
    assert await error_of(api.users_list(limit=limit)) == "invalid_limit"


async def test_the_team_is_told(sandbox: Sandbox, api: AsyncWebClient) -> None:
    team = (await api.team_info())["team"]
    assert (team["id"], team["name"]) == (sandbox.team_id, "Saltmarsh District Council")
