"""`milepost run` and `milepost health`, as an operator meets them."""

from __future__ import annotations

import asyncio
import signal
import socket
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import build_app
from bot.sandbox.client.client import SandboxClient
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import NIA, TEAM_CHANNEL
from bot.views.block_kit.reference import Reference
from tests.bot.console.conftest import SandboxElsewhere, environment
from tests.bot.console.program import PATIENCE, milepost, own_port
from tests.bot.stage import key_of, keyed

WELL = "status=ok slack=connected workspaces=1 database=ok messages_waiting=0 messages_blocked=0\n"


async def test_it_starts_is_well_is_killed_carries_on_and_stops(
    tmp_path: Path, small_framework: Path
) -> None:
    port = own_port()
    async with Sandbox() as sandbox, SandboxClient(sandbox.control_url) as slack:
        settings = {
            **environment(sandbox, tmp_path),
            "PORT": str(port),
            "MILEPOST_FRAMEWORK": str(small_framework),
        }
        nia = slack.person(NIA)
        async with milepost(tmp_path, "run", environment=settings) as first:
            await first.until_it_logs("started")
            await slack.until(lambda seen: seen.sockets > 0, timeout=30)
            assert await healthy(port) == (0, WELL)
            await second_one_is_refused(tmp_path, settings)
            await nia.command(TEAM_CHANNEL, "/milepost start")
            await slack.until(lambda seen: (modal := seen.modal(NIA)) and modal.callback_id == "start")
            assert (await nia.submit({})).acknowledged
            board = keyed(await slack.until(lambda s: keyed(s, TEAM_CHANNEL, "board:")), TEAM_CHANNEL, "b")[0]
            await until_well(port)
            assert await first.ended(signal.SIGKILL) == -signal.SIGKILL
        status, told = await healthy(port)
        assert (status, told.count("\n")) == (1, 1)
        assert f"Milepost on port {port} does not answer" in told
        async with milepost(tmp_path, "run", environment=settings) as second:
            await slack.until(lambda seen: seen.sockets > 0, timeout=30)
            assessment = key_of(board).removeprefix("board:")
            value = Reference(assessment=assessment, dimension="culture").encode()
            outcome = await nia.press(TEAM_CHANNEL, board.ts, "dimension.open", value=value)
            assert outcome.acknowledged
            await slack.until(lambda seen: keyed(seen, TEAM_CHANNEL, "dimension:"))
            began = asyncio.get_running_loop().time()
            assert await second.ended(signal.SIGTERM) == 0
            assert asyncio.get_running_loop().time() - began < 10
        assert len(keyed(await slack.seen(), TEAM_CHANNEL, "board:")) == 1


async def healthy(port: int) -> tuple[int, str]:
    """Exit status and words of `milepost health`."""
    result = await asyncio.to_thread(CliRunner().invoke, build_app(), ["health", "--port", str(port)])
    return result.exit_code, result.output


async def until_well(port: int) -> None:
    """Wait until nothing waits for delivery. Only asking tells: it is another process."""
    async with asyncio.timeout(PATIENCE):
        while await healthy(port) != (0, WELL):
            await asyncio.sleep(0.02)


async def second_one_is_refused(folder: Path, settings: Mapping[str, str]) -> None:
    """On the same SQLite file, another process ends with a sentence."""
    elsewhere = folder / "second"
    elsewhere.mkdir()
    async with milepost(elsewhere, "run", environment=settings) as other:
        assert await other.ended() == 1
        assert other.said.count("\n") == 1
        assert "in use by another Milepost" in other.said


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
async def test_while_slack_is_not_reached_it_tries_again_and_can_be_stopped(
    tmp_path: Path, small_framework: Path, sent: signal.Signals
) -> None:
    async with Sandbox() as sandbox:
        settings = environment(sandbox, tmp_path)
    settings["MILEPOST_FRAMEWORK"] = str(small_framework)
    async with milepost(tmp_path, "run", environment=settings) as program:
        await program.until_it_logs("slack_not_reached")
        assert await program.ended(sent) == 0
        assert "Traceback" not in program.said


@pytest.fixture
def ready(
    connected: SandboxElsewhere, small_framework: Path, monkeypatch: pytest.MonkeyPatch
) -> pytest.MonkeyPatch:
    """An environment in which `milepost run` would start, to be spoilt."""
    monkeypatch.setenv("MILEPOST_FRAMEWORK", str(small_framework))
    return monkeypatch


def refusal() -> str:
    """The one sentence with which `milepost run` ends; what comes before it are lines of the log."""
    result = CliRunner().invoke(build_app(), ["run"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    *log, sentence = result.stderr.splitlines(keepends=True)
    assert all(line.startswith("{") for line in log), result.stderr
    return sentence


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "SLACK_BOT_TOKEN",
            "",
            "SLACK_BOT_TOKEN is not set. Put it in the environment or in a file called .env",
        ),
        ("SLACK_BOT_TOKEN", "xoxp-mysecret", "SLACK_BOT_TOKEN must start with xoxb-; "),
        (
            "SLACK_BOT_TOKEN",
            "xoxb-mysecret",
            "Slack does not accept SLACK_BOT_TOKEN (invalid_auth). Copy the bot",
        ),
        ("SLACK_APP_TOKEN", "", "Set SLACK_APP_TOKEN (starts with xapp-) for Socket Mode, or"),
        (
            "SLACK_APP_TOKEN",
            "xapp-mysecret",
            "Slack does not accept SLACK_APP_TOKEN (invalid_auth). Make an app",
        ),
        ("DATABASE_URL", "mysql://me:mysecret@server/db", "DATABASE_URL"),
        ("DATABASE_URL", "sqlite:////dev/null/milepost.db", "The folder /dev/null does not exist"),
        ("MILEPOST_FRAMEWORK", "/no/such/framework", "/no/such/framework"),
        ("PORT", "http", "PORT is not valid: "),
    ],
)
def test_what_is_wrong_is_one_sentence(
    ready: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    ready.setenv(name, value)
    told = refusal()
    assert sentence in told
    assert "mysecret" not in told


def test_a_database_that_is_newer_than_the_program(ready: pytest.MonkeyPatch) -> None:
    assert CliRunner().invoke(build_app(), ["db", "upgrade"]).exit_code == 0
    with closing(sqlite3.connect("milepost.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'zzzz'")
    assert "newer" in refusal()


def test_a_port_in_use_matters_in_http_mode(ready: pytest.MonkeyPatch) -> None:
    ready.setenv("SLACK_APP_TOKEN", "")
    ready.setenv("SLACK_SIGNING_SECRET", "secret")
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        ready.setenv("PORT", str(port))
        assert refusal() == f"Port {port} is in use or not allowed. Set PORT to a free one.\n"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [({"PORT": "http"}, "PORT is not valid"), ({"PORT": "1"}, "Milepost on port 1 does not answer")],
)
def test_health_takes_the_port_from_the_environment(
    ready: pytest.MonkeyPatch, settings: dict[str, str], sentence: str
) -> None:
    for name, value in settings.items():
        ready.setenv(name, value)
    result = CliRunner().invoke(build_app(), ["health"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(sentence)
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("port", ["0", "70000", "-1"])
def test_health_says_when_a_port_is_none(port: str) -> None:
    result = CliRunner().invoke(build_app(), ["health", "--port", port])
    assert result.exit_code != 0
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
