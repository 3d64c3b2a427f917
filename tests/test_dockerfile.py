"""The image is built as we promise: in two stages, from pinned versions, without rights or secrets."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Instruction:
    name: str
    rest: str


def instructions() -> list[Instruction]:
    """The instructions of the Dockerfile in order, comments dropped and continued lines joined."""
    lines = [
        line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines() if not line.startswith("#")
    ]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    pairs = [line.split(None, 1) for line in joined.splitlines() if line.strip()]
    return [Instruction(name, rest) for name, rest in pairs]


def stages() -> list[list[Instruction]]:
    found: list[list[Instruction]] = []
    for instruction in instructions():
        if instruction.name == "FROM":
            found.append([])
        found[-1].append(instruction)
    return found


def last_of(stage: list[Instruction], name: str) -> str:
    return [instruction.rest for instruction in stage if instruction.name == name][-1]


def test_two_stages_start_from_the_same_slim_python() -> None:
    assert [stage[0].rest for stage in stages()] == ["python:3.11-slim AS build", "python:3.11-slim"]


def test_the_second_stage_takes_only_what_the_first_one_made() -> None:
    _, final = stages()
    copies = [instruction.rest for instruction in final if instruction.name in {"COPY", "ADD"}]
    assert copies == ["--from=build /opt/milepost /opt/milepost"]
    assert not any("pip" in instruction.rest for instruction in final if instruction.name == "RUN")


def test_every_installation_keeps_to_the_constraints() -> None:
    installs = [part for step in instructions() for part in step.rest.split("&&") if "pip install" in part]
    assert len(installs) == 2
    assert all("-c constraints.txt" in install for install in installs)


def test_the_source_comes_after_the_dependencies() -> None:
    build, _ = stages()
    steps = [step.rest for step in build if step.name in {"COPY", "RUN"}]
    source = steps.index(". .")
    assert any("-r requirements.txt" in step for step in steps[:source])
    assert [step for step in steps[source + 1 :] if "pip install" in step] == [steps[-1]]
    assert "--no-deps" in steps[-1]


def test_it_runs_without_rights() -> None:
    _, final = stages()
    user = last_of(final, "USER")
    assert user not in {"root", "0"}
    assert any("--uid 10001 --user-group" in step.rest and step.rest.startswith("useradd") for step in final)
    assert any(f"install -d -o {user} -g {user}" in step.rest and "/data" in step.rest for step in final)


def test_the_data_is_on_the_one_volume() -> None:
    _, final = stages()
    assert [json.loads(step.rest) for step in final if step.name == "VOLUME"] == [["/data"]]
    assert 'DATABASE_URL="sqlite+aiosqlite:////data/milepost.db"' in last_of(final, "ENV")


def test_it_runs_the_bot_and_asks_after_its_health() -> None:
    _, final = stages()
    assert json.loads(last_of(final, "CMD")) == ["milepost", "run"]
    assert json.loads(last_of(final, "HEALTHCHECK").split("CMD", 1)[1]) == ["milepost", "health"]
    assert last_of(final, "EXPOSE") in last_of(final, "ENV").split("PORT=")[1]


def test_no_secret_is_set() -> None:
    assert not [step for step in instructions() if re.search("TOKEN|SECRET|PASSWORD", step.rest)]


@pytest.mark.parametrize(
    "name", ["pyproject.toml", "constraints.txt", "README.md", "LICENSE", "model", "storage", "bot"]
)
def test_the_build_sees_what_it_needs(name: str) -> None:
    assert f"!{name}" in ignored()


def test_the_build_sees_nothing_else() -> None:
    first, *rest = ignored()
    assert first == "*", "everything is shut out, then what is needed is let in"
    let_in = {line[1:] for line in rest if line.startswith("!")}
    assert let_in.isdisjoint({".env", ".git", "tests", ".venv"})
    assert {"**/.env", "**/*.db"} <= set(rest), "nor in the folders that are let in"


def ignored() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_licence_names_all_three() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    for part in (
        "MIT License",
        "Copyright (c) 2026 Milepost contributors",
        "https://creativecommons.org/licenses/by/4.0/",
    ):
        assert part in text
    assert (ROOT / "bot/exports/fonts/LICENSE").is_file()
