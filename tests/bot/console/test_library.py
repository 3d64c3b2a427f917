import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from bot.cli import build_app
from bot.content_files.framework_folder import load_framework, load_library
from tests.model.frameworks import small_texts
from tests.model.libraries import action_data


def run(*words: str) -> Result:
    return CliRunner().invoke(build_app(), words)


def strategy_action(action_id: str, **changes: Any) -> dict[str, Any]:
    return action_data(action_id, **{"dimension": "strategy", "prompts": ["strategy-direction"], **changes})


ACTIONS = [
    strategy_action("strategy-one-page", title="Write the strategy on one page"),
    strategy_action("strategy-review", from_level=2, prerequisites=["strategy-one-page"], reading=[]),
    strategy_action("culture-lunch", dimension="culture", prompts=[], title="Talk over lunch & learn"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A framework with a library of its own, which the environment names."""
    for name, text in small_texts().items():
        path = tmp_path / "ours" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write(tmp_path / "ours" / "library" / "all.yaml", *ACTIONS)
    monkeypatch.setenv("MILEPOST_FRAMEWORK", str(tmp_path / "ours"))
    return tmp_path / "ours"


def write(path: Path, *actions: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({"actions": list(actions)}, sort_keys=False), encoding="utf-8")
    return path


def test_check_counts_what_it_found(folder: Path) -> None:
    library = load_library(load_framework(folder), folder)
    for words in ([], [str(folder)], [str(folder / "library")], [str(folder / "library" / "all.yaml")]):
        result = run("library", "check", *words)
        assert result.exit_code == 0, result.stderr
        assert "No faults found: 3 actions for 2 dimensions of Local Government" in result.stdout
        assert library.content_hash in result.stdout


def test_check_names_faults_with_file_and_line(folder: Path) -> None:
    write(folder / "library" / "all.yaml", strategy_action("strategy-a", weeks=0, benefits=["agilty"]))
    for words in ([], [str(folder)], [str(folder / "library")]):
        result = run("library", "check", *words)
        assert (result.exit_code, result.stdout) == (1, "")
        first, *_ = result.stderr.splitlines()
        assert first.startswith(f"{folder}/library/all.yaml:7: There is no benefit 'agilty'. Did you mean")


def test_a_contribution_is_checked_by_itself(folder: Path, tmp_path: Path) -> None:
    good = write(tmp_path / "mine.yaml", strategy_action("strategy-mine"))
    assert "1 action for 1 dimension of" in run("library", "check", str(good)).stdout
    bad = write(tmp_path / "mine.yaml", strategy_action("strategy-mine", prerequisites=["strategy-x"]))
    result = run("library", "check", str(bad))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{bad}:") and "no action 'strategy-x'" in result.stderr


@pytest.mark.parametrize("words", [["check", "nowhere"], ["list", "--framework", "nowhere"]])
def test_what_cannot_be_read_is_one_sentence(words: list[str], folder: Path) -> None:
    result = run("library", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "nowhere:1: There is no such file or folder. Check the path.\n"


def test_list_by_dimension_and_step(folder: Path) -> None:
    listed = json.loads(run("library", "list", "--json").stdout)
    assert [each["id"] for each in listed] == ["strategy-one-page", "strategy-review", "culture-lunch"]
    assert listed[0] == json.loads(run("library", "show", "strategy-one-page", "--json").stdout)
    one = json.loads(run("library", "list", "--json", "--dimension", "strategy", "--step", "2-3").stdout)
    assert [each["id"] for each in one] == ["strategy-review"]
    text = run("library", "list", "--step", "1-2").stdout
    assert "Write the strategy on one page" in text and "strategy-review" not in text
    assert run("library", "list", "--step", "4-5").stdout == "Nothing found.\n"
    assert run("library", "list", "--step", "4-5", "--json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["list", "--dimension", "stratgy"], "There is no dimension 'stratgy'. Did you mean 'strategy'?"),
        (["list", "--step", "1-3"], "There is no step '1-3'."),
        (
            ["show", "strategy-reveiw"],
            "There is no action 'strategy-reveiw'. Did you mean 'strategy-review'?",
        ),
        (["show", "a\x1bb"], "There is no action 'a\\x1bb'."),
    ],
)
def test_a_wrong_word_is_refused_with_a_suggestion(folder: Path, words: list[str], said: str) -> None:
    result = run("library", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_show_says_everything(folder: Path) -> None:
    text = run("library", "show", "strategy-review").stdout
    [action] = [each for each in ACTIONS if each["id"] == "strategy-review"]
    for said in (
        "Do strategy review (strategy-review)",
        "Strategy, level 2 to 3, 6 weeks",
        "time low, money low, skills medium",
        action["summary"],
        action["why"],
        "Good for: Efficiency",
        load_framework(folder).prompt("strategy-direction").question,
        "Write the strategy on one page (strategy-one-page)",
        "1. Begin.",
        "week 3: Half way",
        action["success"],
        "A note",
        "Source: local",
    ):
        assert said in text
    assert "Read on" not in text
    assert "Service Manual, GOV.UK" in run("library", "show", "culture-lunch").stdout


def test_search_forgives_and_limits(folder: Path) -> None:
    assert "strategy-one-page" in run("library", "search", "startegy", "page").stdout.splitlines()[1]
    found = json.loads(run("library", "search", "lunch", "--json").stdout)
    assert [each["id"] for each in found] == ["culture-lunch"]
    assert len(json.loads(run("library", "search", "do", "--limit", "1", "--json").stdout)) == 1
    assert run("library", "search", "zeppelin").stdout == "Nothing found.\n"


def test_help() -> None:
    for words in (["library", "--help"], ["library", "list", "--help"], ["library", "check", "--help"]):
        assert "Usage" in run(*words).stdout
