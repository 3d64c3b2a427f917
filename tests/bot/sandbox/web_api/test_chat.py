"""chat.*: what is kept, what is refused, in Slack's own words."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import PersonHandle, SandboxClient
from bot.sandbox.workspace.world import (
    ARCHIVED_CHANNEL,
    LEE,
    NIA,
    PRIVATE_CHANNEL,
    SAM,
    TEAM_CHANNEL,
    TOM,
    WITHOUT_BOT_CHANNEL,
)
from tests.bot.sandbox.bare_bot import RawBot, error_of, plain, refused, section

META = {"event_type": "milepost_card", "event_payload": {"key": "k1"}}


@pytest.fixture(autouse=True)
async def no_rate_limits(slack: SandboxClient) -> None:
    await slack.set_rules(rate_limits=False)


async def test_a_post_is_kept_with_blocks_that_have_ids(api: AsyncWebClient, slack: SandboxClient) -> None:
    answer = await api.chat_postMessage(channel=TEAM_CHANNEL, text="Board", blocks=[section("*Board*")])
    (message,) = await slack.messages(TEAM_CHANNEL)
    assert (message.ts, message.text, message.by_bot) == (answer["ts"], "Board", True)
    assert message.blocks[0]["block_id"]
    assert answer["message"]["bot_id"].startswith("B")
    assert answer["channel"] == TEAM_CHANNEL


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NOWHERE1", "channel_not_found"),
        (WITHOUT_BOT_CHANNEL, "not_in_channel"),
        (ARCHIVED_CHANNEL, "is_archived"),
        (LEE, "channel_not_found"),
    ],
)
async def test_where_the_bot_cannot_post(api: AsyncWebClient, channel: str, error: str) -> None:
    assert await error_of(api.chat_postMessage(channel=channel, text="x")) == error


async def test_a_private_channel_it_was_removed_from_is_unknown(
    api: AsyncWebClient, slack: SandboxClient
) -> None:
    await slack.remove_bot(PRIVATE_CHANNEL)
    assert await error_of(api.chat_postMessage(channel=PRIVATE_CHANNEL, text="x")) == "channel_not_found"
    await slack.invite_bot(PRIVATE_CHANNEL)
    assert (await api.chat_postMessage(channel=PRIVATE_CHANNEL, text="x"))["ok"]


async def test_a_read_only_channel_refuses(api: AsyncWebClient, slack: SandboxClient) -> None:
    await slack.set_read_only(TEAM_CHANNEL)
    assert await error_of(api.chat_postMessage(channel=TEAM_CHANNEL, text="x")) == "restricted_action"


async def test_a_persons_id_is_their_direct_messages(api: AsyncWebClient) -> None:
    first = await api.chat_postMessage(channel=NIA, text="x")
    opened = await api.conversations_open(users=NIA)
    assert first["channel"] == opened["channel"]["id"]
    assert first["channel"].startswith("D")
    assert await error_of(api.chat_update(channel=NIA, ts=first["ts"], text="y")) == "channel_not_found"


async def test_invalid_blocks_say_where(api: AsyncWebClient) -> None:
    refusal = await refused(
        api.chat_postMessage(channel=TEAM_CHANNEL, text="x", blocks=[section("ok"), section("y" * 3_001)])
    )
    assert refusal.response["error"] == "invalid_blocks"
    place = "must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
    assert refusal.response["errors"] == [place]
    assert refusal.response["response_metadata"]["messages"] == [f"[ERROR] {place}"]


async def test_blocks_that_are_too_long_together(api: AsyncWebClient) -> None:
    many = [section("y" * 2_900) for _ in range(5)]
    error = await error_of(api.chat_postMessage(channel=TEAM_CHANNEL, text="x", blocks=many))
    assert error == "msg_blocks_too_long"
    assert (await api.chat_postMessage(channel=TEAM_CHANNEL, text="x", blocks=many[:4]))["ok"]


async def test_text_is_cut_on_posting_and_refused_on_updating(api: AsyncWebClient) -> None:
    posted = await api.chat_postMessage(channel=TEAM_CHANNEL, text="y" * 40_001)
    assert len(posted["message"]["text"]) == 40_000
    at_limit = await api.chat_update(channel=TEAM_CHANNEL, ts=posted["ts"], text="y" * 4_000)
    assert at_limit["ok"]
    call = api.chat_update(channel=TEAM_CHANNEL, ts=posted["ts"], text="y" * 4_001)
    assert await error_of(call) == "msg_too_long"


@pytest.mark.parametrize("text", [None, ""])
async def test_a_message_without_anything_is_refused(api: AsyncWebClient, text: str | None) -> None:
    call = api.api_call("chat.postMessage", json={"channel": TEAM_CHANNEL, "text": text})
    assert await error_of(call) == "no_text"


@pytest.mark.parametrize(
    ("blocks", "error"),
    [("[{", "invalid_blocks_format"), ('{"type": "divider"}', "invalid_blocks_format")],
)
async def test_blocks_that_are_not_a_list(api: AsyncWebClient, blocks: str, error: str) -> None:
    call = api.api_call("chat.postMessage", data={"channel": TEAM_CHANNEL, "text": "x", "blocks": blocks})
    assert await error_of(call) == error


async def test_a_reply_needs_a_parent(api: AsyncWebClient, slack: SandboxClient) -> None:
    parent = await api.chat_postMessage(channel=TEAM_CHANNEL, text="card")
    reply = await api.chat_postMessage(channel=TEAM_CHANNEL, text="prompt", thread_ts=parent["ts"])
    for wrong in (reply["ts"], "1.000001"):
        call = api.chat_postMessage(channel=TEAM_CHANNEL, text="x", thread_ts=wrong)
        assert await error_of(call) == "thread_not_found"
    thread = await slack.messages(TEAM_CHANNEL, thread_ts=parent["ts"])
    assert [message.text for message in thread] == ["card", "prompt"]
    assert [message.is_reply for message in thread] == [False, True]


async def test_a_reply_can_be_shown_in_the_channel_too(
    api: AsyncWebClient, raw_bot: RawBot, slack: SandboxClient
) -> None:
    parent = await api.chat_postMessage(channel=TEAM_CHANNEL, text="card")
    await api.chat_postMessage(
        channel=TEAM_CHANNEL, text="loud", thread_ts=parent["ts"], reply_broadcast=True
    )
    assert (await raw_bot.next_event()).get("subtype") is None
    assert (await raw_bot.next_event())["subtype"] == "thread_broadcast"
    history = await api.conversations_history(channel=TEAM_CHANNEL)
    assert [message["text"] for message in history["messages"]] == ["loud", "card"]


async def test_updating_with_text_alone_removes_the_blocks(api: AsyncWebClient, slack: SandboxClient) -> None:
    posted = await api.chat_postMessage(channel=TEAM_CHANNEL, text="a", blocks=[section("a")], metadata=META)
    await api.chat_update(channel=TEAM_CHANNEL, ts=posted["ts"], text="b")
    (message,) = await slack.messages(TEAM_CHANNEL)
    assert (message.text, message.blocks, message.metadata, message.edits) == ("b", [], META, 1)


async def test_metadata_goes_when_an_empty_object_is_sent(api: AsyncWebClient, slack: SandboxClient) -> None:
    posted = await api.chat_postMessage(channel=TEAM_CHANNEL, text="a", metadata=META)
    await api.chat_update(channel=TEAM_CHANNEL, ts=posted["ts"], text="b", metadata={})
    assert (await slack.messages(TEAM_CHANNEL))[0].metadata is None


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"event_type": "t"}, "invalid_metadata_format"),
        ({"event_type": "t", "event_payload": "p"}, "invalid_metadata_format"),
        ({"event_type": "t", "event_payload": {}, "more": 1}, "invalid_metadata_schema"),
        ({"event_type": "t", "event_payload": {"k": "v" * 8_000}}, "metadata_too_large"),
    ],
)
async def test_metadata_that_is_refused(api: AsyncWebClient, metadata: dict[str, object], error: str) -> None:
    call = api.chat_postMessage(channel=TEAM_CHANNEL, text="x", metadata=metadata)
    assert await error_of(call) == error


async def test_only_own_messages_are_changed_and_deleted(api: AsyncWebClient, nia: PersonHandle) -> None:
    ts = await nia.say(TEAM_CHANNEL, "mine")
    assert await error_of(api.chat_update(channel=TEAM_CHANNEL, ts=ts, text="x")) == "cant_update_message"
    assert await error_of(api.chat_delete(channel=TEAM_CHANNEL, ts=ts)) == "cant_delete_message"
    gone = api.chat_update(channel=TEAM_CHANNEL, ts="1.000001", text="x")
    assert await error_of(gone) == "message_not_found"


async def test_a_deleted_message_is_gone_for_the_bot_and_marked_for_us(
    api: AsyncWebClient, slack: SandboxClient
) -> None:
    posted = await api.chat_postMessage(channel=TEAM_CHANNEL, text="a")
    await api.chat_delete(channel=TEAM_CHANNEL, ts=posted["ts"])
    assert (await slack.messages(TEAM_CHANNEL))[0].deleted
    call = api.chat_update(channel=TEAM_CHANNEL, ts=posted["ts"], text="b")
    assert await error_of(call) == "message_not_found"
    assert (await api.conversations_history(channel=TEAM_CHANNEL))["messages"] == []


async def test_a_message_in_an_archived_channel_cannot_be_edited(
    api: AsyncWebClient, slack: SandboxClient
) -> None:
    posted = await api.chat_postMessage(channel=TEAM_CHANNEL, text="a")
    await slack.archive(TEAM_CHANNEL)
    assert await error_of(api.chat_update(channel=TEAM_CHANNEL, ts=posted["ts"], text="b")) == "is_inactive"
    await slack.unarchive(TEAM_CHANNEL)
    assert (await api.chat_update(channel=TEAM_CHANNEL, ts=posted["ts"], text="b"))["ok"]


async def test_rich_text_is_not_replaced_by_other_blocks(api: AsyncWebClient) -> None:
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}
    posted = await api.chat_postMessage(
        channel=TEAM_CHANNEL, text="a", blocks=[{"type": "rich_text", "elements": [words]}]
    )
    call = api.chat_update(channel=TEAM_CHANNEL, ts=posted["ts"], text="b", blocks=[section("b")])
    assert await error_of(call) == "block_mismatch"


async def test_markdown_text_stands_alone(api: AsyncWebClient) -> None:
    assert (await api.chat_postMessage(channel=TEAM_CHANNEL, markdown_text="**a**"))["ok"]
    both = {"channel": TEAM_CHANNEL, "markdown_text": "**a**", "text": "a"}
    assert await error_of(api.api_call("chat.postMessage", json=both)) == "markdown_text_conflict"


async def test_an_ephemeral_message_is_for_one_reader_and_cannot_be_updated(
    api: AsyncWebClient, slack: SandboxClient
) -> None:
    shown = await api.chat_postEphemeral(channel=TEAM_CHANNEL, user=NIA, text="only you")
    assert await slack.messages(TEAM_CHANNEL) == []
    (private,) = await slack.ephemerals(NIA)
    assert (private.ts, private.text, private.channel) == (shown["message_ts"], "only you", TEAM_CHANNEL)
    assert await slack.ephemerals(TOM) == []
    call = api.chat_update(channel=TEAM_CHANNEL, ts=shown["message_ts"], text="x")
    assert await error_of(call) == "message_not_found"
    call = api.chat_postEphemeral(channel=PRIVATE_CHANNEL, user=SAM, text="x")
    assert await error_of(call) == "user_not_in_channel"


async def test_a_permalink_names_the_thread(api: AsyncWebClient) -> None:
    parent = await api.chat_postMessage(channel=TEAM_CHANNEL, text="a")
    reply = await api.chat_postMessage(channel=TEAM_CHANNEL, text="b", thread_ts=parent["ts"])
    link = await api.chat_getPermalink(channel=TEAM_CHANNEL, message_ts=reply["ts"])
    assert link["permalink"].endswith(f"?thread_ts={parent['ts']}&cid={TEAM_CHANNEL}")
    assert f"/p{reply['ts'].replace('.', '')}" in link["permalink"]


async def test_who_is_pinged_is_recorded(api: AsyncWebClient, slack: SandboxClient) -> None:
    blocks = [section(f"<!here> <@{NIA}>"), {"type": "header", "text": plain("<!channel>")}]
    await api.chat_postMessage(channel=TEAM_CHANNEL, text="&lt;!channel&gt; <!everyone>", blocks=blocks)
    await api.chat_postMessage(channel=TEAM_CHANNEL, text="&lt;!channel&gt; @here")
    await api.chat_postMessage(channel=TEAM_CHANNEL, text="@here", link_names=True)
    pings = [message.pings for message in await slack.messages(TEAM_CHANNEL)]
    assert pings == [["!everyone", "!here", NIA], [], ["!here"]]


async def test_ts_is_unique_and_grows_even_when_the_clock_stands(api: AsyncWebClient) -> None:
    stamps = [(await api.chat_postMessage(channel=TEAM_CHANNEL, text="x"))["ts"] for _ in range(5)]
    assert stamps == sorted(set(stamps), key=float)
