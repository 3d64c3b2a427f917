"""`milepost sandbox`: a local Slack with the bot in it, as a person who tries it meets it."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bot.cli import build_app
from bot.sandbox.client.client import SandboxClient
from bot.sandbox.workspace.world import NIA, TEAM_CHANNEL
from bot.settings import Settings
from tests.bot.console.program import Program, milepost
from tests.bot.stage import keyed

WORLD = {
    "team_name": "Marram Borough Council",
    "people": [{"id": "U1", "name": "bea", "real_name": "Bea Holt"}],
    "channels": [{"id": "C1", "name": "digital", "members": "everyone"}],
}
# The quickest way to find each thing wrong: it never gets as far as a bot.
NO_BOT = ("sandbox", "--port", "0", "--no-bot")


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, with nothing set."""
    monkeypatch.chdir(tmp_path)
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        monkeypatch.delenv((alias if isinstance(alias, str) else name).upper(), raising=False)


def control_of(shown: str) -> str:
    """The address of the control API, as it is printed."""
    found = re.search(r"Control API: (\S+)", shown)
    assert found is not None, shown
    return found[1]


async def stops_quickly(program: Program, sent: signal.Signals) -> None:
    began = asyncio.get_running_loop().time()
    assert await program.ended(sent) == 0
    assert asyncio.get_running_loop().time() - began < 10
    assert "Traceback" not in program.said


async def test_it_says_how_to_use_it_takes_a_command_and_ends_with_ctrl_c(
    tmp_path: Path, small_framework: Path
) -> None:
    environment = {
        "MILEPOST_COMMAND": "/quality",
        "MILEPOST_FRAMEWORK": str(small_framework),
        # Of the real Slack, and not for a try.
        "SLACK_BOT_TOKEN": "xoxb-real",
        "SLACK_API_URL": "http://127.0.0.1:1/",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'real.db'}",
    }
    words = ("sandbox", "--port", "0", "--database", "sqlite:///tried.db")
    async with milepost(tmp_path, *words, environment=environment) as program:
        shown = await program.line('"line": "')
        assert "Saltmarsh District Council is open. Stop with Ctrl-C." in shown
        assert f"Nia Pryce ({NIA})" in shown
        assert f"#digital-team ({TEAM_CHANNEL})" in shown
        assert f'"user": "{NIA}", "channel": "{TEAM_CHANNEL}", "line": "/quality status"' in shown
        assert "SLACK_BOT_TOKEN" not in shown
        async with SandboxClient(control_of(shown)) as slack:
            nia = slack.person(NIA)
            await slack.until(lambda seen: seen.sockets > 0, timeout=30)
            assert (await nia.command(TEAM_CHANNEL, "/quality start")).acknowledged
            seen = await slack.until(lambda s: (modal := s.modal(NIA)) and modal.callback_id == "start")
            assert seen.modal(NIA) is not None
            assert (await nia.submit({})).acknowledged
            boards = await slack.until(lambda seen: keyed(seen, TEAM_CHANNEL, "board:"))
            assert "Small enough for a test." in keyed(boards, TEAM_CHANNEL, "board:")[0].readable
        await stops_quickly(program, signal.SIGINT)
    assert (tmp_path / "tried.db").exists()
    assert not (tmp_path / "real.db").exists()


async def test_without_the_bot_it_says_what_to_set_and_ends_when_told(tmp_path: Path) -> None:
    (tmp_path / "world.yaml").write_text(yaml.safe_dump(WORLD))
    words = (*NO_BOT, "--world", "world.yaml", "--workspaces", "2")
    async with milepost(tmp_path, *words, environment={}) as program:
        shown = await program.line("SLACK_APP_TOKEN=xapp-1-A0MILEPST2-")
        assert "Marram Borough Council is open." in shown
        assert "People: Bea Holt (U1)\nChannels: #digital (C1)\n" in shown
        first, second = shown.split("\n\n")
        given = [dict(re.findall(r"^  (SLACK_\w+)=(\S+)$", one, re.MULTILINE)) for one in (first, second)]
        assert sorted(given[0]) == sorted(given[1]) == ["SLACK_API_URL", "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"]
        assert given[0]["SLACK_API_URL"] == given[1]["SLACK_API_URL"]
        assert given[0]["SLACK_BOT_TOKEN"] != given[1]["SLACK_BOT_TOKEN"]
        for one, name in ((first, "Marram Borough Council"), (second, "Fernhollow Borough Council")):
            async with SandboxClient(control_of(one)) as slack:
                assert (await slack.world()).team_name == name
        await stops_quickly(program, signal.SIGTERM)


def refusal(*words: str) -> str:
    """What it says instead of starting."""
    result = CliRunner().invoke(build_app(), list(words))
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    return result.stderr


def test_a_port_in_use() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        assert refusal("sandbox", "--port", port) == f"Port {port} is in use. Choose another with --port.\n"


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "- a list",
        "people: [\n",
        "people: 5",
        "channels: [{id: C1}]",
        "people: [{id: U1, name: a, real_name: A}, {id: U1, name: b, real_name: B}]",
        "people: []",
        "people: [{id: U1, name: a, real_name: A}]",
        "\tpeople: []",
        "\udcff",
    ],
)
def test_a_world_that_cannot_be_used(text: str | None) -> None:
    if text is not None:
        Path("world.yaml").write_text(text, "utf-8", errors="surrogateescape")
    told = refusal(*NO_BOT, "--world", "world.yaml")
    assert told.startswith("world.yaml cannot be used as a world: ")
    assert told.count("\n") == 1


@pytest.mark.parametrize("one", [{"team_id": "T0FERNHOLL"}, {"app_id": "A0MILEPST2"}])
def test_a_world_that_is_the_second_one_too(one: dict[str, str]) -> None:
    Path("world.yaml").write_text(yaml.safe_dump(WORLD | one))
    told = refusal(*NO_BOT, "--world", "world.yaml", "--workspaces", "2")
    assert told.startswith("world.yaml cannot be used beside a second workspace: ")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MILEPOST_TIMEZONE", "Saltmarsh", "MILEPOST_TIMEZONE is not valid: must be the name"),
        ("MILEPOST_COMMAND", "milepost", "MILEPOST_COMMAND is not valid: must be a slash"),
        ("MILEPOST_CONCURRENCY", "0", "MILEPOST_CONCURRENCY is not valid: "),
        (
            "MILEPOST_FRAMEWORK",
            "/no/such/framework",
            "/no/such/framework:1: There is no such file or folder.",
        ),
    ],
)
def test_a_setting_that_is_wrong_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    told = refusal("sandbox", "--port", "0")
    assert told.startswith(sentence)
    assert told.count("\n") == 1


def test_an_env_file_is_read_or_said_to_be_unreadable() -> None:
    Path(".env").write_text("MILEPOST_TIMEZONE=Saltmarsh\n")
    assert refusal("sandbox", "--port", "0").startswith("MILEPOST_TIMEZONE is not valid: ")
    Path(".env").write_bytes(b"MILEPOST_TIMEZONE=\xff\n")
    assert refusal("sandbox", "--port", "0").startswith(".env cannot be read.")


@pytest.mark.parametrize("address", ["mysql://me:secret@server/db", "sqlite:////dev/null/milepost.db"])
def test_a_database_that_cannot_be_used(
    small_framework: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("MILEPOST_FRAMEWORK", str(small_framework))
    told = refusal("sandbox", "--port", "0", "--database", address)
    assert told.count("\n") == 1
    assert "secret" not in told
