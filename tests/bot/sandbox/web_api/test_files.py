"""Files: the bot's three steps, and what people share."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import PersonHandle, SandboxClient
from bot.sandbox.workspace.world import NIA, PRIVATE_CHANNEL, TEAM_CHANNEL, WITHOUT_BOT_CHANNEL
from tests.bot.sandbox.bare_bot import RawBot, error_of


async def test_the_sdk_uploads_in_three_steps(
    api: AsyncWebClient, slack: SandboxClient, nia: PersonHandle
) -> None:
    card = await nia.say(TEAM_CHANNEL, "card")
    await api.files_upload_v2(
        channel=TEAM_CHANNEL,
        thread_ts=card,
        content=b"picture",
        filename="radar.png",
        title="Radar",
        alt_txt="Leadership 3, Strategy 2",
        initial_comment="Here it is",
    )
    reply = (await slack.messages(TEAM_CHANNEL, thread_ts=card))[1]
    assert (reply.text, reply.subtype, reply.by_bot) == ("Here it is", "file_share", True)
    (file,) = reply.files
    assert (file.name, file.title, file.size) == ("radar.png", "Radar", 7)
    assert file.alt_txt == "Leadership 3, Strategy 2"
    info = (await api.files_info(file=file.id))["file"]
    assert info["shares"]["public"][TEAM_CHANNEL][0]["ts"] == reply.ts


async def uploaded(api: AsyncWebClient, content: bytes = b"abc") -> str:
    ticket = await api.files_getUploadURLExternal(filename="a.txt", length=len(content))
    async with (
        aiohttp.ClientSession() as session,
        session.post(ticket["upload_url"], data=content) as response,
    ):
        assert response.status == 200
    return str(ticket["file_id"])


@pytest.mark.parametrize(
    ("channel", "error"),
    [(WITHOUT_BOT_CHANNEL, "not_in_channel"), ("C0NOWHERE1", "channel_not_found")],
)
async def test_where_a_file_cannot_go(api: AsyncWebClient, channel: str, error: str) -> None:
    file_id = await uploaded(api)
    call = api.files_completeUploadExternal(files=[{"id": file_id}], channel_id=channel)
    assert await error_of(call) == error


async def test_a_file_without_bytes_or_given_twice_is_not_found(
    api: AsyncWebClient, slack: SandboxClient
) -> None:
    empty = await api.files_getUploadURLExternal(filename="a.txt", length=3)
    call = api.files_completeUploadExternal(files=[{"id": empty["file_id"]}], channel_id=TEAM_CHANNEL)
    assert await error_of(call) == "file_not_found"
    file_id = await uploaded(api)
    await api.files_completeUploadExternal(files=[{"id": file_id}], channel_id=TEAM_CHANNEL)
    again = api.files_completeUploadExternal(files=[{"id": file_id}], channel_id=TEAM_CHANNEL)
    assert await error_of(again) == "file_not_found"
    assert len(await slack.messages(TEAM_CHANNEL)) == 1


async def test_the_address_takes_the_announced_bytes_once(api: AsyncWebClient) -> None:
    ticket = await api.files_getUploadURLExternal(filename="a.txt", length=3)
    statuses = []
    async with aiohttp.ClientSession() as session:
        for content in (b"abcd", b"abc", b"abc"):
            async with session.post(ticket["upload_url"], data=content) as response:
                statuses.append(response.status)
    assert statuses == [400, 200, 404]


async def test_a_thread_takes_one_channel_and_a_parent(
    api: AsyncWebClient, slack: SandboxClient, nia: PersonHandle
) -> None:
    file_id = await uploaded(api)
    both = [TEAM_CHANNEL, PRIVATE_CHANNEL]
    card = await nia.say(TEAM_CHANNEL, "card")
    call = api.files_completeUploadExternal(files=[{"id": file_id}], channels=both, thread_ts=card)
    assert await error_of(call) == "invalid_arguments"
    call = api.files_completeUploadExternal(
        files=[{"id": file_id}], channel_id=TEAM_CHANNEL, thread_ts="1.000001"
    )
    assert await error_of(call) == "thread_not_found"
    await api.files_completeUploadExternal(files=[{"id": file_id}], channels=both)
    assert len((await slack.messages(PRIVATE_CHANNEL))[0].files) == 1


async def test_a_deleted_file_leaves_a_tombstone(
    api: AsyncWebClient, slack: SandboxClient, nia: PersonHandle
) -> None:
    file_id = await uploaded(api)
    await api.files_completeUploadExternal(files=[{"id": file_id}], channel_id=TEAM_CHANNEL)
    await api.files_delete(file=file_id)
    [message] = await slack.messages(TEAM_CHANNEL)
    assert (message.files, message.deleted) == ([], False)
    [told] = (await api.conversations_history(channel=TEAM_CHANNEL))["messages"]
    assert told["files"] == [{"id": file_id, "mode": "tombstone"}]
    assert await error_of(api.files_info(file=file_id)) == "file_deleted"
    assert await error_of(api.files_delete(file=file_id)) == "file_deleted"
    assert await error_of(api.files_delete(file="F0NOTHING")) == "file_not_found"
    await nia.upload(TEAM_CHANNEL, "survey.csv", b"a,b")
    theirs = (await slack.messages(TEAM_CHANNEL))[-1].files[0]
    assert await error_of(api.files_delete(file=theirs.id)) == "cant_delete_file"


async def test_a_person_shares_a_file(api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot) -> None:
    card = await nia.say(TEAM_CHANNEL, "card")
    await raw_bot.next()
    await nia.upload(TEAM_CHANNEL, "survey.csv", b"a,b", thread_ts=card, text="R&D's")
    events = {event["type"]: event for event in [await raw_bot.next_event() for _ in range(2)]}
    assert events["message"]["subtype"] == "file_share"
    assert events["message"]["thread_ts"] == card
    assert events["message"]["text"] == "R&amp;D's"
    assert events["message"]["files"][0]["name"] == "survey.csv"
    assert events["file_shared"]["channel_id"] == TEAM_CHANNEL
    assert events["file_shared"]["user_id"] == NIA
    info = await api.files_info(file=events["file_shared"]["file_id"])
    assert info["file"]["size"] == 3
