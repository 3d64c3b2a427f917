"""Small libraries for the tests: only what a rule needs, with texts that say what they are."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from model.framework.framework import Framework
from model.library.library import Library
from tests.model.frameworks import dimension_data, framework_with

ROADS_AND_PARKS: Framework = framework_with(
    [dimension_data("roads", [Decimal(1), Decimal(1)]), dimension_data("parks", [Decimal(1)])]
)


def action_data(action_id: str, **changes: Any) -> dict[str, Any]:
    """An action of the dimension `roads` from level 1 to 2, with these keys changed."""
    begin = changes.get("from_level", 1)
    return {
        "id": action_id,
        "title": f"Do {action_id.replace('-', ' ')}",
        "summary": f"What {action_id} is.",
        "why": "It helps.",
        "benefits": ["efficiency"],
        "dimension": "roads",
        "from_level": begin,
        "to_level": begin + 1,
        "prompts": [],
        "effort": {"time": "low", "money": "low", "skills": "medium"},
        "weeks": 6,
        "prerequisites": [],
        "steps": ["Begin.", "Go on.", "Stop."],
        "milestones": [{"name": "Half way", "week": 3}, {"name": "Done", "week": 6}],
        "success": "One can see it.",
        "evidence": ["A note"],
        "reading": [{"title": "Service Manual", "publisher": "GOV.UK"}],
        **changes,
    }


def library_of(actions: Sequence[dict[str, Any]]) -> Library:
    return Library.model_validate({"actions": list(actions)})
