import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build_app
from bot.content_files.framework_folder import load_framework

IDS = [each.id for each in load_framework().dimensions]
Write = Callable[[str, str], str]


@pytest.fixture(autouse=True)
def _no_framework_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MILEPOST_FRAMEWORK", raising=False)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return to_file


def score(*words: str) -> Result:
    return CliRunner().invoke(build_app(), ["score", *words])


@pytest.mark.parametrize("ending", [".yaml", ".yml", ".json", ".csv", ".YAML", ".CSV"])
def test_levels_of_every_kind_come_to_the_same(write: Write, ending: str) -> None:
    rows = {each: 1 + place % 4 for place, each in enumerate(IDS)}
    csv_text = "id,current\n" + "".join(f"{each},{level}\n" for each, level in rows.items())
    text = csv_text if ending.lower() == ".csv" else json.dumps(rows)
    result = score(write("levels" + ending, text), "--json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["levels"] == rows
    assert (data["overall"]["level"], data["overall"]["score"]) == (2, "2.3")
    assert data["overall"]["weakest"] == ["leadership", "decision-making", "technology"]
    assert data["explanation"].endswith("Leadership, Decision-making and Technology, at level 1 (Passive).")


def test_the_report_says_everything_and_cuts_nothing(write: Write) -> None:
    reason = "Run by the county under an agreement that goes on for very many words " * 3
    result = score(
        write(
            "levels.yaml",
            f"leadership: {{current: 3, target: 4, baseline: 2}}\ndata: {{current: n/a, reason: {reason}}}\n"
            "culture-learning: 2\n",
        )
    )
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Local Government Digital Quality Model, version 0.1.0"
    assert lines[2].split() == ["Dimension", "Level", "Score", "Baseline", "Target", "Gap"]
    assert lines[3].split() == ["Leadership", "3", "Impactful", "2", "Developing", "4", "Mainstreamed", "1"]
    assert f"Data is not applicable: {reason.strip()}" in lines
    assert "Overall (provisional, 2 of 9 dimensions; 1 left out as not applicable)" in result.stdout
    assert "Culture (provisional, 1 of 5 questions): level 2 (Developing)." in lines
    assert "Progress to target: 50.0 % of the way." in lines
    assert "Since the baseline: +1.0 levels on average." in lines
    assert "With every target reached: 3.0, level 3 (Impactful)." in lines
    assert "\x1b" not in result.stdout


def test_a_file_of_blanks_has_no_level(write: Write) -> None:
    result = score(write("levels.yaml", "".join(f"{each}:\n" for each in IDS)))
    assert result.exit_code == 0
    assert "There is no overall level: no dimension has an agreed level yet." in result.stdout
    assert " 0" not in result.stdout.split("version 0.1.0")[1]


@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_bad_rows_are_all_named_and_nothing_else_is_printed(write: Write, extra: list[str]) -> None:
    file = write("levels.csv", "id,current\nleadership,3\nleadrship,2\nculture,2.5\ndata,n/a\n")
    result = score(file, *extra)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == [f"{file}:{n}" for n in (3, 4, 5)]
    assert "Did you mean 'leadership'?" in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.yaml", None, "There is no such file"),
        ("levels.xlsx", b"data: 3", "Name the file .yaml, .json or .csv"),
        ("levels", b"data: 3", "Name the file .yaml, .json or .csv"),
        ("levels.csv", b"id,current\ndata,\xff\n", "not in UTF-8"),
        ("levels.json", b"PK\x03\x04\x00", "no text file"),
        ("levels.yaml", b"", "This file is empty."),
        ("levels.yaml", b"a" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = score(str(path))
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    [only] = result.stderr.splitlines()
    assert only.startswith(f"{path}:") and said in only


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "This is a folder" in score(str(tmp_path)).stderr


def test_the_line_of_the_byte_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "levels.csv"
    path.write_bytes(b"id,current,reason\ndata,3,\nculture,2,caf\xe9\n")
    assert score(str(path)).stderr.startswith(f"{path}:3: ")


def test_a_framework_of_ones_own(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dimension = (
        "\ndimensions:\n  - id: bins\n    name: Bins\n    group: delivery\n    summary: Emptying bins.\n"
        "    why_it_matters: Smell.\n    prompts:\n      - id: bins-day\n        question: Which day?\n"
        "        why: So that they are out.\n        descriptors: [a, b, c, d, e]\n"
    )
    bundled = (Path(__file__).parents[3] / "model/content/framework.yaml").read_text(encoding="utf-8")
    ours = write("ours.yaml", bundled.replace("aggregate: mean", "aggregate: minimum") + dimension)
    levels = write("levels.yaml", "Bins: 4\n")
    assert json.loads(score(levels, "--json", "--framework", ours).stdout)["levels"] == {"bins": 4}
    monkeypatch.setenv("MILEPOST_FRAMEWORK", ours)
    assert json.loads(score(levels, "--json").stdout)["levels"] == {"bins": 4}
    monkeypatch.setenv("MILEPOST_FRAMEWORK", str(tmp_path / "gone.yaml"))
    result = score(levels)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{tmp_path}/gone.yaml:1: ")
