"""How much a framework may hold, so that its board, threads and modals fit Slack."""

from typing import Any

import pytest
import yaml

from model.content_files.text_limits import DIMENSION_LIMIT, LIST_LIMIT, PROMPT_LIMIT
from model.framework.source import FrameworkFaults, parse_framework
from tests.model.frameworks import LEVEL_NAMES

TEXT = "x" * 900


def written(**changes: Any) -> dict[str, str]:
    """A framework as one file."""
    whole = {
        "id": "small",
        "title": "A small framework",
        "version": "1.0.0",
        "summary": "Small.",
        "provenance_note": "Made up.",
        "levels": [
            {"number": number, "name": name, "summary": "What it means."}
            for number, name in enumerate(LEVEL_NAMES, 1)
        ],
        "groups": [{"id": "first", "name": "First"}],
        "benefits": [],
        "method": {"note": "Ours."},
        "dimensions": [dimension(0)],
        **changes,
    }
    return {"framework.yaml": yaml.safe_dump(whole, sort_keys=False)}


def dimension(number: int, prompts: int = 1) -> dict[str, Any]:
    return {
        "id": f"side-{number}",
        "name": f"Side {number}",
        "group": "first",
        "summary": "A side.",
        "why_it_matters": "It does.",
        "prompts": [
            {
                "id": f"side-{number}-q{prompt}",
                "question": "How is it?",
                "why": "It tells.",
                "descriptors": [f"Seen at {name}." for name in LEVEL_NAMES],
            }
            for prompt in range(prompts)
        ],
    }


def benefit(number: int) -> dict[str, Any]:
    return {"id": f"benefit-{number}", "name": f"Benefit {number}", "summary": "A reason."}


def handbook(*paragraphs: str) -> list[dict[str, Any]]:
    return [{"id": "how", "title": "How", "text": list(paragraphs)}]


def test_the_most_that_fits() -> None:
    framework = parse_framework(
        written(
            dimensions=[dimension(number, PROMPT_LIMIT) for number in range(DIMENSION_LIMIT)],
            benefits=[benefit(number) for number in range(LIST_LIMIT)],
            handbook=handbook(TEXT, TEXT, TEXT),
        )
    )
    assert (len(framework.dimensions), len(framework.prompts)) == (24, 480)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"dimensions": [dimension(number) for number in range(25)]},
            "25 entries; at most 24 fit.",
        ),
        ({"dimensions": [dimension(0, prompts=21)]}, "21 entries; at most 20 fit."),
        (
            {"benefits": [benefit(number) for number in range(11)]},
            "11 entries; at most 10 fit.",
        ),
        ({"handbook": handbook(TEXT, TEXT, TEXT, TEXT)}, "the limit is 2800"),
    ],
)
def test_more_is_refused_with_a_sentence(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(FrameworkFaults) as refusal:
        parse_framework(written(**changes))
    [fault] = refusal.value.faults
    assert said in fault.sentence
    assert fault.file == "framework.yaml" and fault.line is not None and fault.line > 1
