"""What people do, and what only looks as if they could."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import PersonHandle, SandboxClient, SandboxError
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import (
    ARCHIVED_CHANNEL,
    LEE,
    NIA,
    OMAR,
    PRIVATE_CHANNEL,
    SAM,
    TEAM_CHANNEL,
    TOM,
    WITHOUT_BOT_CHANNEL,
)
from tests.bot.sandbox.bare_bot import RawBot, actions, button, mrkdwn, plain, section

MENU = {
    "type": "static_select",
    "action_id": "level",
    "placeholder": plain("Level"),
    "options": [
        {"text": plain("Passive"), "value": "1"},
        {"text": plain("Developing"), "value": "2"},
    ],
}


async def posted(api: AsyncWebClient, raw_bot: RawBot, *blocks: dict[str, Any]) -> str:
    ts = (await api.chat_postMessage(channel=TEAM_CHANNEL, text="card", blocks=list(blocks)))["ts"]
    await raw_bot.next()
    return str(ts)


async def test_a_press_has_slacks_shape(
    api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot, sandbox: Sandbox
) -> None:
    ts = await posted(api, raw_bot, section("q"), actions(button(value="p1"), block_id="bar"))
    outcome = await nia.press(TEAM_CHANNEL, ts, label="Go")
    envelope = await raw_bot.next()
    payload = envelope["payload"]
    assert outcome.acknowledged
    assert envelope["type"] == "interactive"
    assert payload["type"] == "block_actions"
    assert payload["user"]["id"] == NIA
    assert payload["team"]["id"] == sandbox.team_id
    assert payload["channel"] == {"id": TEAM_CHANNEL, "name": "digital-team"}
    assert payload["container"]["message_ts"] == ts
    assert payload["message"]["ts"] == ts
    assert payload["response_url"].startswith("http://")
    assert payload["trigger_id"]
    (action,) = payload["actions"]
    assert (action["type"], action["action_id"], action["block_id"], action["value"]) == (
        "button",
        "go",
        "bar",
        "p1",
    )
    assert action["action_ts"] == outcome.payload_id


async def test_two_presses_have_two_action_ts(
    api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    ts = await posted(api, raw_bot, actions(button()))
    first = await nia.press(TEAM_CHANNEL, ts, "go")
    second = await nia.press(TEAM_CHANNEL, ts, "go")
    assert first.payload_id != second.payload_id


async def test_exactly_one_element_must_fit(api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot) -> None:
    ts = await posted(
        api,
        raw_bot,
        actions(button("go", "One", value="1"), block_id="first"),
        actions(button("go", "Two", value="2"), block_id="second"),
    )
    with pytest.raises(SandboxError, match=r"2 elements fit .*One.*Two"):
        await nia.press(TEAM_CHANNEL, ts, "go")
    with pytest.raises(SandboxError, match="0 elements fit"):
        await nia.press(TEAM_CHANNEL, ts, label="Three")
    assert (await nia.press(TEAM_CHANNEL, ts, "go", value="2")).acknowledged
    assert (await nia.press(TEAM_CHANNEL, ts, "go", block_id="first")).acknowledged


async def test_a_choice_is_kept_in_the_messages_state(
    api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    ts = await posted(api, raw_bot, actions(MENU, button(), block_id="bar"))
    await nia.choose(TEAM_CHANNEL, ts, "level", option="Developing")
    chosen = (await raw_bot.next())["payload"]["actions"][0]["selected_option"]
    assert chosen["value"] == "2"
    await nia.press(TEAM_CHANNEL, ts, "go")
    state = (await raw_bot.next())["payload"]["state"]["values"]
    assert state["bar"]["level"]["selected_option"]["value"] == "2"
    with pytest.raises(SandboxError, match="offers"):
        await nia.choose(TEAM_CHANNEL, ts, "level", option="9")


async def test_an_overflow_menu(api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot) -> None:
    menu = {"type": "overflow", "action_id": "more", "options": MENU["options"]}
    ts = await posted(api, raw_bot, {"type": "section", "text": mrkdwn("q"), "accessory": menu})
    await nia.choose(TEAM_CHANNEL, ts, "more", option="1")
    action = (await raw_bot.next())["payload"]["actions"][0]
    assert action["type"] == "overflow"
    assert action["selected_option"]["value"] == "1"


@pytest.mark.parametrize("user", [LEE, "U0NOBODY1"])
async def test_the_absent_do_nothing(slack: SandboxClient, user: str) -> None:
    with pytest.raises(SandboxError):
        await slack.person(user).say(TEAM_CHANNEL, "x")


async def test_nobody_acts_where_they_are_not(
    api: AsyncWebClient, slack: SandboxClient, raw_bot: RawBot
) -> None:
    posted_ts = (await api.chat_postMessage(channel=PRIVATE_CHANNEL, text="x", blocks=[actions(button())]))[
        "ts"
    ]
    tom = slack.person(TOM)
    with pytest.raises(SandboxError, match="not in leadership"):
        await tom.press(PRIVATE_CHANNEL, posted_ts, "go")
    with pytest.raises(SandboxError, match="not in leadership"):
        await tom.command(PRIVATE_CHANNEL, "/milepost")
    with pytest.raises(SandboxError, match="not in leadership"):
        await tom.react(PRIVATE_CHANNEL, posted_ts, "bulb")


async def test_nobody_sees_anothers_private_message(api: AsyncWebClient, slack: SandboxClient) -> None:
    shown = await api.chat_postEphemeral(channel=TEAM_CHANNEL, user=NIA, text="x", blocks=[actions(button())])
    with pytest.raises(SandboxError, match="no private message"):
        await slack.person(OMAR).press_ephemeral(shown["message_ts"], "go")


async def test_a_command_carries_what_slack_sends(
    sandbox: Sandbox, slack: SandboxClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    raw_bot.answer = {"text": "Starting", "response_type": "ephemeral"}
    outcome = await nia.command(TEAM_CHANNEL, "/milepost start  now ")
    envelope = await raw_bot.next()
    assert envelope["type"] == "slash_commands"
    assert envelope["accepts_response_payload"] is True
    payload = envelope["payload"]
    assert (payload["command"], payload["text"], payload["user_id"]) == ("/milepost", "start  now", NIA)
    assert (payload["channel_id"], payload["channel_name"]) == (TEAM_CHANNEL, "digital-team")
    assert (payload["team_id"], payload["is_enterprise_install"]) == (sandbox.team_id, "false")
    assert "thread_ts" not in payload
    assert outcome.text == "Starting"
    assert [message.text for message in await slack.ephemerals(NIA)] == ["Starting"]


async def test_commands_that_do_not_run(slack: SandboxClient, nia: PersonHandle, raw_bot: RawBot) -> None:
    ts = await nia.say(TEAM_CHANNEL, "card")
    await raw_bot.next()
    in_thread = await nia.command(TEAM_CHANNEL, "/milepost", thread_ts=ts)
    assert in_thread.error == "/milepost is not supported in threads"
    await slack.set_rules(commands=["/milepost"])
    assert (await nia.command(TEAM_CHANNEL, "/mileposts")).error == "/mileposts is not a valid command"
    with pytest.raises(SandboxError, match="archived"):
        await nia.command(ARCHIVED_CHANNEL, "/milepost")
    assert raw_bot.received.empty()
    raw_bot.answer = {"blocks": [section("")]}
    assert (await nia.command(TEAM_CHANNEL, "/milepost")).error == "invalid_command_response"


async def test_a_command_runs_where_the_bot_is_not(
    slack: SandboxClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    assert (await nia.command(WITHOUT_BOT_CHANNEL, "/milepost")).acknowledged


async def test_shortcuts(nia: PersonHandle, raw_bot: RawBot) -> None:
    ts = await nia.say(TEAM_CHANNEL, "idea")
    await raw_bot.next()
    await nia.shortcut("start")
    payload = (await raw_bot.next())["payload"]
    assert (payload["type"], payload["callback_id"]) == ("shortcut", "start")
    assert "channel" not in payload
    await nia.message_shortcut("propose", TEAM_CHANNEL, ts)
    payload = (await raw_bot.next())["payload"]
    assert (payload["type"], payload["message_ts"]) == ("message_action", ts)
    assert payload["message"]["text"] == "idea"


async def test_own_messages_are_edited_and_deleted(
    slack: SandboxClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    ts = await nia.say(TEAM_CHANNEL, "one")
    with pytest.raises(SandboxError, match="own"):
        await slack.person(OMAR).edit(TEAM_CHANNEL, ts, "two")
    await nia.edit(TEAM_CHANNEL, ts, "two")
    await nia.delete(TEAM_CHANNEL, ts)
    events = [await raw_bot.next_event() for _ in range(3)]
    assert [event.get("subtype") for event in events] == [None, "message_changed", "message_deleted"]
    assert events[1]["message"]["text"] == "two"
    assert events[1]["previous_message"]["text"] == "one"
    assert events[2]["deleted_ts"] == ts


async def test_coming_and_going(slack: SandboxClient, raw_bot: RawBot) -> None:
    omar, sam = slack.person(OMAR), slack.person(SAM)
    await omar.leave(TEAM_CHANNEL)
    await omar.join(TEAM_CHANNEL)
    assert [(await raw_bot.next_event())["type"] for _ in range(2)] == [
        "member_left_channel",
        "member_joined_channel",
    ]
    with pytest.raises(SandboxError, match="cannot join"):
        await sam.join(WITHOUT_BOT_CHANNEL)
    with pytest.raises(SandboxError, match="cannot join"):
        await omar.join(PRIVATE_CHANNEL)


async def test_buttons_within_cards_and_containers(
    api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    card = {"type": "card", "title": plain("t"), "actions": [button("card", "Card")]}
    ts = await posted(
        api,
        raw_bot,
        {"type": "carousel", "elements": [card]},
        {"type": "container", "child_blocks": [actions(button("inner", "Inner"))]},
    )
    for label in ("Card", "Inner"):
        assert (await nia.press(TEAM_CHANNEL, ts, label=label)).acknowledged
    pressed = [(await raw_bot.next())["payload"]["actions"][0]["action_id"] for _ in range(2)]
    assert pressed == ["card", "inner"]
