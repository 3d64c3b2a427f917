"""`milepost library export` and `import`, on a database that a bot has written."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from bot.cli import build_app
from model.library.council_library import OwnAction, Provenance
from model.library.library import Action
from storage.database import Database
from storage.workspaces.installations import Installation
from tests.bot.flows.small import framework_folder
from tests.model.libraries import action_data
from tests.storage.material import NOW


def own_data(action_id: str, **changes: Any) -> dict[str, Any]:
    return action_data(
        action_id, **{"dimension": "data", "prompts": [], "benefits": ["efficiency"], **changes}
    )


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A framework, and a database with one workspace that has one action of its own."""
    monkeypatch.setenv("MILEPOST_FRAMEWORK", str(framework_folder(tmp_path)))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'milepost.db'}")
    fill(tmp_path, "T1", own_data("bin-days", prerequisites=["data-register"]))
    return tmp_path


def fill(folder: Path, workspace: str, *actions: dict[str, Any]) -> None:
    async def filled() -> None:
        database = await Database.open(f"sqlite:///{folder / 'milepost.db'}")
        async with database.unit_of_work(workspace) as work:
            await work.installation.put(Installation(workspace, "Team", "", "U0", "B0", (), NOW))
            for each in actions:
                await work.own_library.add(OwnAction(Action.model_validate(each), Provenance(NOW, "U1")))
            await work.commit()
        await database.close()

    asyncio.run(filled())


def kept(folder: Path, workspace: str = "T1") -> dict[str, OwnAction]:
    async def read() -> list[OwnAction]:
        database = await Database.open(f"sqlite:///{folder / 'milepost.db'}")
        async with database.reading(workspace) as work:
            found = await work.own_library.all()
        await database.close()
        return found

    return {each.action.id: each for each in asyncio.run(read())}


def run(*words: str) -> Result:
    return CliRunner().invoke(build_app(), ["library", *words])


def write(path: Path, *actions: dict[str, Any]) -> Path:
    path.write_text(yaml.safe_dump({"actions": list(actions)}, sort_keys=False), encoding="utf-8")
    return path


def test_what_is_exported_can_be_imported_elsewhere(library: Path) -> None:
    result = run("export", "--own", str(library / "own.yaml"))
    assert result.exit_code == 0, result.stderr
    assert "1 action written to" in result.stdout
    text = (library / "own.yaml").read_text(encoding="utf-8")
    assert "- id: bin-days" in text and "U1" not in text
    fill(library, "T2")
    assert run("import", str(library / "own.yaml"), "--workspace", "T2").exit_code == 0
    assert kept(library, "T2")["bin-days"].action == kept(library)["bin-days"].action
    assert kept(library, "T2")["bin-days"].provenance.added_by is None


def test_own_actions_are_listed_and_shown(library: Path) -> None:
    listed = run("list", "--own")
    assert "bin-days" in listed.stdout and "data-register" not in listed.stdout
    shown = run("show", "--own", "bin-days")
    assert shown.exit_code == 0 and "(data-register)" in shown.stdout
    assert "bin-days" in run("search", "--own", "bin-days").stdout
    assert "data-register" in run("list").stdout and "bin-days" not in run("list").stdout


def test_own_actions_are_passed_on_with_whose_they_are(library: Path) -> None:
    unsigned = run("export", "--own", str(library / "unsigned.yaml"))
    assert "1 action of these without author or licence." in unsigned.stdout
    words = ("--author", "Saltmarsh Council", "--licence", "CC BY 4.0")
    signed = run("export", "--own", *words, str(library / "signed.yaml"))
    assert "without" not in signed.stdout
    text = (library / "signed.yaml").read_text(encoding="utf-8")
    assert "author: Saltmarsh Council" in text and "licence: CC BY 4.0" in text


def test_the_whole_library_goes_into_a_folder_by_dimension(library: Path) -> None:
    result = run("export", str(library / "all"))
    assert result.exit_code == 0, result.stderr
    assert "2 actions written to" in result.stdout
    assert [each.name for each in (library / "all").iterdir()] == ["02-data.yaml"]
    again = run("export", str(library / "all"))
    assert again.exit_code == 1 and "exists, and an export overwrites nothing" in again.stderr


def test_duplicates_are_recognised_and_other_words_only_taken_when_asked(library: Path) -> None:
    files = [
        own_data("bin-days", prerequisites=["data-register"], weeks=9),
        own_data("copy", title="Write down which data there is"),
        own_data("data-register", title="Anew"),
        own_data("fresh"),
    ]
    path = write(library / "files.yaml", *files)
    dry = run("import", str(path), "--dry-run")
    assert dry.exit_code == 0, dry.stderr
    assert "1 action would be taken in, 3 skipped. Nothing was changed." in dry.stdout
    assert set(kept(library)) == {"bin-days"}
    result = run("import", str(path))
    assert "1 action taken in, 3 skipped." in result.stdout
    assert "there in other words, skipped; --replace takes these" in result.stdout
    assert "another action has this title (data-register)" in result.stdout
    assert "an action that came with Milepost has this id" in result.stdout
    assert kept(library)["bin-days"].action.weeks == 6
    assert "1 action taken in, 3 skipped." in run("import", str(path), "--replace").stdout
    replaced = kept(library)["bin-days"]
    assert (replaced.action.weeks, replaced.provenance.added_by) == (9, "U1")
    assert replaced.provenance.changed_at is not None
    last = run("import", str(path), "--replace")
    assert "0 actions taken in, 4 skipped." in last.stdout and "there already" in last.stdout


def test_faults_are_named_with_file_and_line_and_nothing_is_taken(library: Path) -> None:
    path = write(library / "files.yaml", own_data("fresh"), own_data("bad", weeks=0, dimension="moon"))
    result = run("import", str(path))
    assert result.exit_code == 1
    assert f"{path}:" in result.stderr and "moon" in result.stderr
    assert set(kept(library)) == {"bin-days"}
    missing = run("import", str(library / "none.yaml"))
    assert missing.exit_code == 1 and "There is no such file" in missing.stderr


def test_the_workspace_is_named_where_there_are_several(library: Path) -> None:
    fill(library, "T2")
    for words in (["export", str(library / "x.yaml")], ["import", str(library / "x.yaml")]):
        result = run(*words)
        assert result.exit_code == 1 and "Name one with --workspace: T1, T2." in result.stderr
    wrong = run("export", str(library / "x.yaml"), "--workspace", "T3")
    assert wrong.exit_code == 1 and "There is no workspace" in wrong.stderr
    nothing = run("export", "--own", str(library / "x.yaml"), "--workspace", "T2")
    assert nothing.exit_code == 1 and "no actions of its own yet" in nothing.stderr
