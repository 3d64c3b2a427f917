"""The same bot over signed HTTP requests, and the health check in both modes."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.runtime import Runtime, running_bot
from bot.sandbox.client.client import SandboxClient
from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.server import Sandbox
from bot.starting.start_problem import StartProblem
from bot.web import SLACK_PATH
from storage.engine.errors import StorageUnavailable
from storage.messages.outbox import Outbox
from tests.bot.stage import QUICK_SOCKET, SPEED, Stage, read, settings_for, staged

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass
class Door:
    """The bot's own web address, knocked at by hand."""

    address: str
    secret: str
    session: aiohttp.ClientSession

    async def knock(
        self, body: str | bytes, kind: str = JSON, *, age: float = 0, secret: str | None = None
    ) -> int:
        """Send a signed request; the answer is its status."""
        stamp = str(int(time.time() - age))
        raw = body if isinstance(body, bytes) else body.encode()
        signed = hmac.new((secret or self.secret).encode(), f"v0:{stamp}:".encode() + raw, hashlib.sha256)
        headers = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signed.hexdigest()}",
        }
        async with self.session.post(self.address, data=raw, headers=headers) as answer:
            return answer.status


@asynccontextmanager
async def over_http(database_url: str) -> AsyncIterator[Stage]:
    """A bot without an app token, and a sandbox that delivers to its web address."""
    clock = SandboxClock(speed=SPEED)
    async with Sandbox(clock=clock) as sandbox, SandboxClient(sandbox.control_url) as slack:
        settings = settings_for(
            sandbox, database_url, slack_app_token=None, slack_signing_secret=sandbox.signing_secret
        )
        async with running_bot(settings, clock, QUICK_SOCKET) as runtime:
            await slack.deliver_to(address_of(runtime, SLACK_PATH))
            yield Stage(sandbox, slack, settings, runtime)


def address_of(runtime: Runtime, path: str) -> str:
    assert runtime.web is not None
    return f"http://127.0.0.1:{runtime.web.port}{path}"


@pytest.fixture
async def http_stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with over_http(sqlite_url) as stage:
        yield stage


@pytest.fixture
async def door(http_stage: Stage) -> AsyncIterator[Door]:
    async with aiohttp.ClientSession() as session:
        yield Door(address_of(http_stage.runtime, SLACK_PATH), http_stage.sandbox.signing_secret, session)


async def test_a_small_round(database_url: str) -> None:
    async with over_http(database_url) as stage:
        await stage.start("leadership", title="Over HTTP")
        await stage.open("leadership")
        await stage.answer("leadership", 4, by=stage.omar)
        await stage.confirm("leadership")
        assert "Overall: 4 Mainstreamed." in read(await stage.find("results:"))
        assert (await stage.slack.seen()).sockets == 0


async def test_slack_may_ask_the_address_to_prove_itself(http_stage: Stage) -> None:
    assert await http_stage.slack.challenge()


async def test_only_slack_is_listened_to(door: Door) -> None:
    body = event(type="app_home_opened")
    assert await door.knock(body) == 200
    assert await door.knock(body, secret="not the secret") == 401
    assert await door.knock(body, age=400) == 401
    assert await door.knock(body, age=-400) == 401
    async with door.session.post(door.address, data=body) as unsigned:
        assert unsigned.status == 401
    async with door.session.get(door.address) as looked_at:
        assert looked_at.status == 405


def event(**values: Any) -> str:
    """An event as Slack posts it."""
    return json.dumps({"type": "event_callback", "team_id": "T0SALTMRSH", "event": values})


def payload(**values: Any) -> str:
    """An interaction as Slack posts it."""
    whole = {"team": {"id": "T0SALTMRSH"}, "user": {"id": "U0NIAPRYCE"}, "trigger_id": "1.2", **values}
    return urlencode({"payload": json.dumps(whole)})


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (event(type="new_thing"), JSON),
        (event(type="message", subtype="odd", channel="C1"), JSON),
        (payload(type="block_actions", actions=[{"action_id": "odd", "block_id": "b", "value": "x"}]), FORM),
        (payload(type="shortcut", callback_id="odd"), FORM),
        (payload(type="message_action", callback_id="odd"), FORM),
        (payload(type="view_submission", view={"id": "V1", "callback_id": "odd", "type": "modal"}), FORM),
        (payload(type="view_closed", view={"id": "V1", "callback_id": "odd", "type": "modal"}), FORM),
        (payload(type="block_suggestion", action_id="odd", block_id="b", value=""), FORM),
        (payload(type="unheard_of"), FORM),
        (urlencode({"command": "/odd", "team_id": "T0SALTMRSH", "user_id": "U1", "channel_id": "C1"}), FORM),
        (json.dumps({}), JSON),
        ("", JSON),
    ],
)
async def test_what_we_do_not_know_is_acknowledged(door: Door, body: str, kind: str) -> None:
    assert await door.knock(body, kind) == 200


@pytest.mark.parametrize(
    "body",
    ["{", "[1]", '"text"', "null", "5", b"\xff\xfe\x00", "payload=%7B", "{" * 5_000],
    ids=["cut off", "list", "text", "null", "number", "bytes", "form", "deep"],
)
async def test_what_is_not_from_slack_is_refused_without_a_fault(door: Door, body: str | bytes) -> None:
    status = await door.knock(body, secret="not the secret")
    assert status in (400, 401)


async def test_a_body_larger_than_slack_ever_sends(door: Door) -> None:
    body = io.BytesIO(b"x" * (1024 * 1024 + 1))
    async with door.session.post(door.address, data=body) as answer:
        assert answer.status == 413


async def health(stage: Stage) -> tuple[int, dict[str, Any]]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(address_of(stage.runtime, "/health")) as answer,
    ):
        return answer.status, await answer.json()


async def test_health_over_http(http_stage: Stage) -> None:
    status, facts = await health(http_stage)
    assert (status, facts["status"], facts["slack"], facts["database"]) == (200, "ok", "connected", "ok")
    assert (facts["messages_waiting"], facts["messages_blocked"]) == (0, 0)


async def test_a_workspace_that_is_served_no_more(door: Door, http_stage: Stage) -> None:
    """Slack's requests are taken, so that it does not repeat them, and the health check says that we idle."""
    await http_stage.start("culture")
    before = await http_stage.assessment()
    http_stage.runtime.installations.remove(http_stage.sandbox.team_id)
    assert await door.knock(event(type="app_home_opened", user="U0NIAPRYCE")) == 200
    pressed = [{"action_id": "assessment.pause", "block_id": "b", "value": f'{{"a":"{before.id}"}}'}]
    assert await door.knock(payload(type="block_actions", actions=pressed), FORM) == 200
    assert await http_stage.assessment() == before
    status, facts = await health(http_stage)
    assert (status, facts["workspaces"]) == (503, 0)


async def test_health_while_the_socket_is_gone(sqlite_url: str) -> None:
    async with staged(sqlite_url) as stage:
        assert (await health(stage))[0] == 200
        stage.sandbox.sockets.disabled = True
        await stage.slack.drop_sockets()
        await stage.slack.idle()
        status, facts = await health(stage)
        assert (status, facts["status"], facts["slack"]) == (503, "unhealthy", "not connected")
        where = address_of(stage.runtime, SLACK_PATH)
        async with aiohttp.ClientSession() as session, session.post(where, data="x") as answer:
            assert answer.status == 404, "in Socket Mode nothing is taken over HTTP"


async def test_health_while_the_database_is_gone(http_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def unavailable(_outbox: Outbox, _workspaces: object) -> int:
        raise StorageUnavailable("it is away")

    monkeypatch.setattr(Outbox, "pending", unavailable)
    monkeypatch.setattr(Outbox, "blocked", unavailable)
    status, facts = await health(http_stage)
    assert (status, facts["database"], facts["messages_waiting"]) == (503, "unavailable", None)
    assert "away" not in json.dumps(facts)


async def test_a_port_in_use(http_stage: Stage, tmp_path: Path) -> None:
    """Over HTTP nothing works without it; in Socket Mode only the health check is missing."""
    assert http_stage.runtime.web is not None
    port = http_stage.runtime.web.port
    clock = http_stage.sandbox.clock
    other = f"sqlite:///{tmp_path / 'other.db'}"
    taken = http_stage.settings.model_copy(update={"port": port, "database_url": other})
    with pytest.raises(StartProblem, match=f"Port {port} is in use or not allowed. Set PORT"):
        async with running_bot(taken, clock, QUICK_SOCKET):
            raise AssertionError("it must not start")
    settings = settings_for(http_stage.sandbox, other, port=port)
    async with running_bot(settings, clock, QUICK_SOCKET) as runtime:
        await http_stage.slack.until(lambda seen: seen.sockets > 0)
        assert runtime.web is not None
        assert runtime.web.port == port
