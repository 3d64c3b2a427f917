"""What-if: the result of other levels, the smallest single changes, and how questions are read."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.calculation.calculator import Answer, NotApplicable, overall_score
from model.calculation.what_if import Change, smallest_lifts, way_up, what_if
from model.calculation.what_if_question import Asked, NotUnderstood, Unclear, read_question
from model.errors import LevelOutOfRange, UnknownDimension
from tests.model.content.texts import bundled
from tests.model.frameworks import ONE, many_dimensions

NA = NotApplicable.NOT_APPLICABLE
FOUR = [f"side-{letter}" for letter in "abcd"]
answers = st.one_of(st.integers(1, 5), st.none(), st.just(NA))
sheets = st.fixed_dictionaries(dict.fromkeys(FOUR, answers))
methods = st.fixed_dictionaries(
    {
        "aggregate": st.sampled_from(("mean", "median", "minimum")),
        "rounding": st.sampled_from(("half_up", "down")),
        "group_means": st.booleans(),
    }
)


def four(*levels: Answer) -> dict[str, Answer]:
    return dict(zip(FOUR, levels, strict=True))


def test_one_dimension_more_lifts_the_whole() -> None:
    result = what_if(many_dimensions([ONE] * 4), four(2, 2, 2, 3), {"side-a": 3})
    assert result.now is not None and result.then is not None
    assert (result.now.score.shown, result.then.score.shown) == ("2.3", "2.5")
    assert (result.now.score.level, result.then.score.level) == (2, 3)
    assert result.changes == (Change("side-a", 2, 3),)
    assert result.levels == four(3, 2, 2, 3)


def test_what_is_so_already_and_what_had_no_level() -> None:
    result = what_if(
        many_dimensions([ONE] * 4), four(2, None, NA, 3), {"side-d": 3, "side-c": 1, "side-b": 4}
    )
    assert result.same == ("side-d",)
    assert result.changes == (Change("side-b", None, 4), Change("side-c", NA, 1))
    assert result.then is not None and result.then.score.answered == 4


def test_only_what_is_in_scope_counts() -> None:
    framework = many_dimensions([ONE] * 4)
    result = what_if(framework, four(2, 2, 2, 2), {"side-d": 5}, ["side-a", "side-b"])
    assert result.changes == () and result.now == result.then


def test_nothing_known_stays_nothing() -> None:
    result = what_if(many_dimensions([ONE] * 4), {}, {})
    assert (result.now, result.then, result.changes) == (None, None, ())


def test_wrong_levels_and_dimensions_are_refused() -> None:
    with pytest.raises(LevelOutOfRange):
        what_if(many_dimensions([ONE]), {}, {"side-a": 6})
    with pytest.raises(UnknownDimension):
        what_if(many_dimensions([ONE]), {}, {"elsewhere": 3})


@pytest.mark.parametrize(
    ("levels", "method", "lifts"),
    [
        # 2.25: any one of them at 3 makes 2.5.
        ((2, 2, 2, 3), {}, {"side-a": 3, "side-b": 3, "side-c": 3, "side-d": 4}),
        # 2.0: two levels are needed, wherever they come from.
        ((2, 2, 2, 2), {}, dict.fromkeys(FOUR, 4)),
        # 1.5 is level 2 already; 2.5 needs four levels, and one dimension has them.
        ((1, 1, 1, 3), {}, {"side-a": 5, "side-b": 5, "side-c": 5}),
        ((1, 1, 1, 1), {"aggregate": "minimum"}, {}),
        ((1, 2, 2, 2), {"aggregate": "minimum"}, {"side-a": 2}),
        ((1, 2, 3, 3), {"aggregate": "median", "rounding": "down"}, {"side-b": 3}),
        ((5, 5, 5, 5), {}, {}),
        ((None, None, NA, None), {}, {}),
        ((None, 2, NA, 3), {"rounding": "down"}, {"side-b": 3, "side-d": 4}),
    ],
)
def test_the_smallest_single_changes(
    levels: tuple[Answer, ...], method: dict[str, Any], lifts: dict[str, int]
) -> None:
    found = smallest_lifts(many_dimensions([ONE] * 4, **method), four(*levels))
    assert {each.dimension_id: each.then for each in found} == lifts


def test_the_heavier_dimension_needs_less() -> None:
    found = smallest_lifts(many_dimensions([ONE, ONE, ONE, Decimal(3)]), four(2, 2, 2, 2))
    assert found == (Change("side-d", 2, 3),)


def test_a_way_up_begins_with_the_weakest() -> None:
    framework = many_dimensions([ONE] * 4)
    assert way_up(framework, four(1, 1, 1, 2)) == (Change("side-a", 1, 2),)
    assert way_up(framework, four(2, 1, 2, 2), ["side-b", "side-a"]) == (
        Change("side-a", 2, 3),
        Change("side-b", 1, 2),
    )
    lowest = many_dimensions([ONE] * 4, aggregate="minimum")
    assert way_up(lowest, four(1, 1, 2, 3)) == (Change("side-a", 1, 2), Change("side-b", 1, 2))
    assert way_up(framework, four(5, 5, 5, 5)) == way_up(framework, {}) == ()


@given(sheets, methods)
def test_smallest_lifts_lift_and_one_level_less_does_not(
    levels: dict[str, Answer], method: dict[str, Any]
) -> None:
    framework = many_dimensions([ONE, Decimal(2), ONE, ONE], **method)
    now = overall_score(framework, levels)
    found = smallest_lifts(framework, levels)
    assert now is not None or not found
    sizes = set()
    for each in found:
        assert now is not None and isinstance(each.now, int)
        sizes.add(each.then - each.now)
        for then, lifted in ((each.then, True), (each.then - 1, False)):
            after = overall_score(framework, {**levels, each.dimension_id: then})
            assert after is not None and (after.score.level > now.score.level) is lifted
    assert len(sizes) <= 1
    assert [each.dimension_id for each in found] == sorted(each.dimension_id for each in found)


@given(sheets, methods)
@settings(deadline=None)  # It tries everything there is.
def test_there_is_a_way_up_unless_one_is_at_the_top(
    levels: dict[str, Answer], method: dict[str, Any]
) -> None:
    framework = many_dimensions([ONE, Decimal(2), ONE, ONE], **method)
    now = overall_score(framework, levels)
    way = way_up(framework, levels)
    if now is None or now.score.level == 5:
        assert way == ()
        return
    reached = overall_score(framework, {**levels, **{each.dimension_id: each.then for each in way}})
    assert reached is not None and reached.score.level > now.score.level
    if method["aggregate"] == "mean":
        assert sum(_more(each) for each in way) == _fewest(framework, levels, now.score.level)


def _more(change: Change) -> int:
    assert isinstance(change.now, int)
    return change.then - change.now


def _fewest(framework: Any, levels: dict[str, Answer], level: int) -> int:
    """The fewest levels more that lift the overall level, by trying all there are."""
    known = {each: low for each, low in levels.items() if isinstance(low, int)}
    sizes = []
    for thens in product(*(range(low, 6) for low in known.values())):
        after = overall_score(framework, {**levels, **dict(zip(known, thens, strict=True))})
        if after is not None and after.score.level > level:
            sizes.append(sum(thens) - sum(known.values()))
    return min(sizes)


@pytest.mark.parametrize(
    ("words", "wished"),
    [
        ("data 4", {"data": 4}),
        ("data 4 culture 3", {"data": 4, "culture": 3}),
        ("Data=4, Culture: 3", {"data": 4, "culture": 3}),
        ("if data were at 4 and culture at 3?", {"data": 4, "culture": 3}),
        ("data -> 4.", {"data": 4}),
        ("data level 4", {"data": 4}),
        ("data mainstreamed", {"data": 4}),
        ("tecnology 4", {"technology": 4}),
        ("tech 4 security 2 online 5", {"technology": 4, "security-and-risk": 2, "online-experience": 5}),
        ("security and risk 4", {"security-and-risk": 4}),
        ("user-centred design 4", {"user-centred-design": 4}),
        ("user centred design 4", {"user-centred-design": 4}),
        ("decision making 3", {"decision-making": 3}),
        ("data 3 data 4", {"data": 4}),
        ("", {}),
        (" , and ?", {}),
    ],
)
def test_questions_that_are_understood(words: str, wished: dict[str, int]) -> None:
    framework = bundled()
    scope = [each.id for each in framework.dimensions]
    assert read_question(framework, scope, words) == Asked(wished, ())


@pytest.mark.parametrize(
    ("words", "wished", "unclear"),
    [
        ("parks 4", {}, Unclear(NotUnderstood.NO_SUCH_DIMENSION, "parks", None, "4")),
        ("datums 4", {}, Unclear(NotUnderstood.NO_SUCH_DIMENSION, "datums", "data", "4")),
        ("data", {}, Unclear(NotUnderstood.NO_LEVEL, "data", "data")),
        ("culture 3 data", {"culture": 3}, Unclear(NotUnderstood.NO_LEVEL, "data", "data")),
        ("4", {}, Unclear(NotUnderstood.NO_NAME, "4", level="4")),
        ("data 6", {}, Unclear(NotUnderstood.NOT_A_LEVEL, "data 6", "data", "6")),
        ("data 2.5", {}, Unclear(NotUnderstood.NOT_A_LEVEL, "data 2.5", "data", "2.5")),
        ("data 0 culture 3", {"culture": 3}, Unclear(NotUnderstood.NOT_A_LEVEL, "data 0", "data", "0")),
        ("strategy 3", {}, Unclear(NotUnderstood.NOT_IN_SCOPE, "strategy", "strategy", "3")),
    ],
)
def test_questions_that_are_not(words: str, wished: dict[str, int], unclear: Unclear) -> None:
    assert read_question(bundled(), ["data", "culture"], words) == Asked(wished, (unclear,))


@given(st.text(max_size=500))
def test_any_words_are_read(words: str) -> None:
    asked = read_question(bundled(), ["data"], words)
    assert all(1 <= level <= 5 for level in asked.wished.values())
