"""`milepost records`, as an operator runs it."""

from __future__ import annotations

import asyncio
import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build_app
from storage.database import Database
from storage.workspaces.installations import Installation
from tests.storage.material import NOW, WORKSPACE, stored


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)


def _run(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(build_app(), ["records", *words], input=typed)


def _refused(*words: str) -> str:
    result = _run(*words)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    return result.stderr


async def _fill() -> None:
    database = await Database.open("sqlite:///milepost.db")
    async with database.unit_of_work(WORKSPACE) as work:
        await work.installation.put(
            Installation(WORKSPACE, "Saltmarsh", "https://a.slack.com/", "U0BOT", "B0BOT", (), NOW)
        )
        await work.commit()
    await stored(database)
    await database.close()


def test_everything_is_exported_once(tmp_path: Path) -> None:
    assert "There is no database at" in _refused("export", "all.json")
    asyncio.run(_fill())
    result = _run("export", "all.json")
    assert result.exit_code == 0 and "rows were written to all.json" in result.stdout
    found = json.loads(Path("all.json").read_text("utf-8"))
    assert found[WORKSPACE]["assessment"][0]["title"] == "How are we doing?"
    assert stat.S_IMODE(Path("all.json").stat().st_mode) == 0o600
    assert "overwrites nothing" in _refused("export", "all.json")
    assert "cannot be written" in _refused("export", "no/such/folder.json")
    assert "no such workspace" in _refused("export", "other.json", "--workspace", "T9")
    assert _run("export", "one.json", "--person", "U2").exit_code == 0
    rows = json.loads(Path("one.json").read_text("utf-8"))[WORKSPACE]
    assert {row["person"] for row in rows["participant"]} == {"U2"}


def test_a_person_is_erased_after_a_yes() -> None:
    asyncio.run(_fill())
    assert "Nothing here names U0NOBODY." in _refused("erase", "U0NOBODY")
    assert "is no Slack id" in _refused("erase", "sue pryce")
    assert "Nothing here names U0BOT." in _refused("erase", "U0BOT", "--yes"), "the bot is nobody"
    asked = _run("erase", "U2", typed="n\n")
    assert asked.exit_code == 1 and "This cannot be undone" in asked.stdout
    done = _run("erase", "U2", typed="y\n")
    assert done.exit_code == 0
    assert "U2 was taken out of 1 rows, in 1 assessments." in done.stdout
    assert "Nothing here names U2." in _refused("erase", "U2", "--yes")
    assert _run("erase", "U1", "--yes").exit_code == 0


def test_while_the_bot_runs_an_export_works_and_an_erasure_says_what_to_do() -> None:
    async def beside() -> tuple[Result, Result]:
        database = await Database.open("sqlite:///milepost.db")
        try:
            return await asyncio.to_thread(_run, "export", "all.json"), await asyncio.to_thread(
                _run, "erase", "U2", "--yes"
            )
        finally:
            await database.close()

    asyncio.run(_fill())
    exported, refused = asyncio.run(beside())
    assert exported.exit_code == 0
    assert refused.exit_code == 1 and "milepost.db" in refused.stderr
