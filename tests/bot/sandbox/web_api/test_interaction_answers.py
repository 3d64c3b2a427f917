"""response_url: five uses in thirty minutes, private unless it says otherwise."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_sdk.webhook.webhook_response import WebhookResponse

from bot.sandbox.client.client import PersonHandle, SandboxClient
from bot.sandbox.workspace.world import NIA, TEAM_CHANNEL
from tests.bot.sandbox.bare_bot import RawBot, actions, button, section


@pytest.fixture
async def url(nia: PersonHandle, raw_bot: RawBot) -> str:
    await nia.command(TEAM_CHANNEL, "/milepost")
    return str((await raw_bot.next())["payload"]["response_url"])


async def send(url: str, **body: Any) -> WebhookResponse:
    return await AsyncWebhookClient(url, retry_handlers=[]).send_dict(body)


async def test_an_answer_is_for_the_asker_unless_it_says_in_channel(slack: SandboxClient, url: str) -> None:
    assert (await send(url, text="only you")).body == "ok"
    assert (await send(url, text="everyone", response_type="in_channel")).status_code == 200
    assert [message.text for message in await slack.ephemerals(NIA)] == ["only you"]
    assert [message.text for message in await slack.messages(TEAM_CHANNEL)] == ["everyone"]


async def test_five_uses_and_no_more(url: str) -> None:
    for number in range(5):
        assert (await send(url, text=str(number))).status_code == 200
    sixth = await send(url, text="6")
    assert sixth.status_code == 404
    assert "used_url" in sixth.body


async def test_thirty_minutes_and_no_longer(slack: SandboxClient, url: str) -> None:
    await slack.advance(30 * 60)
    assert (await send(url, text="just in time")).status_code == 200
    await slack.advance(1)
    late = await send(url, text="late")
    assert late.status_code == 404
    assert "expired_url" in late.body
    assert "no_hook" in (await send(url + "0", text="x")).body


async def test_a_refused_answer_is_no_use(slack: SandboxClient, url: str) -> None:
    for _ in range(6):
        refusal = await send(url, blocks=[section("")])
        assert refusal.status_code == 400
        assert "invalid_blocks" in refusal.body
    assert (await send(url, text="fine")).status_code == 200


async def test_a_pressed_message_can_be_replaced_or_deleted(
    api: AsyncWebClient, slack: SandboxClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    posted = await api.chat_postMessage(channel=TEAM_CHANNEL, text="card", blocks=[actions(button())])
    await raw_bot.next()
    await nia.press(TEAM_CHANNEL, posted["ts"], "go")
    address = (await raw_bot.next())["payload"]["response_url"]
    await send(address, text="done", replace_original=True)
    (message,) = await slack.messages(TEAM_CHANNEL)
    assert (message.text, message.blocks, message.ts) == ("done", [], posted["ts"])
    await send(address, delete_original=True)
    assert (await slack.messages(TEAM_CHANNEL))[0].deleted


async def test_so_can_an_ephemeral_one(
    api: AsyncWebClient, slack: SandboxClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    shown = await api.chat_postEphemeral(
        channel=TEAM_CHANNEL, user=NIA, text="sure?", blocks=[actions(button())]
    )
    await nia.press_ephemeral(shown["message_ts"], label="Go")
    payload = (await raw_bot.next())["payload"]
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    await send(payload["response_url"], text="done", replace_original=True)
    assert [message.text for message in await slack.ephemerals(NIA)] == ["done"]
    await send(payload["response_url"], delete_original=True)
    assert await slack.ephemerals(NIA) == []


async def test_an_answer_may_go_into_a_thread(
    slack: SandboxClient, nia: PersonHandle, raw_bot: RawBot, url: str
) -> None:
    ts = await nia.say(TEAM_CHANNEL, "card")
    await send(url, text="here", thread_ts=ts)
    assert [message.thread_ts for message in await slack.ephemerals(NIA)] == [ts]
    assert "thread_not_found" in (await send(url, text="nowhere", thread_ts="1.000001")).body
