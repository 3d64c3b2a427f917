"""The typed client, the control API's refusals, worlds of one's own and readable messages."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import PersonHandle, SandboxClient, SandboxError
from bot.sandbox.reports.readable_text import readable
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import NIA, TEAM_CHANNEL, default_world, read_world, world_from
from tests.bot.sandbox.bare_bot import actions, button, error_of, mrkdwn, plain, section, text_input


async def test_until_wakes_with_the_change_and_not_before(slack: SandboxClient, nia: PersonHandle) -> None:
    waiting = asyncio.create_task(slack.until(lambda seen: seen.messages(TEAM_CHANNEL)))
    await asyncio.sleep(0)
    assert not waiting.done()
    await nia.say(TEAM_CHANNEL, "hello")
    seen = await asyncio.wait_for(waiting, 2)
    assert [message.text for message in seen.messages(TEAM_CHANNEL)] == ["hello"]


async def test_until_tells_what_there_was_when_it_gives_up(slack: SandboxClient, nia: PersonHandle) -> None:
    await nia.say(TEAM_CHANNEL, "something else")
    with pytest.raises(TimeoutError, match="something else"):
        await slack.until(lambda seen: seen.modal(NIA), timeout=0.05)


async def test_calls_are_counted_and_kept(api: AsyncWebClient, slack: SandboxClient) -> None:
    await api.chat_postMessage(channel=TEAM_CHANNEL, text="a")
    await error_of(api.chat_postMessage(channel="C0NOWHERE1", text="b"))
    await api.auth_test()
    assert await slack.api_calls() == {"auth.test": 1, "chat.postMessage": 2}
    first, second = await slack.calls("chat.postMessage")
    assert (first.arguments["text"], first.status, first.answer["ok"]) == ("a", 200, True)
    assert second.answer["error"] == "channel_not_found"
    assert first.at <= second.at


async def test_the_world_is_told(slack: SandboxClient) -> None:
    world = await slack.world()
    assert world.team_name == "Saltmarsh District Council"
    assert len([person for person in world.people if not person.is_bot]) == 8
    assert world.channel("digital-team").id == TEAM_CHANNEL
    assert world.person("Nia Pryce").id == NIA


@pytest.mark.parametrize(
    ("order", "body", "status"),
    [
        ("dance", "{}", 404),
        ("say", "{", 400),
        ("say", "[]", 400),
        ("say", "{}", 400),
        ("press", '{"user": 3}', 400),
        ("upload", '{"user": "U1", "channel": "C1", "name": "n", "content": "%"}', 400),
        ("advance", '{"seconds": -1}', 400),
        ("advance", '{"seconds": "soon"}', 400),
        ("changes", '{"since": "x"}', 400),
        ("changes", '{"since": null}', 400),
        ("rules", '{"colour": "red"}', 400),
        ("rules", '{"rate_limits": 1}', 400),
        ("set_zone", '{"user": "U0NIAPRYCE", "tz": "Mars/Olympus"}', 400),
        ("archive", '{"channel": "C0NOWHERE1"}', 400),
        ("disconnect", '{"reason": "boredom"}', 400),
        ("redeliver_last", "{}", 400),
        ("challenge", "{}", 400),
        ("lose_acks", '{"times": 0}', 400),
        ("close_modal", '{"user": "U0NIAPRYCE"}', 400),
        ("press_home", '{"user": "U0NIAPRYCE"}', 400),
    ],
)
async def test_orders_that_cannot_be_carried_out(
    sandbox: Sandbox, order: str, body: str, status: int
) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox.control_url}{order}", data=body) as response,
    ):
        assert response.status == status
        assert (await response.json())["error"]


async def test_a_sandbox_can_be_stopped_and_its_port_is_free_again() -> None:
    async with Sandbox() as first:
        port = int(first.base_url.rpartition(":")[2])
    async with Sandbox(port=port, strict=False) as second:
        assert second.base_url.endswith(str(port))
        assert second.workspace.rules.rate_limits is False


def test_a_world_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "world.yaml"
    path.write_text(
        "team_name: Northwold Council\n"
        "people:\n- {id: U1, name: ada, real_name: Ada Bell, tz: Europe/London}\n"
        "channels:\n- {id: C1, name: general, members: everyone}\n- {id: C2, name: b, members: [U1]}\n"
    )
    world = read_world(path)
    assert world.team_name == "Northwold Council"
    assert world.channels[0].members == {"U1", world.bot_user_id}
    assert world.channels[1].members == {"U1"}
    path.write_text("- one\n")
    with pytest.raises(ValueError, match="world"):
        read_world(path)


@pytest.mark.parametrize(
    "data",
    [
        {"colour": "red"},
        {"people": [{"id": "U1"}]},
        {"people": [{"id": "U1", "name": "a", "real_name": "A"}] * 2},
        {"channels": [{"id": "C1", "name": "a"}]},
        {"channels": [{"id": "C1", "name": "a", "members": ["U9"]}]},
    ],
)
def test_a_world_that_cannot_be(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"world|twice|do not exist"):
        world_from(data)


def test_the_built_in_world_is_the_same_every_time() -> None:
    assert default_world() == default_world()


def test_a_message_is_readable_without_slack() -> None:
    menu = {"type": "static_select", "action_id": "m", "options": [{"text": plain("One"), "value": "1"}]}
    blocks = [
        {"type": "header", "text": plain("Leadership")},
        section("*Who decides?*", accessory=button(label="Why")),
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("2 of 5"), {"type": "image", "alt_text": "a dial"}]},
        actions(button("a", "Passive"), button("b", "Developing"), menu),
        text_input(label="Reason"),
        {"type": "image", "alt_text": "Radar of levels", "image_url": "u"},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]]},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "rich"}]}],
        },
    ]
    assert readable("not shown", blocks).splitlines() == [
        "Leadership",
        "*Who decides?*",
        "[Why]",
        "---",
        "2 of 5 [picture: a dial]",
        "[Passive] [Developing] <One>",
        "Reason: <plain_text_input>",
        "[picture: Radar of levels]",
        "a | b",
        "rich",
    ]
    assert readable("only text") == "only text"


async def test_what_is_seen_is_readable_with_files_and_buttons(
    api: AsyncWebClient, slack: SandboxClient, nia: PersonHandle
) -> None:
    blocks = [section("Board"), actions(button(label="Start"))]
    await api.chat_postMessage(channel=TEAM_CHANNEL, text="Board", blocks=blocks)
    await nia.upload(TEAM_CHANNEL, "notes.txt", b"x")
    seen = await slack.seen()
    assert [message.readable for message in seen.messages(TEAM_CHANNEL)] == [
        "Board\n[Start]",
        "[file: notes.txt]",
    ]
    await api.views_publish(user_id=NIA, view={"type": "home", "blocks": blocks})
    home = (await slack.seen()).home(NIA)
    assert home is not None
    assert home.readable == "Board\n[Start]"


async def test_a_refused_order_raises_with_the_reason(nia: PersonHandle) -> None:
    with pytest.raises(SandboxError, match="no channel C0NOWHERE1"):
        await nia.say("C0NOWHERE1", "x")
