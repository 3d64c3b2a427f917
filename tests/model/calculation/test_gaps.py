from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.calculation.calculator import Answer, NotApplicable
from model.calculation.gaps import gap, gaps, progress_from_baseline, progress_to_target, projected
from model.errors import LevelOutOfRange, UnknownDimension
from tests.model.frameworks import ONE, many_dimensions

NA = NotApplicable.NOT_APPLICABLE
TEN = [f"side-{letter}" for letter in "abcdefghij"]

answers = st.one_of(st.integers(1, 5), st.none(), st.just(NA))
sheets = st.dictionaries(st.sampled_from(TEN), answers)
levels = st.integers(1, 5)


def test_a_gap_is_never_negative_and_never_guessed() -> None:
    assert gap(2, 4) == 2
    assert gap(4, 2) == 0
    assert gap(None, 4) is None
    assert gap(2, None) is None
    assert gap(NA, 4) is None


def test_gaps_have_only_what_is_known() -> None:
    assert gaps({"a": 1, "b": 5, "c": None}, {"a": 3, "b": 4, "c": 2, "d": 5}) == {"a": 2, "b": 0}


@pytest.mark.parametrize(
    ("baselines", "currents", "targets", "percent"),
    [
        ({}, dict.fromkeys(TEN, 1), dict.fromkeys(TEN, 2), "0.0"),
        ({}, {"a": 2}, {"a": 3}, "50.0"),
        ({"a": 2}, {"a": 3}, {"a": 5}, "33.3"),
        ({"a": 3}, {"a": 3}, {"a": 3}, "100.0"),
        ({}, {"a": 1}, {"a": 1}, "100.0"),
        # Two levels too many in one place do not fill the gap in the other.
        ({"a": 1, "b": 1}, {"a": 5, "b": 1}, {"a": 3, "b": 3}, "50.0"),
        # Fallen below the baseline: nothing done there, and the rest still counts.
        ({"a": 3, "b": 1}, {"a": 2, "b": 3}, {"a": 3, "b": 3}, "66.7"),
        ({"a": 3}, {"a": 2}, {"a": 3}, "0.0"),
        # What has no level or no target is left out.
        ({}, {"a": 2, "b": None, "c": NA, "d": 1}, {"a": 3, "b": 5, "c": 5, "e": 4}, "50.0"),
        # A target below where the council already is.
        ({"a": 4}, {"a": 4}, {"a": 2}, "100.0"),
    ],
)
def test_progress_to_target(
    baselines: dict[str, Answer], currents: dict[str, Answer], targets: dict[str, Answer], percent: str
) -> None:
    assert progress_to_target(baselines, currents, targets) == Decimal(percent)


def test_progress_needs_a_level_and_a_target() -> None:
    assert progress_to_target({}, {}, {}) is None
    assert progress_to_target({"a": 1}, {"a": 2}, {}) is None
    assert progress_to_target({}, {"a": NA}, {"a": 3}) is None


def test_a_gap_left_is_never_rounded_up_to_all_done() -> None:
    many = {str(n): 5 for n in range(1000)}
    assert progress_to_target({}, many | {"0": 4}, many) == Decimal("99.9")


@given(sheets, sheets, sheets)
def test_progress_is_whole_exactly_when_no_gap_is_left(
    baselines: dict[str, Answer], currents: dict[str, Answer], targets: dict[str, Answer]
) -> None:
    percent = progress_to_target(baselines, currents, targets)
    left = gaps(currents, targets)
    if percent is None:
        assert not left
        return
    assert 0 <= percent <= 100
    assert (percent == 100) == (sum(left.values()) == 0)


@given(sheets, st.dictionaries(st.sampled_from(TEN), levels, min_size=1), sheets, st.data())
def test_moving_up_never_loses_progress(
    baselines: dict[str, Answer], currents: dict[str, int], targets: dict[str, Answer], data: st.DataObject
) -> None:
    who = data.draw(st.sampled_from(sorted(currents)))
    higher = currents | {who: data.draw(st.integers(currents[who], 5))}
    before, after = (progress_to_target(baselines, each, targets) for each in (currents, higher))
    assert (before is None) == (after is None)
    assert before is None or after is None or before <= after


def test_progress_from_baseline_is_the_mean_move() -> None:
    assert progress_from_baseline({"a": 1, "b": 2}, {"a": 3, "b": 2}) == Decimal("1.0")
    assert progress_from_baseline({"a": 3, "b": 2, "c": 2}, {"a": 2, "b": 2, "c": 2}) == Decimal("-0.3")
    assert progress_from_baseline({"a": 3, "b": None, "c": NA}, {"a": 4, "b": 2, "c": 2, "d": 5}) == 1
    assert progress_from_baseline({"a": 3}, {}) is None
    assert str(progress_from_baseline({"a": 3}, {"a": 3})) == "0.0"


def test_projected_takes_the_better_of_level_and_target() -> None:
    framework = many_dimensions([ONE] * 4)
    ahead = projected(
        framework,
        {"side-a": 2, "side-b": 5, "side-c": NA},
        {"side-a": 4, "side-b": 3, "side-c": 5, "side-d": 3},
    )
    assert ahead is not None
    assert (str(ahead.score.value), ahead.score.not_applicable, ahead.weakest) == ("4", 1, ("side-d",))


@pytest.mark.parametrize("wrong", [0, 6, True, 2.5])
def test_levels_are_checked_everywhere(wrong: Any) -> None:
    with pytest.raises(LevelOutOfRange):
        gap(wrong, 3)
    with pytest.raises(LevelOutOfRange):
        progress_to_target({}, {"a": 3}, {"a": wrong})
    with pytest.raises(LevelOutOfRange):
        progress_from_baseline({"a": wrong}, {"a": 3})


def test_projected_refuses_unknown_ids() -> None:
    with pytest.raises(UnknownDimension):
        projected(many_dimensions([ONE]), {}, {"elsewhere": 3})
