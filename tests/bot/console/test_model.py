import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from bot.cli import build_app
from bot.content_files.framework_folder import framework_texts, load_framework
from model.framework.framework import Framework


@pytest.fixture(autouse=True)
def _no_framework_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MILEPOST_FRAMEWORK", raising=False)


def run(*words: str) -> Result:
    return CliRunner().invoke(build_app(), words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A framework of a council's own, as good as the bundled one."""
    for name, text in framework_texts().items():
        path = tmp_path / "ours" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "ours"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_bundled_framework_is_good() -> None:
    result = run("model", "check")
    assert result.exit_code == 0
    assert "No faults found" in result.stdout
    assert "10 dimensions, 50 prompts, 5 benefits" in result.stdout
    assert load_framework().content_hash in result.stdout


def test_faults_go_to_standard_error_with_file_and_line(folder: Path) -> None:
    edit(folder / "dimensions/08-data.yaml", "group: delivery", "group: delivry")
    edit(folder / "framework.yaml", "rounding: half_up", "rounding:\thalf_up")
    result = run("model", "check", str(folder))
    assert result.exit_code == 1
    assert result.stdout == ""
    [only] = result.stderr.splitlines()
    assert only.startswith(f"{folder}/framework.yaml:")
    assert "There is a tab here" in only
    edit(folder / "framework.yaml", "rounding:\thalf_up", "rounding: half_up")
    result = run("model", "check", str(folder))
    assert result.stderr.startswith(f"{folder}/dimensions/08-data.yaml:3: There is no group 'delivry'.")


def test_a_single_file_is_named_as_it_was_given(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("id: a: b\n", encoding="utf-8")
    assert run("model", "check", str(file)).stderr.startswith(f"{file}:1: ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "There is no such file or folder."),
        (b"", "This file is empty."),
        (b" \n\n", "This file is empty."),
        (b"id: caf\xe9\n", "not in UTF-8"),
        ("id: x\n".encode("utf-16"), "no text file"),
        (b"\x00\x01\x02", "no text file"),
        (b"x" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "mine.yaml"
    if content is not None:
        file.write_bytes(content)
    for words in (["model", "check", str(file)], ["model", "show", str(file)]):
        result = run(*words)
        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit)
        [only] = result.stderr.splitlines()
        assert only.startswith(f"{file}:1: ") and said in only


def test_an_empty_folder_and_a_path_too_long(tmp_path: Path) -> None:
    assert "no YAML files" in run("model", "check", str(tmp_path)).stderr
    assert "cannot be read" in run("model", "check", "x" * 5000).stderr


def test_the_environment_names_the_framework(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(folder / "framework.yaml", 'version: "0.1.0"', 'version: "ours 7"')
    monkeypatch.setenv("MILEPOST_FRAMEWORK", str(folder))
    assert "version ours 7" in run("model", "check").stdout
    assert "version ours 7" in run("model", "show").stdout
    monkeypatch.setenv("MILEPOST_FRAMEWORK", str(folder / "gone"))
    assert run("model", "check").exit_code == 1
    monkeypatch.setenv("MILEPOST_FRAMEWORK", "")
    assert "version 0.1.0" in run("model", "check").stdout


def test_show_lists_everything_without_cutting_it() -> None:
    result = run("model", "show")
    assert result.exit_code == 0
    framework = load_framework()
    for text in (framework.title, framework.provenance_note, framework.method.note):
        assert text in result.stdout
    for dimension in framework.dimensions:
        assert f"{dimension.name} ({dimension.id})" in result.stdout
        assert dimension.provenance.value in result.stdout
        for prompt in dimension.prompts:
            assert prompt.question in result.stdout
            assert all(descriptor in result.stdout for descriptor in prompt.descriptors)
    assert "\x1b" not in result.stdout


def test_show_json_is_the_framework_and_its_hash() -> None:
    data = json.loads(run("model", "show", "--json").stdout)
    assert data.pop("content_hash") == load_framework().content_hash
    assert Framework.from_json(json.dumps(data)) == load_framework()


def test_the_schema_accepts_the_bundled_framework_and_refuses_a_broken_one() -> None:
    result = run("model", "schema")
    schema = json.loads(result.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(load_framework().to_json())
    jsonschema.validate(data, schema)
    data["dimensions"][0]["prompts"][0]["descriptors"].pop()
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


def test_version_and_help() -> None:
    assert run("--version").stdout.startswith("milepost ")
    for words in (["--help"], ["model", "--help"], ["score", "--help"]):
        result = run(*words)
        assert result.exit_code == 0
        assert "Usage" in result.stdout
    assert run("modle").exit_code == 2


def test_help_is_quick_because_it_does_not_load_the_model() -> None:
    code = "import sys, bot.cli; bot.cli.build_app(); print('pydantic' in sys.modules, 'yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False"


def test_a_terminal_that_cannot_show_a_sign_does_not_make_it_crash(tmp_path: Path) -> None:
    file = tmp_path / "levels.yaml"
    file.write_text("data: {current: n/a, reason: Rhannu â’r sir – ŵ}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", "score", str(file)],
        capture_output=True,
        env={"PYTHONIOENCODING": "latin-1", "PATH": ""},
        check=True,
    )
    assert b"Rhannu" in done.stdout and b"\\u0175" in done.stdout


def test_export_writes_the_guide_and_overwrites_nothing(tmp_path: Path) -> None:
    file = tmp_path / "guide.html"
    result = run("model", "export", "--html", str(file))
    assert (result.exit_code, result.stdout.split(":")[0]) == (0, f"Wrote {file}")
    written = file.read_text(encoding="utf-8")
    assert written.startswith("<!DOCTYPE html>\n") and "Licence: Creative Commons" in written
    file.write_text("mine", encoding="utf-8")
    result = run("model", "export", "--html", str(file))
    assert (result.exit_code, file.read_text(encoding="utf-8")) == (1, "mine")
    assert result.stderr == f"{file} is there already. Add --force to overwrite it, or name another file.\n"
    assert run("model", "export", "--html", str(file), "--force").exit_code == 0
    assert file.read_text(encoding="utf-8") == written


def test_export_of_a_councils_own_framework_does_not_give_it_away(folder: Path, tmp_path: Path) -> None:
    edit(folder / "framework.yaml", 'version: "0.1.0"', 'version: "ours 7"')
    assert run("model", "export", "--html", str(tmp_path / "g.html"), str(folder)).exit_code == 0
    assert "ask it before you use them elsewhere" in (tmp_path / "g.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["nowhere/guide.html", ".", "x" * 300])
def test_export_to_a_file_that_cannot_be(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("model", "export", "--html", name, "--force")
    assert result.exit_code == 1
    [only] = result.stderr.splitlines()
    assert "cannot be written" in only


def test_export_of_a_faulty_framework_writes_nothing(folder: Path, tmp_path: Path) -> None:
    edit(folder / "framework.yaml", "id: delivery", "id: Delivery!")
    assert run("model", "export", "--html", str(tmp_path / "g.html"), str(folder)).exit_code == 1
    assert not (tmp_path / "g.html").exists()
