import json
from decimal import Decimal
from pathlib import Path

import pytest

from bot.content_files.framework_folder import load_framework
from model.calculation.calculator import NotApplicable
from model.framework.framework import Framework
from model.score_file.result import SheetResult, result_data, sheet_result
from model.score_file.sheet import SheetKind, read_score_sheet
from tests.model.frameworks import ONE, dimension_data, framework_with


@pytest.fixture
def framework() -> Framework:
    return framework_with(
        [
            dimension_data("roads", [ONE] * 3),
            dimension_data("parks", [ONE] * 2),
            dimension_data("bins", [ONE]),
        ]
    )


def result_of(framework: Framework, text: str) -> SheetResult:
    return sheet_result(framework, read_score_sheet(framework, text, SheetKind.YAML))


def test_prompts_make_the_level_of_their_dimension(framework: Framework) -> None:
    result = result_of(framework, "{roads-q1: 2, roads-q2: 3, roads-q3: 3, parks: 1, bins: 4}")
    assert result.levels == {"roads": 3, "parks": 1, "bins": 4}
    assert result.scores["roads"] is not None and result.scores["roads"].shown == "2.7"
    assert result.scores["parks"] is None
    assert result.explanations["roads"].startswith("Roads: the levels 2, 3 and 3 add up to 8")
    assert result.explanations["parks"] == "Parks is at level 1 (Passive), as the file gives it."
    assert not result.provisional


def test_a_dimension_with_open_prompts_keeps_the_whole_provisional(framework: Framework) -> None:
    result = result_of(framework, "{roads-q1: 2, parks: 1, bins: 4}")
    assert result.provisional
    data = result_data(result)
    assert isinstance(data["overall"], dict) and data["overall"]["provisional"] is True
    assert "1 of 3 questions" in result.explanations["roads"]


def test_not_applicable_at_either_height(framework: Framework) -> None:
    result = result_of(
        framework, "{roads: 2, parks-q1: n/a (none), parks-q2: n/a (sold), bins: n/a (county)}"
    )
    assert result.levels["parks"] is NotApplicable.NOT_APPLICABLE
    assert result_data(result)["not_applicable"] == {"parks": "none; sold", "bins": "county"}
    assert result.explanations["bins"] == "Bins is not applicable: county"
    assert not result.provisional


def test_targets_and_baselines_of_prompts_become_those_of_the_dimension(framework: Framework) -> None:
    result = result_of(
        framework,
        "{parks-q1: {current: 2, target: 4, baseline: 1}, parks-q2: {current: 2, target: 5, baseline: 2}, "
        "roads: 3}",
    )
    assert result.targets == {"parks": 5}
    assert result.baselines == {"parks": 2}
    assert result.gaps == {"parks": 3}
    assert result.progress_to_target == Decimal("0.0")
    assert result.projected is not None and result.projected.score.level == 4


def test_nothing_answered(framework: Framework) -> None:
    result = result_of(framework, "{roads: , parks: }")
    data = result_data(result)
    assert data["overall"] is None
    assert data["levels"] == {"roads": None, "parks": None, "bins": None}
    assert data["progress_to_target"] is None and data["projected"] is None
    assert result.explanation == "There is no overall level: no dimension has an agreed level yet."
    assert result.provisional


def test_the_data_for_machines_is_plain_and_exact(framework: Framework) -> None:
    data = json.loads(
        json.dumps(result_data(result_of(framework, "{roads: 3, parks: 3, bins: {current: 2, target: 3}}")))
    )
    assert data["overall"] == {
        "level": 3,
        "score": "2.7",
        "value": "2.666666666666666666666666666",
        "answered": 3,
        "total": 3,
        "not_applicable": 0,
        "provisional": False,
        "name": "Impactful",
        "weakest": ["bins"],
        "groups": {"first": data["overall"]["groups"]["first"], "second": None},
    }
    assert data["overall"]["groups"]["first"]["score"] == "2.7"
    assert data["gaps"] == {"bins": 1}
    assert data["progress_to_target"] == "50.0"
    assert data["projected"]["level"] == 3
    assert data["framework"] == {"id": "small", "version": "1", "hash": framework.content_hash}


def test_the_readme_examples_all_say_the_same() -> None:
    readme = (Path(__file__).parents[3] / "model/content/README.md").read_text(encoding="utf-8")
    blocks = readme.split("## Working out levels from a file")[1].split("```")[1::2]
    found = [block.split("\n", 1) for block in blocks]
    assert [kind for kind, _ in found] == ["yaml", "yaml", "yaml", "csv"]
    framework = load_framework()
    sheets = [read_score_sheet(framework, text, SheetKind(kind)) for kind, text in found]
    assert sheets[0].currents == {"leadership": 3, "data": NotApplicable.NOT_APPLICABLE}
    assert all(sheet == sheets[0] for sheet in sheets)
