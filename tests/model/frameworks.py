"""Small frameworks for the tests: only what the arithmetic needs, with texts that say what they are."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.content_files.framework_folder import framework_texts
from model.framework.framework import Framework

LEVEL_NAMES = ("Passive", "Developing", "Impactful", "Mainstreamed", "Transformative")
ONE = Decimal(1)
SMALL = Path(__file__).with_name("small_framework")
"""Four dimensions with one prompt each, as files."""


def small_texts() -> dict[str, str]:
    return framework_texts(SMALL)


def prompt_data(prompt_id: str, weight: Decimal = ONE) -> dict[str, Any]:
    return {
        "id": prompt_id,
        "question": f"Question of {prompt_id}?",
        "why": "Because.",
        "descriptors": [f"Seen at level {number}." for number in range(1, 6)],
        "weight": weight,
    }


def dimension_data(
    dimension_id: str, weights: Sequence[Decimal], group: str = "first", weight: Decimal = ONE
) -> dict[str, Any]:
    return {
        "id": dimension_id,
        "name": dimension_id.replace("-", " ").capitalize(),
        "group": group,
        "summary": "A summary.",
        "why_it_matters": "It matters.",
        "benefits": ["efficiency"],
        "prompts": [prompt_data(f"{dimension_id}-q{n}", each) for n, each in enumerate(weights, start=1)],
        "weight": weight,
    }


def framework_data(dimensions: Sequence[Mapping[str, Any]], **method: Any) -> dict[str, Any]:
    return {
        "id": "small",
        "title": "A small framework",
        "version": "1",
        "summary": "For tests.",
        "provenance_note": "All of it is made up.",
        "levels": [
            {"number": number, "name": name, "summary": f"What {name} means."}
            for number, name in enumerate(LEVEL_NAMES, start=1)
        ],
        "groups": [{"id": "first", "name": "First"}, {"id": "second", "name": "Second"}],
        "benefits": [{"id": "efficiency", "name": "Efficiency", "summary": "Less waste."}],
        "method": {"note": "Our reading.", **method},
        "dimensions": list(dimensions),
    }


def framework_with(dimensions: Sequence[Mapping[str, Any]], **method: Any) -> Framework:
    return Framework.model_validate(framework_data(dimensions, **method))


def one_dimension(weights: Sequence[Decimal], **method: Any) -> Framework:
    """One dimension `roads` with prompts `roads-q1`, `roads-q2` and so on."""
    return framework_with([dimension_data("roads", weights)], **method)


def many_dimensions(weights: Sequence[Decimal], **method: Any) -> Framework:
    """Dimensions `side-a`, `side-b`, …, by turns in the groups `first` and `second`, with one prompt each."""
    return framework_with(
        [
            dimension_data(f"side-{chr(97 + n)}", [ONE], ("first", "second")[n % 2], weight)
            for n, weight in enumerate(weights)
        ],
        **method,
    )
