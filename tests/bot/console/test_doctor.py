"""`milepost doctor`: what is in order, and each thing that is not, with what to do."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build_app
from bot.exports import chart
from bot.manifest import bot_scopes
from tests.bot.console.conftest import SandboxElsewhere

IDENTITY = '{"ok": true, "team_id": "T1", "team": "Saltmarsh", "user_id": "U1", "bot_id": "B1", "url": "x"}'


def doctor(*, wrong: int = 0) -> dict[str, str]:
    """Run it, and return what it says of each subject."""
    result = CliRunner().invoke(build_app(), ["doctor"])
    assert result.exit_code == bool(wrong), result.output
    assert result.stderr == ""
    *findings, end = result.stdout.splitlines()
    assert end == (f"{wrong} to mend." if wrong else "All is well.")
    return {finding[7:].partition(":")[0]: finding for finding in findings}


def refused(result: Result) -> str:
    assert result.exit_code == 1
    assert result.stdout == ""
    return result.stderr


@pytest.fixture(autouse=True)
def _connected(connected: SandboxElsewhere, small_framework: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins with everything in order."""
    monkeypatch.setenv("MILEPOST_FRAMEWORK", str(small_framework))


def test_all_is_well_before_and_after_the_first_start() -> None:
    assert list(doctor()) == ["bot token", "scopes", "clock", "app token", "database", "framework", "fonts"]
    assert not Path("milepost.db").exists(), "looking makes nothing"
    assert CliRunner().invoke(build_app(), ["db", "upgrade"]).exit_code == 0
    found = doctor()
    assert found["bot token"] == "ok     bot token: belongs to Saltmarsh District Council."
    assert found["database"].startswith("ok     database: in order, revision ")
    assert "A small framework 1.0.0, 3 dimensions, 1 action" in found["framework"]
    assert all(finding.startswith("ok ") for finding in found.values())


def test_the_bundled_framework_and_library_are_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MILEPOST_FRAMEWORK")
    assert "Local Government Digital Quality Model" in doctor()["framework"]


def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-mysecret")
    monkeypatch.setenv("DATABASE_URL", "postgres://me:mysecret@127.0.0.1:1/db")
    assert "mysecret" not in "".join(doctor(wrong=2).values())


def test_settings_that_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    assert refused(CliRunner().invoke(build_app(), ["doctor"])).startswith("SLACK_BOT_TOKEN is not set.")


def test_a_bot_token_that_is_not_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-other")
    finding = doctor(wrong=1)["bot token"]
    assert finding.startswith("WRONG  bot token: Slack says invalid_auth. Copy SLACK_BOT_TOKEN")


def test_of_several_tokens_each_is_looked_at(
    connected: SandboxElsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", f"xoxb-other,{connected.sandbox.bot_token}")
    monkeypatch.setenv("SLACK_APP_TOKEN", f"{connected.sandbox.app_token},xapp-other")
    found = doctor(wrong=2)
    assert found["bot token 1"].startswith("WRONG  bot token 1: Slack says invalid_auth.")
    assert found["bot token 2"] == "ok     bot token 2: belongs to Saltmarsh District Council."
    assert found["scopes 2"].startswith("ok ")
    assert found["clock"].startswith("ok ")
    assert found["app token 1"].startswith("ok ")
    assert found["app token 2"].startswith("WRONG  app token 2: Slack says invalid_auth.")


@pytest.mark.usefixtures("over_http")
def test_two_tokens_of_one_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-one,xoxb-other")
    with other_slack(
        IDENTITY, **{"X-OAuth-Scopes": ",".join(bot_scopes()), "Content-Type": "application/json"}
    ) as address:
        monkeypatch.setenv("SLACK_API_URL", address)
        found = doctor(wrong=1)
    assert found["bot token 1"] == "ok     bot token 1: belongs to Saltmarsh."
    assert (
        found["bot token 2"] == "WRONG  bot token 2: belongs to Saltmarsh, as one before it. Leave one out."
    )


def test_an_app_token_that_is_not_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-other")
    finding = doctor(wrong=1)["app token"]
    assert finding.startswith("WRONG  app token: Slack says invalid_auth. Make an app-level token with")


def test_scopes_that_are_missing_are_named(connected: SandboxElsewhere) -> None:
    connected.rules(scopes=bot_scopes() - {"files:write", "commands"})
    assert "commands, files:write missing. Add under OAuth" in doctor(wrong=1)["scopes"]
    connected.rules(scopes=bot_scopes())
    assert doctor()["scopes"].startswith("ok ")


def test_http_mode_names_its_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_APP_TOKEN")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "secret")
    monkeypatch.setenv("PORT", "8123")
    assert "HTTP mode on port 8123" in doctor()["way in"]


def test_slack_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:1/api/")
    found = doctor(wrong=1)
    assert found["Slack"].startswith("WRONG  Slack: http://127.0.0.1:1/api/ does not answer (")
    assert found["fonts"].startswith("ok "), "the rest is looked at all the same"


@contextmanager
def other_slack(body: str, **headers: str) -> Iterator[str]:
    """Whatever answers at the address that should be Slack's."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response_only(200)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the only call to Slack is who we are."""
    monkeypatch.delenv("SLACK_APP_TOKEN")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "secret")


@pytest.mark.usefixtures("over_http")
@pytest.mark.parametrize("zone", ["GMT", "-0000", ""])
def test_a_clock_that_is_off(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    json = {"Content-Type": "application/json"}
    with other_slack(IDENTITY, Date=f"Wed, 21 Oct 2015 07:28:00 {zone}", **json) as address:
        monkeypatch.setenv("SLACK_API_URL", address)
        found = doctor(wrong=1)
        assert found["clock"].startswith("WRONG  clock: ")
        assert "seconds away from Slack's. Turn on time synchronisation." in found["clock"]


@pytest.mark.usefixtures("over_http")
@pytest.mark.parametrize("date", [None, "yesterday"])
def test_an_answer_that_tells_neither_scopes_nor_time(
    monkeypatch: pytest.MonkeyPatch, date: str | None
) -> None:
    headers = {"Content-Type": "application/json"} | ({"Date": date} if date else {})
    with other_slack(IDENTITY, **headers) as address:
        monkeypatch.setenv("SLACK_API_URL", address)
        found = doctor()
    assert found["scopes"].startswith("?      scopes: Slack did not say")
    assert found["clock"].startswith("?      clock: Slack's answer carried no time")


@pytest.mark.usefixtures("over_http")
@pytest.mark.parametrize("body", ["<html>Please log in</html>", "[]", '{"ok": false}', ""])
def test_something_else_that_answers_in_place_of_slack(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    with other_slack(body, **{"Content-Type": "text/html"}) as address:
        monkeypatch.setenv("SLACK_API_URL", address)
        found = doctor(wrong=1)
    assert found["Slack"].startswith(f"WRONG  Slack: {address} does not answer (")


def test_a_folder_that_the_first_start_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///new/folder/milepost.db")
    assert doctor()["database"].endswith("new/folder/milepost.db is made at the first start.")
    assert not Path("new").exists()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("mysql://me@server/db", "DATABASE_URL"),
        ("postgres://me:secret@127.0.0.1:1/db", "answer"),
        ("sqlite:////dev/null/milepost.db", "/dev/null"),
        ("sqlite:///.", "folder"),
    ],
)
def test_a_database_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, address: str, sentence: str) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    finding = doctor(wrong=1)["database"]
    assert finding.startswith("WRONG  database: ")
    assert sentence in finding


def test_a_database_newer_than_the_program_or_no_database_at_all() -> None:
    assert CliRunner().invoke(build_app(), ["db", "upgrade"]).exit_code == 0
    with closing(sqlite3.connect("milepost.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'zzzz'")
    assert "newer" in doctor(wrong=1)["database"]
    Path("milepost.db").write_bytes(b"no database at all, but some other file" * 100)
    assert doctor(wrong=1)["database"].startswith("WRONG  database: ")


def test_messages_that_a_channel_refuses_are_no_fault_but_told() -> None:
    assert CliRunner().invoke(build_app(), ["db", "upgrade"]).exit_code == 0
    columns = "workspace_id, key, kind, channel_id, wanted, delivered, due_at, attempts, blocked"
    values = "'T1', 'board:1', 'board', 'C1', 1, 0, '2026-11-23 12:00:00.000000', 0, 'not_in_channel'"
    with closing(sqlite3.connect("milepost.db")) as connection, connection:
        connection.execute(f"INSERT INTO message ({columns}) VALUES ({values})")  # noqa: S608
    assert doctor()["database"] == (
        "?      database: in order; 1 message held back, since the channel refuses the bot."
    )


def test_an_empty_database_is_no_fault(monkeypatch: pytest.MonkeyPatch, empty_postgres_url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_postgres_url)
    assert doctor()["database"] == "ok     database: empty; the tables are made at the first start."


def test_a_framework_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILEPOST_FRAMEWORK", "council")
    assert doctor(wrong=1)["framework"].startswith("WRONG  framework: council:1: There is no such file")
    Path("council").mkdir()
    Path("council", "framework.yaml").write_text("id: x\ntitle:\t1\n")
    assert "council/framework.yaml:2: " in doctor(wrong=1)["framework"]
    assert "Run milepost model check" in doctor(wrong=1)["framework"]


def test_a_library_that_cannot_be_used(small_framework: Path) -> None:
    (small_framework / "library" / "broken.yaml").write_text("actions: 5\n")
    finding = doctor(wrong=1)["framework"]
    assert f"{small_framework}/library/broken.yaml:1: " in finding
    assert "Run milepost library check" in finding


def test_fonts_that_are_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(chart, "FONTS", tmp_path / "nothing")
    assert "Install Milepost again." in doctor(wrong=1)["fonts"]
