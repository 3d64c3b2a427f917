from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.calculation.calculator import Answer, NotApplicable, dimension_score, overall_score
from model.calculation.explanation import explain_dimension, explain_overall, figure, level_words, listed
from model.errors import LevelOutOfRange
from tests.model.frameworks import ONE, many_dimensions, one_dimension

NA = NotApplicable.NOT_APPLICABLE


def explained(given: list[Answer], confirmed: int | None = None, **method: Any) -> str:
    weights = method.pop("weights", [ONE] * len(given))
    framework = one_dimension(weights, **method)
    return explain_dimension(
        framework, "roads", {f"roads-q{n}": each for n, each in enumerate(given, 1)}, confirmed
    )


@pytest.mark.parametrize(
    ("given", "method", "said"),
    [
        (
            [2, 3, 3],
            {},
            "Roads: the levels 2, 3 and 3 add up to 8; divided by 3 that is 2.7, which rounds to level 3 "
            "(Impactful).",
        ),
        (
            [2, 3],
            {},
            "Roads: the levels 2 and 3 add up to 5; divided by 2 that is 2.5, and a half rounds up to "
            "level 3 "
            "(Impactful).",
        ),
        (
            [2, 3],
            {"rounding": "down"},
            "Roads: the levels 2 and 3 add up to 5; divided by 2 that is 2.5, which is rounded down to "
            "level 2 "
            "(Developing).",
        ),
        ([4, 4], {}, "Roads: both are at level 4 (Mainstreamed)."),
        (
            [5, 1, 3],
            {"aggregate": "median"},
            "Roads: the middle one of the levels 1, 3 and 5 is 3, which is level 3 (Impactful).",
        ),
        (
            [5, 1, 3],
            {"aggregate": "minimum"},
            "Roads: the lowest of the levels 5, 1 and 3 is 1, which is level 1 (Passive).",
        ),
        (
            [1, 5],
            {"weights": [Decimal(3), Decimal("1.5")]},
            "Roads: the levels 1 (weight 3) and 5 (weight 1.5) have a weighted mean of 2.3, which rounds "
            "to level 2 "
            "(Developing).",
        ),
        (
            [5, 1],
            {"aggregate": "median", "weights": [Decimal(3), Decimal(1)]},
            "Roads: counted by weight, the middle one of the levels 1 (weight 1) and 5 (weight 3) is 5, "
            "which is "
            "level 5 (Transformative).",
        ),
        (
            [3, NA, None],
            {},
            "Roads (provisional, 1 of 2 questions; 1 left out as not applicable): level 3 (Impactful).",
        ),
        ([None, None], {}, "Roads has no level from its questions: no question has an agreed level yet."),
        ([NA, NA], {}, "Roads has no level from its questions: every question is marked not applicable."),
    ],
)
def test_the_sum_of_a_dimension_in_words(given: list[Answer], method: dict[str, Any], said: str) -> None:
    assert explained(given, **method) == said


@pytest.mark.parametrize(
    ("given", "confirmed", "end"),
    [
        ([3], 3, "The facilitator confirmed this level."),
        ([3], 4, "The facilitator set level 4 (Mainstreamed) instead, and that is what counts."),
        ([None], 2, "The facilitator set level 2 (Developing), and that is what counts."),
    ],
)
def test_the_confirmed_level_is_said(given: list[Answer], confirmed: int, end: str) -> None:
    assert explained(given, confirmed).endswith(end)


def test_a_confirmed_level_is_checked() -> None:
    with pytest.raises(LevelOutOfRange):
        explained([3], 6)


def test_a_score_just_under_a_half_is_written_so_that_the_rounding_looks_right() -> None:
    said = explained([2, 3], weights=[Decimal(100), Decimal("99.99")])
    assert "2.49997, which rounds to level 2" in said
    assert "4.8, which is rounded down to level 4" in explained([4, 5, 5, 5, 5], rounding="down")
    just_under = explained([4, 5], rounding="down", weights=[Decimal("0.001"), Decimal(100)])
    assert "4.99999, which is rounded down to level 4" in just_under


def test_overall_names_the_weakest_and_what_is_missing() -> None:
    framework = many_dimensions([ONE] * 10)
    given = {"side-a": 3, "side-b": 1, "side-c": 4, "side-d": 1, "side-e": 5, "side-f": 2, "side-g": 2}
    assert explain_overall(framework, given) == (
        "Overall (provisional, 7 of 10 dimensions): the levels 3, 1, 4, 1, 5, 2 and 2 add up to 18; "
        "divided by 7 "
        "that is 2.6, which rounds to level 3 (Impactful). The weakest are Side b and Side d, at level 1 "
        "(Passive)."
    )
    assert explain_overall(framework, given, ["side-a", "side-b"]) == (
        "Overall: the levels 3 and 1 add up to 4; divided by 2 that is 2, which is level 2 (Developing). "
        "The weakest is Side b, at level 1 (Passive)."
    )


def test_overall_with_one_level_or_equal_levels_or_none() -> None:
    framework = many_dimensions([ONE] * 3)
    assert explain_overall(framework, {"side-b": 2}).endswith("Side b is the only dimension with a level.")
    equal = explain_overall(framework, {"side-a": 2, "side-b": 2, "side-c": 2})
    assert equal == ("Overall: all 3 are at level 2 (Developing). No dimension holds the others back.")
    assert explain_overall(framework, {}) == (
        "There is no overall level: no dimension has an agreed level yet."
    )
    assert explain_overall(framework, dict.fromkeys(("side-a", "side-b", "side-c"), NA)) == (
        "There is no overall level: every dimension is marked not applicable."
    )


def test_overall_by_groups_names_the_groups() -> None:
    framework = many_dimensions([ONE] * 3, group_means=True)
    assert explain_overall(framework, {"side-a": 1, "side-b": 5, "side-c": 2}).startswith(
        "Overall: each group counts once, and the mean of First (1.5) and Second (5.0) is 3.3, which "
        "rounds to "
    )
    only = explain_overall(framework, {"side-a": 1, "side-c": 2})
    assert (
        "the only group with levels is First (1.5), which makes 1.5, and a half rounds up to level 2" in only
    )


@given(
    st.lists(st.one_of(st.integers(1, 5), st.none(), st.just(NA)), min_size=1, max_size=8),
    st.sampled_from(("mean", "median", "minimum")),
    st.sampled_from(("half_up", "down")),
    st.booleans(),
)
def test_the_words_always_say_the_level_that_was_worked_out(
    given: list[Answer], aggregate: str, rounding: str, by_group: bool
) -> None:
    framework = many_dimensions(
        [ONE] * len(given), aggregate=aggregate, rounding=rounding, group_means=by_group
    )
    levels = {each.id: answer for each, answer in zip(framework.dimensions, given, strict=True)}
    said = explain_overall(framework, levels)
    overall = overall_score(framework, levels)
    if overall is None:
        assert said.startswith("There is no overall level")
        return
    assert level_words(framework, overall.score.level) in said
    assert ("provisional" in said) == (None in given)
    assert (
        figure(overall.score, framework.method.rounding) in said or overall.score.value == overall.score.level
    )
    if len(overall.weakest) < overall.score.answered:
        assert all(framework.dimension(each).name in said for each in overall.weakest)


@given(st.lists(st.tuples(st.integers(1, 5), st.decimals("0.001", "100", places=3)), min_size=1, max_size=6))
def test_a_written_figure_never_contradicts_its_level(pairs: list[tuple[int, Decimal]]) -> None:
    framework = one_dimension([weight for _, weight in pairs])
    score = dimension_score(
        framework, "roads", {f"roads-q{n}": level for n, (level, _) in enumerate(pairs, 1)}
    )
    assert score is not None
    written = Decimal(figure(score, framework.method.rounding))
    assert int(written + Decimal("0.5")) == score.level
    assert abs(written - score.value) <= Decimal("0.05")


def test_words_are_listed_as_in_a_sentence() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"
