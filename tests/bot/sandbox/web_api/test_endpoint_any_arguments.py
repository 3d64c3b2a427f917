"""Whatever a call says, every method answers or refuses; none breaks."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.gestures.scene import Scene
from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.server import Sandbox
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.endpoint import METHODS
from bot.sandbox.web_api.method import Desk
from bot.sandbox.workspace.world import NIA, TEAM_CHANNEL
from tests.bot.sandbox.bare_bot import modal, section, text_input

OWN = "the ts of a message of the bot's"
_NAMES = (
    "channel",
    "user",
    "users",
    "user_id",
    "ts",
    "timestamp",
    "thread_ts",
    "text",
    "blocks",
    "attachments",
    "metadata",
    "view",
    "view_id",
    "external_id",
    "hash",
    "trigger_id",
    "limit",
    "cursor",
    "oldest",
    "latest",
    "types",
    "name",
    "files",
    "filename",
    "length",
    "channel_id",
    "channels",
    "message",
    "message_ts",
    "reply_broadcast",
    "file",
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
_LIKELY: st.SearchStrategy[Any] = st.sampled_from(
    [
        TEAM_CHANNEL,
        NIA,
        "1.000001",
        OWN,
        "",
        "[]",
        "{}",
        "[{",
        "nan",
        "bulb",
        [section("x")],
        modal(text_input()),
        [{"id": "F1"}],
        {"event_type": "t", "event_payload": {}},
        {"blocks": 5},
    ]
)
CALLS = st.dictionaries(st.sampled_from(_NAMES), _LIKELY | _JSON, max_size=8)


@pytest.fixture
def desk() -> Desk:
    sandbox = Sandbox(SandboxClock(datetime(2026, 11, 23, tzinfo=UTC), speed=0), strict=False)
    scene = Scene(sandbox.workspace, sandbox.feed, sandbox.courier, sandbox.sockets)
    sandbox.workspace.rules = sandbox.workspace.rules.changed({"subscriptions": []})
    return scene.desk


@pytest.mark.parametrize("name", sorted(METHODS))
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=CALLS)
def test_every_method_answers_or_refuses(desk: Desk, name: str, values: dict[str, Any]) -> None:
    if name in ("views.open", "views.push"):
        values["trigger_id"] = desk.slack.triggers.give(NIA)
    if not desk.slack.installed:  # An example before revoked the token.
        desk.slack.install()
        desk.slack.change_members(TEAM_CHANNEL, add=desk.slack.world.bot_user_id)
    posted = METHODS["chat.postMessage"].handler(desk, Arguments({"channel": TEAM_CHANNEL, "text": "x"}))
    values = {key: posted["ts"] if value == OWN else value for key, value in values.items()}
    try:
        answer = METHODS[name].handler(desk, Arguments(values))
    except SlackRefusal as refusal:
        assert refusal.body()["ok"] is False
        assert refusal.error
    else:
        assert isinstance(answer, dict)
