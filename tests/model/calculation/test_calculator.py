import statistics
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.calculation.calculator import (
    Answer,
    NotApplicable,
    Score,
    dimension_score,
    exact_overall,
    overall_score,
)
from model.errors import LevelOutOfRange, UnknownDimension, UnknownPrompt
from model.framework.framework import Framework
from tests.model.frameworks import ONE, many_dimensions, one_dimension

NA = NotApplicable.NOT_APPLICABLE
AGGREGATES = ("mean", "median", "minimum")

levels = st.integers(1, 5)
answers = st.one_of(levels, st.none(), st.just(NA))
weights = st.decimals("0.001", "100", places=3)
methods = st.fixed_dictionaries(
    {"aggregate": st.sampled_from(AGGREGATES), "rounding": st.sampled_from(("half_up", "down"))}
)


def score_of(given: list[Answer], weights: list[Decimal] | None = None, **method: Any) -> Score | None:
    framework = one_dimension(weights or [ONE] * len(given), **method)
    return dimension_score(framework, "roads", named(given))


def named(given: list[Answer]) -> dict[str, Answer]:
    return {f"roads-q{n}": answer for n, answer in enumerate(given, start=1)}


def sure(score: Score | None) -> Score:
    assert score is not None
    return score


@pytest.mark.parametrize(
    ("given", "method", "shown", "level"),
    [
        ([2, 3], {}, "2.5", 3),
        ([2, 3], {"rounding": "down"}, "2.5", 2),
        ([2, 2, 3], {}, "2.3", 2),
        ([2, 3, 3], {}, "2.7", 3),
        ([1, 5, 5], {"aggregate": "median"}, "5.0", 5),
        ([1, 2, 3, 5], {"aggregate": "median"}, "2.5", 3),
        ([4, 2, 5], {"aggregate": "minimum"}, "2.0", 2),
        ([5], {}, "5.0", 5),
        ([4, 5, 5, 5], {"rounding": "down"}, "4.8", 4),
    ],
)
def test_the_sum_follows_the_method(
    given: list[Answer], method: dict[str, Any], shown: str, level: int
) -> None:
    score = sure(score_of(given, **method))
    assert (score.shown, score.level) == (shown, level)


def test_a_shade_under_a_half_stays_down() -> None:
    # 2 counts 100, 3 counts 99.999: the mean is a little under 2.5, though it is shown as 2.5.
    score = sure(score_of([2, 3], [Decimal(100), Decimal("99.999")]))
    assert (score.shown, score.level) == ("2.5", 2)
    assert score.value < Decimal("2.5")


def test_weights_count() -> None:
    score = sure(score_of([1, 5], [Decimal(3), Decimal(1)]))
    assert score.value == 2
    assert sure(score_of([1, 2, 5], [ONE, ONE, Decimal(5)], aggregate="median")).value == 5
    assert sure(score_of([1, 5], [ONE, ONE], aggregate="median")).value == 3
    assert sure(score_of([2, 5], [Decimal("0.001"), Decimal(100)], aggregate="minimum")).value == 2


def test_nothing_answered_is_no_level() -> None:
    assert score_of([None, None]) is None
    assert score_of([NA, NA]) is None
    assert score_of([NA, None]) is None


def test_counts_and_provisional() -> None:
    some = sure(score_of([3, NA, None]))
    assert (some.answered, some.total, some.not_applicable, some.provisional) == (1, 3, 1, True)
    assert not sure(score_of([3, NA, 4])).provisional


@pytest.mark.parametrize("wrong", [0, 6, -1, True, 2.0, "3", Decimal(3)])
def test_a_level_outside_one_to_five_is_refused(wrong: Any) -> None:
    framework = one_dimension([ONE])
    with pytest.raises(LevelOutOfRange, match="from 1 to 5"):
        dimension_score(framework, "roads", {"roads-q1": wrong})
    with pytest.raises(LevelOutOfRange):
        overall_score(framework, {"roads": wrong})


def test_unknown_ids_are_refused_by_name() -> None:
    framework = one_dimension([ONE])
    with pytest.raises(UnknownPrompt, match="'elsewhere'"):
        dimension_score(framework, "roads", {"elsewhere": 3})
    with pytest.raises(UnknownDimension, match="'rods'"):
        dimension_score(framework, "rods", {})
    with pytest.raises(UnknownDimension):
        overall_score(framework, {"rods": 3})
    with pytest.raises(UnknownDimension):
        overall_score(framework, {"roads": 3}, ["rods"])


def test_answers_of_other_dimensions_make_no_difference() -> None:
    framework = many_dimensions([ONE, ONE])
    both = dimension_score(framework, "side-a", {"side-a-q1": 2, "side-b-q1": 5})
    assert both == dimension_score(framework, "side-a", {"side-a-q1": 2})


@given(st.lists(levels, min_size=1, max_size=12), methods)
def test_equal_weights_agree_with_the_standard_library(given: list[Answer], method: dict[str, Any]) -> None:
    numbers = [Fraction(answer) for answer in given if isinstance(answer, int)]
    library: dict[str, Callable[[list[Fraction]], Fraction]] = {
        "mean": statistics.mean,
        "median": statistics.median,
        "minimum": min,
    }
    exact = library[method["aggregate"]](numbers)
    score = sure(score_of(given, **method))
    assert abs(Fraction(score.value) - exact) < Fraction(1, 10**26)
    up = Fraction(1, 2) if method["rounding"] == "half_up" else 0
    assert score.level == (exact + up) // 1
    assert Decimal(score.shown) == score.value.quantize(Decimal("0.1"), ROUND_HALF_UP)


@given(st.lists(st.tuples(levels, weights), min_size=1, max_size=8))
def test_the_weighted_mean_agrees_with_fractions(pairs: list[tuple[int, Decimal]]) -> None:
    whole = sum((Fraction(weight) for _, weight in pairs), Fraction())
    exact = sum((level * Fraction(weight) for level, weight in pairs), Fraction()) / whole
    score = sure(score_of([level for level, _ in pairs], [weight for _, weight in pairs]))
    assert abs(Fraction(score.value) - exact) < Fraction(1, 10**26)
    assert score.level == (exact + Fraction(1, 2)) // 1


@given(st.lists(st.tuples(levels, st.integers(1, 6)), min_size=1, max_size=8))
def test_the_weighted_median_is_the_median_of_repeated_levels(pairs: list[tuple[int, int]]) -> None:
    repeated = [Fraction(level) for level, times in pairs for _ in range(times)]
    score = sure(
        score_of([level for level, _ in pairs], [Decimal(times) for _, times in pairs], aggregate="median")
    )
    assert Fraction(score.value) == statistics.median(repeated)


@given(st.lists(st.tuples(levels, weights), min_size=1, max_size=8), methods)
def test_bounded_by_the_lowest_and_highest(pairs: list[tuple[int, Decimal]], method: dict[str, Any]) -> None:
    given = [level for level, _ in pairs]
    score = sure(score_of(list(given), [weight for _, weight in pairs], **method))
    assert min(given) <= score.value <= max(given)
    assert min(given) <= score.level <= max(given)


@given(st.lists(st.tuples(levels, weights), min_size=1, max_size=8), methods, st.data())
def test_raising_one_level_never_lowers_the_score(
    pairs: list[tuple[int, Decimal]], method: dict[str, Any], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(pairs) - 1))
    before: list[Answer] = [level for level, _ in pairs]
    after = list(before)
    after[place] = data.draw(st.integers(pairs[place][0], 5))
    each = [weight for _, weight in pairs]
    low, high = sure(score_of(before, each, **method)), sure(score_of(after, each, **method))
    assert low.value <= high.value
    assert low.level <= high.level


@given(st.lists(st.tuples(answers, weights), min_size=1, max_size=8), methods, st.randoms())
def test_order_does_not_matter(pairs: list[tuple[Answer, Decimal]], method: dict[str, Any], mix: Any) -> None:
    mixed = list(pairs)
    mix.shuffle(mixed)
    one, other = (
        score_of([answer for answer, _ in order], [weight for _, weight in order], **method)
        for order in (pairs, mixed)
    )
    assert one == other


@given(st.lists(st.tuples(answers, weights), min_size=1, max_size=8), weights, methods)
def test_not_applicable_never_changes_the_rest(
    pairs: list[tuple[Answer, Decimal]], extra: Decimal, method: dict[str, Any]
) -> None:
    given, each = [answer for answer, _ in pairs], [weight for _, weight in pairs]
    without = score_of(given, each, **method)
    with_na = score_of([*given, NA], [*each, extra], **method)
    assert (without is None) == (with_na is None)
    if without is not None and with_na is not None:
        assert (without.value, without.level, without.provisional) == (
            with_na.value,
            with_na.level,
            with_na.provisional,
        )


class TestOverall:
    def test_names_the_weakest_in_the_order_of_the_framework(self) -> None:
        overall = overall_score(
            many_dimensions([ONE] * 4), {"side-d": 1, "side-b": 1, "side-a": 4, "side-c": 2}
        )
        assert overall is not None
        assert overall.weakest == ("side-b", "side-d")
        assert (overall.score.shown, overall.score.level) == ("2.0", 2)

    def test_scope_leaves_out_the_rest(self) -> None:
        framework = many_dimensions([ONE] * 3)
        overall = overall_score(framework, {"side-a": 5, "side-b": 1, "side-c": 4}, ["side-c", "side-a"])
        assert overall is not None
        assert (overall.score.total, overall.score.level, overall.weakest) == (2, 5, ("side-c",))
        assert overall.groups["second"] is None

    def test_nothing_in_scope_is_no_result(self) -> None:
        framework = many_dimensions([ONE] * 2)
        assert overall_score(framework, {}) is None
        assert overall_score(framework, {"side-a": NA, "side-b": None}) is None
        assert overall_score(framework, {"side-a": 3}, ["side-b"]) is None
        assert overall_score(framework, {"side-a": 3}, []) is None

    def test_group_means_count_each_group_once(self) -> None:
        # first: 1, 1, 1 (a, c, e); second: 5 (b), with d unanswered.
        given: dict[str, Answer] = {"side-a": 1, "side-b": 5, "side-c": 1, "side-d": None, "side-e": 1}
        flat = overall_score(many_dimensions([ONE] * 5), given)
        by_group = overall_score(many_dimensions([ONE] * 5, group_means=True), given)
        assert flat is not None and by_group is not None
        assert flat.score.value == 2
        assert by_group.score.value == 3
        assert by_group.groups == flat.groups
        assert (by_group.score.answered, by_group.score.total, by_group.score.provisional) == (4, 5, True)

    def test_groups_have_their_own_scores(self) -> None:
        overall = overall_score(many_dimensions([ONE] * 3), {"side-a": 2, "side-b": NA, "side-c": 3})
        assert overall is not None
        assert sure(overall.groups["first"]).shown == "2.5"
        assert overall.groups["second"] is None
        assert overall.score.not_applicable == 1 and not overall.score.provisional

    @given(st.lists(st.tuples(answers, weights), min_size=1, max_size=10), methods, st.booleans())
    def test_bounded_and_weakest_is_lowest(
        self, pairs: list[tuple[Answer, Decimal]], method: dict[str, Any], by_group: bool
    ) -> None:
        framework = many_dimensions([weight for _, weight in pairs], group_means=by_group, **method)
        given = {each.id: answer for each, (answer, _) in zip(framework.dimensions, pairs, strict=True)}
        reached = {each: answer for each, answer in given.items() if isinstance(answer, int)}
        overall = overall_score(framework, given)
        if not reached:
            assert overall is None
            return
        assert overall is not None
        assert min(reached.values()) <= overall.score.value <= max(reached.values())
        assert {reached[each] for each in overall.weakest} == {min(reached.values())}
        assert len(overall.weakest) == list(reached.values()).count(min(reached.values()))


def test_results_can_be_keys() -> None:
    framework: Framework = many_dimensions([ONE])
    overall = overall_score(framework, {"side-a": 3})
    assert {overall: "kept"}[overall_score(framework, {"side-a": 3})] == "kept"


@given(
    st.dictionaries(st.sampled_from([f"side-{letter}" for letter in "abcdef"]), answers),
    methods,
    st.booleans(),
)
def test_the_exact_overall_score_is_the_one_that_is_cut(
    levels: dict[str, Answer], method: dict[str, Any], group_means: bool
) -> None:
    framework = many_dimensions(
        [ONE, Decimal(2), ONE, ONE, Decimal(3), ONE], group_means=group_means, **method
    )
    exact, overall = exact_overall(framework, levels), overall_score(framework, levels)
    assert (exact is None) == (overall is None)
    if exact is not None and overall is not None:
        assert 0 <= exact - Fraction(overall.score.value) < Fraction(1, 10**26)
