from decimal import Decimal
from typing import Any

import pytest

from model.framework.method_words import method_words
from tests.model.frameworks import ONE, dimension_data, framework_with


def said(weight: Decimal = ONE, prompt_weight: Decimal = ONE, **method: Any) -> str:
    roads = dimension_data("roads", [prompt_weight, ONE], weight=weight)
    return " ".join(method_words(framework_with([roads, dimension_data("parks", [ONE])], **method)))


@pytest.mark.parametrize(
    ("aggregate", "words"), [("mean", "the average"), ("median", "the middle one"), ("minimum", "the lowest")]
)
def test_the_aggregate_in_words(aggregate: str, words: str) -> None:
    assert f"A dimension's level is {words} of the levels" in said(aggregate=aggregate)
    assert f"The council's level is {words} of its dimensions' levels." in said(aggregate=aggregate)


def test_rounding_groups_and_weights_are_said_only_as_they_are() -> None:
    assert "2.5 is level 3" in said() and "Weights" not in said()
    assert "2.9 is level 2" in said(rounding="down")
    assert "each group counts once" in said(group_means=True)
    assert "Weights: Roads counts 2.5. All else counts 1." in said(weight=Decimal("2.5"))
    assert "1 of the 3 questions count for more or less" in said(prompt_weight=Decimal(2))
    assert "Weights" not in said(weight=Decimal(2), aggregate="minimum")
