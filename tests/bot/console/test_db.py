"""`milepost db`, as an operator runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build_app
from storage.engine.migrating import head


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)


def _run(*words: str) -> Result:
    return CliRunner().invoke(build_app(), ["db", *words])


def _refused(*words: str) -> str:
    result = _run(*words)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_from_nothing_to_a_checked_copy() -> None:
    assert "There is no database at" in _refused("current")
    assert list(Path().iterdir()) == []
    assert _run("upgrade").stdout == f"The database is at revision {head()}.\n"
    assert _run("upgrade").exit_code == 0
    assert _run("current").stdout.split() == ["database", head(), "program", head()]
    checked = _run("check")
    assert checked.exit_code == 0
    assert "participant         0\n" in checked.stdout
    assert checked.stdout.endswith("0 messages wait for delivery, 0 are blocked.\nNo faults found.\n")
    assert "The database was copied to copy.db" in _run("backup", "copy.db").stdout
    assert "overwrites nothing" in _refused("backup", "copy.db")
    assert _run("check", "--database-url", "sqlite:///copy.db").exit_code == 0


def test_where_the_address_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("DATABASE_URL=sqlite:///from-file.db\nSLACK_BOT_TOKEN=none\n")
    assert "from-file.db" in _refused("current")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///from-environment.db")
    assert "from-environment.db" in _refused("current")
    assert "from-option.db" in _refused("current", "--database-url", "sqlite:///from-option.db")
    monkeypatch.setenv("DATABASE_URL", "")
    assert "from-file.db" in _refused("current")
    Path(".env").write_text("DATABASE_URL=\n")
    assert "milepost.db" in _refused("current")
    Path(".env").write_bytes(b"DATABASE_URL=\xff\n")
    assert ".env cannot be read" in _refused("current")


@pytest.mark.parametrize("command", [["upgrade"], ["current"], ["check"], ["backup", "copy"]])
def test_what_is_wrong_is_one_sentence_without_the_password(command: list[str]) -> None:
    for address in (
        "mysql://name:secret@server/db",
        "postgres://name:secret@127.0.0.1:1/db",
        "sqlite:///.",
        "secret",
    ):
        assert "secret" not in _refused(*command, "--database-url", address)
    assert not Path("copy").exists()


def test_faults_end_with_status_1(empty_postgres_url: str) -> None:
    result = _run("check", "--database-url", empty_postgres_url)
    assert result.exit_code == 1
    assert result.stderr == "The database is empty. Run: milepost db upgrade\n"
    assert _run("upgrade", "--database-url", empty_postgres_url).exit_code == 0
    assert _run("check", "--database-url", empty_postgres_url).exit_code == 0
