"""`milepost manifest`: what an operator pastes into Slack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError
from typer.testing import CliRunner, Result

from bot.cli import build_app
from bot.manifest import is_command, is_public_address, read_manifest
from bot.settings import Settings

ADDRESS = "https://milepost.example.gov.uk"


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MILEPOST_COMMAND", raising=False)


def run(*words: str) -> Result:
    return CliRunner().invoke(build_app(), ["manifest", *words])


def printed(*words: str) -> dict[str, Any]:
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    manifest: dict[str, Any] = json.loads(result.stdout)
    return manifest


def command_of(manifest: dict[str, Any]) -> str:
    name: str = manifest["features"]["slash_commands"][0]["command"]
    return name


def test_without_options_it_is_the_file() -> None:
    assert printed() == read_manifest()


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS + "/"])
def test_http_mode_has_one_address_in_three_places(address: str) -> None:
    manifest, url = printed("--url", address), f"{ADDRESS}/slack/events"
    assert manifest["features"]["slash_commands"][0]["url"] == url
    assert manifest["settings"]["event_subscriptions"]["request_url"] == url
    assert manifest["settings"]["interactivity"]["request_url"] == url
    assert manifest["settings"]["socket_mode_enabled"] is False
    assert manifest["oauth_config"] == read_manifest()["oauth_config"]


def test_the_command_is_the_one_the_bot_listens_to(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("MILEPOST_COMMAND=/from-file\nSLACK_BOT_TOKEN=anything\n")
    assert command_of(printed()) == "/from-file"
    monkeypatch.setenv("MILEPOST_COMMAND", " /from-environment ")
    assert command_of(printed()) == "/from-environment"
    assert command_of(printed("--command", "/from-option")) == "/from-option"
    monkeypatch.setenv("MILEPOST_COMMAND", "")
    assert command_of(printed()) == "/from-file"


@pytest.mark.parametrize("command", ["milepost", "/", "/Mile", "/mile post", "/" + "a" * 32, "", "//a", "/é"])
def test_a_command_that_slack_refuses(command: str) -> None:
    result = run("--command", command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("The command must be a slash and up to 31 small letters")


@pytest.mark.parametrize(
    "address",
    [
        "http://milepost.example.gov.uk",
        "milepost.example.gov.uk",
        "https://",
        "https:///path",
        "https://a.example/?x=1",
        "https://a.example/#top",
        "https://a.example /",
        "https://name:word@a.example",
        "https://a.example:port",
        "https://[::1",
        "https://a.example/\n",
        "https://a.example/" + "a" * 3_000,
        "",
    ],
)
def test_an_address_that_slack_cannot_call(address: str) -> None:
    result = run("--url", address)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("--url must be an https:// address")
    assert result.stderr.count("\n") == 1


def test_an_env_file_that_cannot_be_read() -> None:
    Path(".env").write_bytes(b"MILEPOST_COMMAND=\xff\n")
    result = run()
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == ".env cannot be read. Check its permissions and that it is UTF-8.\n"


@given(st.from_regex(r"/?[a-z0-9A-Z_ é/-]{0,33}", fullmatch=True))
@example("/milepost\n")
@example("/" + "a" * 31)
def test_the_manifest_and_the_settings_take_the_same_commands(command: str) -> None:
    # The settings take off the spaces around a value.
    if command == command.strip() and command:
        assert is_command(command) == taken_by_settings(command)


def taken_by_settings(command: str) -> bool:
    try:
        Settings(
            _env_file=None,
            slack_bot_token="xoxb-1",
            slack_app_token="xapp-1",
            **{"milepost_command": command},  # type: ignore[arg-type]
        )
    except ValidationError:
        return False
    return True


@given(st.text(max_size=30))
def test_any_text_is_an_address_or_not(text: str) -> None:
    if is_public_address(text):
        assert text.startswith("https://")
        assert text.isascii()
        assert not any(character.isspace() for character in text)
    assert not is_public_address(f"https://a.example/{text}?")
