"""The app manifest: what Slack takes, and exactly the scopes, events and words that the bot uses."""

from __future__ import annotations

import ast
import asyncio
import inspect
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from slack_bolt.async_app import AsyncApp

import bot.app
from bot.delivery.slack import own_messages
from bot.delivery.slack import slack as slack_calls
from bot.listeners.commands.table import WORDS
from bot.manifest import bot_scopes, manifest_for, read_manifest
from bot.sandbox.reports.reports import CallReport
from bot.sandbox.workspace.world import PRIVATE_CHANNEL, TEAM_CHANNEL
from bot.services.messages.redrawing import redraw_board
from bot.views.block_kit.reference import Reference
from tests.bot.flows.small import framework_folder
from tests.bot.stage import Stage, key_of, keyed, staged

# What each method needs in a public channel and in a private one.
# Source: https://docs.slack.dev/reference/methods, the page of each.
METHODS: dict[str, tuple[str | None, str | None]] = {
    "apps.connections.open": (None, None),
    "auth.test": (None, None),
    "chat.delete": ("chat:write", "chat:write"),
    "chat.postEphemeral": ("chat:write", "chat:write"),
    "chat.postMessage": ("chat:write", "chat:write"),
    "chat.update": ("chat:write", "chat:write"),
    "conversations.history": ("channels:history", "groups:history"),
    "conversations.members": ("channels:read", "groups:read"),
    "conversations.open": ("im:write", "im:write"),
    "conversations.replies": ("channels:history", "groups:history"),
    "files.completeUploadExternal": ("files:write", "files:write"),
    "files.delete": ("files:write", "files:write"),
    "files.getUploadURLExternal": ("files:write", "files:write"),
    "users.info": ("users:read", "users:read"),
    "views.open": (None, None),
    "views.publish": (None, None),
    "views.update": (None, None),
}
# Source: https://docs.slack.dev/reference/events, the page of each.
EVENTS: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "channel_unarchive": {"channels:read"},
    "group_unarchive": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}


def text(least: int, most: int, **more: Any) -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most, **more}


def fields(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    """An object that has no others."""
    given = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**given, "required": list(required)}


def listed(items: dict[str, Any], least: int, most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most, "uniqueItems": True}


YES_OR_NO = {"type": "boolean"}
URL = text(1, 3_000, pattern=r"^https://")
# Its limits. Source: https://github.com/slackapi/manifest-schema, manifest.schema.1.0.0.json.
SCHEMA = fields(
    ("display_information", "features", "oauth_config", "settings"),
    display_information=fields(
        ("name", "description", "long_description"),
        name=text(1, 35),
        description=text(1, 140),
        long_description=text(175, 4_000),
        background_color=text(7, 7, pattern=r"^#[0-9a-f]{6}$"),
    ),
    features=fields(
        app_home=fields(
            home_tab_enabled=YES_OR_NO,
            messages_tab_enabled=YES_OR_NO,
            messages_tab_read_only_enabled=YES_OR_NO,
        ),
        bot_user=fields(("display_name",), display_name=text(1, 80), always_online=YES_OR_NO),
        shortcuts=listed(
            fields(
                ("name", "type", "callback_id", "description"),
                name=text(1, 24),
                type={"enum": ["global", "message"]},
                callback_id=text(1, 255),
                description=text(1, 150),
            ),
            1,
            10,
        ),
        slash_commands=listed(
            fields(
                ("command", "description"),
                command=text(2, 32, pattern="^/"),
                url=URL,
                description=text(1, 2_000),
                usage_hint=text(1, 1_000),
                should_escape=YES_OR_NO,
            ),
            1,
            50,
        ),
    ),
    oauth_config=fields(("scopes",), scopes=fields(("bot",), bot=listed(text(1, 50), 1, 255))),
    settings=fields(
        event_subscriptions=fields(("bot_events",), request_url=URL, bot_events=listed(text(1, 50), 1, 100)),
        interactivity=fields(("is_enabled",), is_enabled=YES_OR_NO, request_url=URL),
        org_deploy_enabled=YES_OR_NO,
        socket_mode_enabled=YES_OR_NO,
        token_rotation_enabled=YES_OR_NO,
    ),
)


def faults(manifest: dict[str, Any]) -> list[str]:
    return [f"{fault.json_path}: {fault.message}" for fault in Draft7Validator(SCHEMA).iter_errors(manifest)]


def events() -> set[str]:
    return set(read_manifest()["settings"]["event_subscriptions"]["bot_events"])


@pytest.mark.parametrize("address", [None, "https://milepost.example.gov.uk"])
def test_slack_takes_it(address: str | None) -> None:
    assert faults(manifest_for(command="/milepost", address=address)) == []
    assert faults(manifest_for(command="/" + "m" * 31, address=address)) == []


def test_the_check_can_fail() -> None:
    manifest = manifest_for(command="/" + "m" * 32, address="http://milepost.example.gov.uk")
    manifest["display_information"]["long_description"] = "short"
    manifest["settings"]["is_hosted"] = False
    assert len(faults(manifest)) == 6


def test_lists_are_in_order() -> None:
    scopes = read_manifest()["oauth_config"]["scopes"]["bot"]
    assert scopes == sorted(scopes)
    assert list(read_manifest()["settings"]["event_subscriptions"]["bot_events"]) == sorted(events())


def test_the_hint_names_every_word_of_the_command() -> None:
    slash = read_manifest()["features"]["slash_commands"][0]
    assert slash["usage_hint"] == " | ".join(WORDS)


class RecordingApp(AsyncApp):
    """Bolt's app, which notes what the listeners listen to; patterns, which catch the rest, are left out."""

    registered: list[tuple[str, Any]]

    def _noting(self, kind: str, constraint: Any) -> None:
        if not hasattr(self, "registered"):
            self.registered = []
        if isinstance(constraint, str):
            self.registered.append((kind, constraint))

    def event(self, event: Any, *more: Any, **others: Any) -> Callable[..., Any]:
        self._noting("event", event)
        return super().event(event, *more, **others)

    def command(self, command: Any, *more: Any, **others: Any) -> Callable[..., Any]:
        self._noting("command", command)
        return super().command(command, *more, **others)

    def shortcut(self, constraints: Any, *more: Any, **others: Any) -> Callable[..., Any]:
        self._noting("shortcut", constraints)
        return super().shortcut(constraints, *more, **others)

    def global_shortcut(self, callback_id: Any, *more: Any, **others: Any) -> Callable[..., Any]:
        self._noting("shortcut", callback_id)
        return super().global_shortcut(callback_id, *more, **others)


async def test_listeners_and_manifest_have_the_same_events_commands_and_shortcuts(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.app, "AsyncApp", RecordingApp)
    async with staged(sqlite_url, milepost_framework=str(framework_folder(tmp_path))) as stage:
        app = stage.runtime.app
        assert isinstance(app, RecordingApp)
        registered = app.registered
    features = read_manifest()["features"]

    def named(kind: str) -> list[str]:
        return sorted(name for each, name in registered if each == kind)

    assert set(named("event")) == {name.partition(".")[0] for name in events()}
    assert named("command") == [each["command"] for each in features["slash_commands"]]
    assert named("shortcut") == sorted(each["callback_id"] for each in features["shortcuts"])


@pytest.fixture
async def granted(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage where the app has what the manifest gives it, and nothing else."""
    framework = str(framework_folder(tmp_path))
    async with staged(sqlite_url, milepost_framework=framework) as stage:
        await stage.slack.set_rules(scopes=bot_scopes(), subscriptions=events(), commands={"/milepost"})
        yield stage


async def play(stage: Stage, channel: str) -> None:
    """A whole assessment, with each answer of Slack's that can be lost lost once."""
    stage.channel = channel
    await stage.slack.fault("drop_after", "chat.postMessage")
    assessment = await stage.start()
    await stage.slack.fault("drop_after", "chat.postMessage", skip=1)
    await stage.slack.fault("drop_after", "files.completeUploadExternal")
    for dimension in assessment.scope:
        await stage.open(dimension)
        await stage.answer(dimension, 3)
        await stage.confirm(dimension)
    await stage.slack.until(lambda seen: [m for m in seen.messages(channel) if m.files])
    await log_evidence(stage)
    board = await stage.board()
    name = stage.runtime.identity.bot_user_id
    await stage.nia.say(channel, f"<@{name}> status", thread_ts=board.ts)
    await stage.whisper(stage.nia, "Where you are")
    await lose_a_direct_message(stage, assessment.id)
    await stage.nia.open_home()
    await stage.slack.until(lambda seen: seen.calls("views.publish") > 0)


async def lose_a_direct_message(stage: Stage, assessment_id: str) -> None:
    """Have something to tell the facilitator alone, with the answer of Slack's lost."""
    bot, now = stage.runtime.bot, stage.runtime.bot.clock.now()
    await stage.slack.fault("drop_after", "chat.postMessage", channel=stage.nia.id)
    await stage.slack.archive(stage.channel)
    await redraw_board(bot.database, stage.runtime.identity.workspace_id, assessment_id, now)
    bot.dispatcher.wake()
    await stage.slack.until(lambda seen: seen.calls("conversations.open") > 0)
    await stage.still()
    await stage.slack.unarchive(stage.channel)
    await stage.still()


async def log_evidence(stage: Stage) -> None:
    """By a reaction, which is taken off again, and for a file."""
    thread = await stage.card("dimension", (await stage.assessment()).scope[0])
    said = await stage.omar.say(stage.channel, "The register is on the wiki.", thread_ts=thread.ts)
    await stage.nia.react(stage.channel, said, "paperclip")
    value = Reference(prompt="leadership-1").encode()
    asked = await stage.ask(stage.nia, "For which question")
    await stage.nia.press_ephemeral(asked.ts, "evidence.log_for", option=value)
    await stage.until_reads((await stage.find("evidence:")).ts, "The register is on the wiki.")
    await stage.nia.unreact(stage.channel, said, "paperclip")
    await stage.until_reads((await stage.find("evidence:")).ts, "withdrawn by Nia Pryce")
    await stage.omar.upload(stage.channel, "register.csv", b"a,b", thread_ts=thread.ts)
    await stage.ask(stage.omar, "Does what you shared here count")


async def test_with_the_scopes_and_events_of_the_manifest_everything_works(granted: Stage) -> None:
    for channel in (TEAM_CHANNEL, PRIVATE_CHANNEL):
        await play(granted, channel)
        assert len(keyed(await granted.still(), channel, "results:")) == 1
        await remove_everything(granted, channel)
    calls = await granted.slack.calls()
    assert [call for call in calls if call.answer.get("error") == "missing_scope"] == []
    assert {call.method for call in calls} == set(METHODS) == methods_in_the_code()
    by_calls = {scope for call in calls if (scope := scope_of(call)) is not None}
    by_events = {scope for event in events() for scope in EVENTS[event]}
    assert by_calls | by_events | {"commands"} == bot_scopes()


async def remove_everything(stage: Stage, channel: str) -> None:
    """Take the messages and pictures of the assessment out of Slack."""
    bot = stage.runtime.bot
    assessment = await stage.assessment(channel)
    async with bot.database.unit_of_work(stage.runtime.identity.workspace_id) as work:
        await work.messages.remove_all_of(assessment.id, bot.clock.now())
        await work.commit()
    bot.dispatcher.wake()
    left = (await stage.still()).messages(channel)
    assert [each for each in left if key_of(each) and not each.deleted] == []
    assert [each for each in left if each.files and each.by_bot] == []


def scope_of(call: CallReport) -> str | None:
    """What a call needed, by where it went."""
    public, private = METHODS[call.method]
    channel = call.arguments.get("channel") or call.arguments.get("channel_id")
    return private if channel == PRIVATE_CHANNEL else public


def methods_in_the_code() -> set[str]:
    """Every method of the client that the two modules which call Slack mention."""
    return {
        node.attr.replace("_", ".")
        for module in (slack_calls, own_messages)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "_client"
    }


@pytest.mark.parametrize("channel", [TEAM_CHANNEL, PRIVATE_CHANNEL])
async def test_the_events_of_the_manifest_let_a_channel_take_us_back(granted: Stage, channel: str) -> None:
    granted.channel = channel
    await granted.start()
    await granted.slack.remove_bot(channel)
    await press_open(granted, "culture")
    await blocked(granted)
    await granted.slack.invite_bot(channel)
    await granted.card("prompt", "culture-1")
    await granted.slack.fault("rate_limited", "chat.postMessage", seconds=30)
    before = (await granted.still()).calls("chat.postMessage")
    await press_open(granted, "data")
    await granted.slack.until(lambda seen: seen.calls("chat.postMessage") > before)
    await granted.slack.archive(channel)
    await blocked(granted)
    await granted.slack.unarchive(channel)
    await granted.card("prompt", "data-1")


async def press_open(stage: Stage, dimension: str) -> None:
    board, assessment = await stage.board(), await stage.assessment()
    value = Reference(assessment=assessment.id, dimension=dimension).encode()
    await stage.nia.press(stage.channel, board.ts, "dimension.open", value=value)


async def blocked(stage: Stage) -> None:
    """Wait until something is held back because the channel refuses the bot."""
    async with asyncio.timeout(20):
        while not await stage.runtime.bot.database.outbox.blocked():
            await stage.slack.idle(quiet=0.02)
