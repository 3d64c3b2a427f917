"""The manifest asks for exactly what the bot uses: no scope, event, command or shortcut more or less."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from slack_bolt.async_app import AsyncApp
from typer.testing import CliRunner

from bot.bot import Bot
from bot.cli import build_app
from bot.listeners.handling import Handling
from bot.listeners.registering import register
from bot.manifest import bot_scopes, manifest_for, read_manifest
from bot.sandbox.rules import ALL_SCOPES
from tests.bot.stage import staged

# Bot events this project may ask for, with the scopes of which each needs one
# (docs.slack.dev/reference/events, the page of each event).
EVENT_SCOPES: dict[str, frozenset[str]] = {
    "app_mention": frozenset({"app_mentions:read"}),
    "channel_unarchive": frozenset({"channels:read"}),
    "group_unarchive": frozenset({"groups:read"}),
    "member_joined_channel": frozenset({"channels:read", "groups:read"}),
}
# Scopes of which each method needs one, by kind of conversation (docs.slack.dev/reference/methods).
METHOD_SCOPES: dict[str, frozenset[str]] = {
    "apps.connections.open": frozenset(),
    "auth.test": frozenset(),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": frozenset({"channels:history", "groups:history"}),
    "conversations.replies": frozenset({"channels:history", "groups:history"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "users.info": frozenset({"users:read"}),
    "views.open": frozenset(),
    "views.update": frozenset(),
}
MANIFEST = read_manifest()


class Listened:
    """Stands in for the app, and notes what is listened to by name; patterns catch what is left."""

    def __init__(self) -> None:
        self.to: dict[str, list[str]] = defaultdict(list)

    def __getattr__(self, kind: str) -> Callable[[object], Callable[[object], object]]:
        def listen(to: object) -> Callable[[object], object]:
            if isinstance(to, str):
                self.to[kind] = sorted([*self.to[kind], to])
            return lambda listener: listener

        return listen


def test_the_methods_in_the_table_are_those_in_the_code() -> None:
    source = (Path(__file__).parents[2] / "bot" / "delivery" / "slack.py").read_text("utf-8")
    called = {name.lower() for name in re.findall(r"client\.([a-zA-Z]+_[a-zA-Z_]+)\b", source)}
    assert called == {method.replace(".", "_").lower() for method in METHOD_SCOPES}


def test_exactly_the_scopes_that_are_used() -> None:
    used = {"commands"}.union(*METHOD_SCOPES.values(), *(EVENT_SCOPES[event] for event in _events()))
    assert bot_scopes() == used
    assert bot_scopes() <= ALL_SCOPES, "no name of our own making"
    assert MANIFEST["oauth_config"]["scopes"]["bot"] == sorted(bot_scopes())


def test_exactly_the_events_commands_and_shortcuts_that_are_listened_to() -> None:
    listened = Listened()
    # Nothing is called, so that a bot is not needed.
    register(cast(AsyncApp, listened), Handling(cast(Bot, None)), "/milepost")
    assert listened.to["event"] == sorted(_events())
    assert listened.to["command"] == [each["command"] for each in _features("slash_commands")]
    assert listened.to["shortcut"] == [each["callback_id"] for each in _features("shortcuts")]
    assert all(each["type"] == "global" for each in _features("shortcuts"))


async def test_a_whole_assessment_with_nothing_but_what_the_manifest_grants(sqlite_url: str) -> None:
    async with staged(sqlite_url) as stage:
        await stage.slack.set_rules(
            scopes=bot_scopes(), subscriptions=set(_events()), commands={"/milepost"}, home_tab=False
        )
        await stage.start("leadership", "data", "culture", channel="C0LEADERS1")
        await stage.start("leadership", "data", "culture")
        await stage.open("leadership", "data", "culture")
        for dimension in ("leadership", "data", "culture"):
            await stage.answer(dimension, 3)
            await stage.confirm(dimension)
        await stage.find("results:")
        await stage.nia.say(stage.channel, f"<@{stage.sandbox.bot_user_id}> status")
        await stage.whisper(stage.nia, "Where you are")
        await stage.slack.archive(stage.channel)
        await stage.nia.shortcut("start_assessment")
        await stage.modal(stage.nia, "start")
        await stage.slack.unarchive(stage.channel)
        seen = await stage.still()
        assert [file for message in seen.messages(stage.channel) for file in message.files]
        calls = await stage.slack.calls()
    assert {call.method for call in calls} <= METHOD_SCOPES.keys()
    assert [call.answer for call in calls if call.answer.get("error") == "missing_scope"] == []


def test_the_limits_of_a_manifest() -> None:
    """Source: Slack's manifest schema, github.com/slackapi/manifest-schema."""
    about = MANIFEST["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4_000
    assert re.fullmatch(r"#[0-9a-f]{6}", about["background_color"])
    assert len(MANIFEST["features"]["bot_user"]["display_name"]) <= 80
    for command in _features("slash_commands"):
        assert 2 <= len(command["command"]) <= 32
        assert 1 <= len(command["description"]) <= 2_000
        assert len(command["usage_hint"]) <= 1_000
    for shortcut in _features("shortcuts"):
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["callback_id"]) <= 255
        assert 1 <= len(shortcut["description"]) <= 150
    assert len(_events()) <= 100 and len(bot_scopes()) <= 255
    assert MANIFEST["settings"]["socket_mode_enabled"] is True


def test_http_mode_has_the_address_everywhere() -> None:
    manifest = manifest_for(command="/dq", address="https://milepost.example.gov.uk/")
    url = "https://milepost.example.gov.uk/slack/events"
    assert manifest["features"]["slash_commands"][0]["url"] == url
    assert manifest["features"]["slash_commands"][0]["command"] == "/dq"
    assert manifest["settings"]["event_subscriptions"]["request_url"] == url
    assert manifest["settings"]["interactivity"]["request_url"] == url
    assert manifest["settings"]["socket_mode_enabled"] is False
    assert read_manifest() == MANIFEST, "the file's own manifest is left alone"


def test_the_command_line_prints_it() -> None:
    result = CliRunner().invoke(build_app(), ["manifest"])
    assert result.exit_code == 0
    assert '"socket_mode_enabled": true' in result.stdout
    result = CliRunner().invoke(
        build_app(), ["manifest", "--url", "https://a.example", "--command", "/quality"]
    )
    assert '"/quality"' in result.stdout and "https://a.example/slack/events" in result.stdout


@pytest.mark.parametrize("url", ["http://a.example", "a.example", "https://", "https:// a"])
def test_an_address_that_slack_cannot_reach_is_refused(url: str) -> None:
    result = CliRunner().invoke(build_app(), ["manifest", "--url", url])
    assert result.exit_code == 1
    assert "https://" in result.stderr and result.stdout == ""


@pytest.mark.parametrize("command", ["milepost", "/", "/Mile post", "/" + "x" * 32])
def test_a_command_that_slack_does_not_take_is_refused(command: str) -> None:
    result = CliRunner().invoke(build_app(), ["manifest", "--command", command])
    assert result.exit_code == 1
    assert "slash" in result.stderr


def _events() -> list[str]:
    events: list[str] = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    return events


def _features(kind: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = MANIFEST["features"][kind]
    return features
