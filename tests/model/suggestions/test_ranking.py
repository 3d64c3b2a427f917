"""The ranking: hand-made cases with their figures, and what holds for any team and any library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.calculation.calculator import Answer, NotApplicable
from model.errors import LevelOutOfRange, UnknownDimension
from model.framework.framework import Framework
from model.library.library import Amount, Library
from model.suggestions.ranking import OFFERED_AT_ONCE, offer, rank
from model.suggestions.suggestion import Candidate, FigureKind, Ranking, Situation, WhyNot
from tests.model.content.texts import bundled, bundled_library
from tests.model.frameworks import ONE, dimension_data, framework_with
from tests.model.libraries import action_data, library_of

NA = NotApplicable.NOT_APPLICABLE
LIGHT = {"time": "low", "money": "low", "skills": "low"}
TOWN = framework_with(
    [
        dimension_data("roads", [ONE] * 3),
        dimension_data("parks", [ONE] * 2),
        dimension_data("bins", [ONE]),
    ]
)


def action(action_id: str, begin: int = 1, **changes: Any) -> dict[str, Any]:
    return action_data(action_id, from_level=begin, **{"effort": LIGHT, **changes})


def town(*actions: dict[str, Any], **known: Any) -> Situation:
    """A town with roads at 2 and a target of 3, unless something else is said."""
    return Situation(
        framework=known.pop("framework", TOWN),
        library=library_of(actions),
        levels=known.pop("levels", {"roads": 2}),
        targets=known.pop("targets", {"roads": 3}),
        **known,
    )


def order(ranking: Ranking) -> list[str]:
    return [each.action.id for each in ranking.candidates]


def reasons(ranking: Ranking) -> dict[str, WhyNot]:
    return {each.action.id: each.why for each in ranking.left_out}


def points(candidate: Candidate | None) -> dict[str, int]:
    assert candidate is not None
    return {figure.kind.value: figure.points for figure in candidate.figures}


def test_the_figures_of_one_action_by_hand() -> None:
    situation = town(
        action("fill-holes", 1, prompts=["roads-q1"], prerequisites=["map-roads"]),
        action("map-roads", 1, prompts=["roads-q2"]),
        levels={"roads": 2, "parks": 3, "bins": 1},
        targets={"roads": 4},
        answers={"roads-q1": 1, "roads-q2": 2, "roads-q3": 3},
        capacity=Amount.MEDIUM,
    )
    candidate = rank(situation).candidate("fill-holes")
    assert points(candidate) == {
        "gap": 20,  # two levels
        "weight": 15,  # three dimensions that weigh the same
        "held_back": 10,  # two levels behind the best
        "step": 5,  # begins at 1, where its question is
        "effort": 12,  # no more than medium
        "prerequisites": 8,  # its question is at 2, where map-roads leads
    }
    assert candidate is not None
    assert (candidate.score, candidate.behind, candidate.behind_at) == (70, ("roads-q1",), 1)
    assert candidate.raises_by == Fraction(1, 3)


def test_the_step_the_dimension_is_on_leads_on() -> None:
    ranking = rank(town(action("earlier", 1), action("next", 2), action("later", 3)))
    assert order(ranking) == ["next"]
    assert reasons(ranking) == {"earlier": WhyNot.PASSED, "later": WhyNot.LATER}


def test_a_lower_step_is_progress_only_for_a_question_that_is_still_there() -> None:
    ranking = rank(
        town(
            action("for-the-low-one", 1, prompts=["roads-q1"]),
            action("for-the-high-one", 1, prompts=["roads-q3"]),
            action("for-both", 1, prompts=["roads-q1", "roads-q3"]),
            action("for-an-open-one", 1, prompts=["roads-q2"]),
            answers={"roads-q1": 1, "roads-q3": 3},
        )
    )
    assert order(ranking) == ["for-both", "for-the-low-one"]
    assert reasons(ranking) == {"for-an-open-one": WhyNot.PASSED, "for-the-high-one": WhyNot.PASSED}


def test_an_action_for_a_question_that_is_there_already_is_no_progress() -> None:
    situation = town(
        action("late", 2, prompts=["roads-q3"]),
        action("useful", 2, prompts=["roads-q2"]),
        answers={"roads-q1": 1, "roads-q2": 2, "roads-q3": 3},
    )
    assert order(rank(situation)) == ["useful"]
    assert reasons(rank(situation)) == {"late": WhyNot.PASSED}


def test_a_level_confirmed_below_the_answers_still_finds_actions() -> None:
    situation = town(action("again", 2, prompts=["roads-q3"]), answers={f"roads-q{n}": 3 for n in (1, 2, 3)})
    candidate = rank(situation).candidate("again")
    assert candidate is not None
    assert (candidate.behind, candidate.behind_by, points(candidate)["step"]) == ((), 0, 5)


def test_the_step_of_the_question_goes_before_the_step_of_the_dimension() -> None:
    situation = town(
        action("one-to-two", 1, prompts=["roads-q1"]),
        action("two-to-three", 2, prompts=["roads-q1"]),
        answers={"roads-q1": 1, "roads-q2": 2, "roads-q3": 3},
    )
    ranking = rank(situation)
    assert order(ranking) == ["one-to-two", "two-to-three"]
    assert [points(each)["step"] for each in ranking.candidates] == [5, 0]


def test_what_does_not_apply_is_left_out() -> None:
    situation = town(action("gone", 2, prompts=["roads-q1"]), answers={"roads-q1": NA, "roads-q2": 2})
    assert reasons(rank(situation)) == {"gone": WhyNot.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("levels", "targets", "why"),
    [
        ({"roads": 2}, {}, WhyNot.NO_TARGET),
        ({"roads": 2}, {"parks": 4}, WhyNot.NO_TARGET),
        ({"roads": 3}, {"roads": 3}, WhyNot.TARGET_REACHED),
        ({"roads": 5}, {"roads": 3}, WhyNot.TARGET_REACHED),
        ({"roads": None}, {"roads": 3}, WhyNot.NO_LEVEL),
        ({"roads": NA}, {"roads": 3}, WhyNot.NO_LEVEL),
        ({"parks": 2}, {"roads": 3}, WhyNot.NO_LEVEL),
        ({}, {}, WhyNot.NO_LEVEL),
    ],
)
def test_a_dimension_without_a_gap_suggests_nothing(
    levels: dict[str, Answer], targets: dict[str, int], why: WhyNot
) -> None:
    assert reasons(rank(town(action("any"), levels=levels, targets=targets))) == {"any": why}


def test_what_is_settled_is_left_out_and_says_so() -> None:
    situation = town(
        *(action(each, 2) for each in ("planned", "proposed", "done", "dismissed", "dropped", "open")),
        planned=frozenset({"planned", "proposed"}),
        proposed=frozenset({"proposed"}),
        done=frozenset({"done", "planned"}),
        dismissed=frozenset({"dismissed"}),
        dropped=frozenset({"dropped", "dismissed"}),
    )
    assert order(rank(situation)) == ["open"]
    assert (rank(situation).place("open"), rank(situation).place("done")) == (1, None)
    assert reasons(rank(situation)) == {
        "dismissed": WhyNot.DISMISSED,
        "done": WhyNot.DONE,
        "dropped": WhyNot.DROPPED,
        "planned": WhyNot.PLANNED,
        "proposed": WhyNot.PROPOSED,
    }


@pytest.mark.parametrize(
    ("method", "levels", "expected"),
    [
        ({}, {"roads": 2, "parks": 2, "bins": 2}, {"roads": 15, "parks": 15, "bins": 15}),
        # One level in parks counts twice as much as one elsewhere.
        ({"weight": Decimal(2)}, {"roads": 2, "parks": 2, "bins": 2}, {"roads": 8, "parks": 15, "bins": 8}),
        # The lowest decides: only it can lift the whole.
        ({"aggregate": "minimum"}, {"roads": 1, "parks": 2, "bins": 2}, {"roads": 15, "parks": 0, "bins": 0}),
        # Two that are lowest: neither lifts it alone.
        ({"aggregate": "minimum"}, {"roads": 1, "parks": 1, "bins": 2}, {"roads": 0, "parks": 0, "bins": 0}),
        ({"aggregate": "median"}, {"roads": 1, "parks": 2, "bins": 3}, {"roads": 0, "parks": 15, "bins": 0}),
        # Roads are a group by themselves, and so count as much as the two others together.
        ({"group_means": True}, {"roads": 2, "parks": 2, "bins": 2}, {"roads": 15, "parks": 8, "bins": 8}),
    ],
)
def test_the_weight_is_what_one_level_more_adds_by_the_method(
    method: dict[str, Any], levels: dict[str, Answer], expected: dict[str, int]
) -> None:
    weight = method.pop("weight", ONE)
    framework = framework_with(
        [
            dimension_data("roads", [ONE], "first"),
            dimension_data("parks", [ONE], "second", weight),
            dimension_data("bins", [ONE], "second"),
        ],
        **method,
    )
    situation = town(
        *(action(f"for-{each}", int(str(level)), dimension=each) for each, level in levels.items()),
        framework=framework,
        levels=levels,
        targets=dict.fromkeys(levels, 5),
    )
    found = {each.dimension_id: points(each)["weight"] for each in rank(situation).candidates}
    assert found == expected


@pytest.mark.parametrize(
    ("capacity", "effort", "expected"),
    [
        (None, ("high", "high", "high"), 0),
        (None, ("low", "low", "low"), 0),
        (Amount.LOW, ("low", "low", "low"), 12),
        (Amount.LOW, ("medium", "low", "low"), 10),
        (Amount.LOW, ("high", "high", "high"), 0),
        (Amount.MEDIUM, ("high", "medium", "low"), 10),
        (Amount.HIGH, ("high", "high", "high"), 12),
    ],
)
def test_effort_counts_against_what_the_team_has(
    capacity: Amount | None, effort: tuple[str, str, str], expected: int
) -> None:
    taken = dict(zip(("time", "money", "skills"), effort, strict=True))
    candidate = rank(town(action("work", 2, effort=taken), capacity=capacity)).candidate("work")
    assert points(candidate)["effort"] == expected


@pytest.mark.parametrize(
    ("known", "expected", "missing", "under_way"),
    [
        ({}, 0, ("first",), ()),
        ({"planned": frozenset({"first"})}, 4, (), ("first",)),
        ({"done": frozenset({"first"})}, 8, (), ()),
        ({"dismissed": frozenset({"first"})}, 0, ("first",), ()),
        # Parks are where it leads, whatever brought them there.
        ({"levels": {"roads": 2, "parks": 2}}, 8, (), ()),
        ({"levels": {"roads": 2, "parks": 3}, "answers": {"parks-q1": 1}}, 0, ("first",), ()),
        ({"levels": {"roads": 2, "parks": 1}, "answers": {"parks-q1": 2}}, 8, (), ()),
        ({"levels": {"roads": 2, "parks": NA}, "answers": {"parks-q1": NA}}, 0, ("first",), ()),
    ],
)
def test_what_has_to_be_done_before(
    known: dict[str, Any], expected: int, missing: tuple[str, ...], under_way: tuple[str, ...]
) -> None:
    situation = town(
        action("first", 1, dimension="parks", prompts=["parks-q1"]),
        action("second", 2, prerequisites=["first"]),
        **known,
    )
    candidate = rank(situation).candidate("second")
    assert candidate is not None
    assert points(candidate)["prerequisites"] == expected
    assert (candidate.missing, candidate.under_way) == (missing, under_way)


def test_equal_points_the_shorter_first_then_the_order_of_the_library() -> None:
    short = {"weeks": 2, "milestones": [{"name": "Done", "week": 2}]}
    situation = town(
        action("b-road", 2),
        action("a-road", 2),
        action("z-road", 2, **short),
        action("parks-a", 2, dimension="parks"),
        levels={"roads": 2, "parks": 2},
        targets={"roads": 3, "parks": 3},
    )
    assert order(rank(situation)) == ["z-road", "a-road", "b-road", "parks-a"]


def test_wrong_levels_and_dimensions_are_refused() -> None:
    with pytest.raises(LevelOutOfRange):
        rank(town(action("any"), levels={"roads": 6}))
    with pytest.raises(LevelOutOfRange):
        rank(town(action("any"), targets={"roads": 0}))
    with pytest.raises(UnknownDimension):
        rank(town(action("any"), levels={"elsewhere": 2}))


def test_three_are_offered_and_not_all_of_one_dimension() -> None:
    situation = town(
        *(action(f"roads-{n}", 1) for n in range(4)),
        *(action(f"parks-{n}", 2, dimension="parks") for n in range(2)),
        action("bins-0", 2, dimension="bins"),
        levels={"roads": 1, "parks": 2, "bins": 2},
        targets={"roads": 4, "parks": 4, "bins": 3},
    )
    ranking = rank(situation)
    assert order(ranking)[:4] == [f"roads-{n}" for n in range(4)]
    pages = list(in_pages(ranking))
    assert pages == [["roads-0", "parks-0", "bins-0"], ["roads-1", "parks-1", "roads-2"], ["roads-3"]]


def test_one_dimension_alone_fills_the_three() -> None:
    ranking = rank(town(*(action(f"roads-{n}", 2) for n in range(4))))
    assert list(in_pages(ranking)) == [["roads-0", "roads-1", "roads-2"], ["roads-3"]]


def test_what_comes_before_is_offered_before() -> None:
    """Even where it has fewer points: here because its question is not behind."""
    situation = town(
        action("prepare", 2, prompts=["roads-q3"]),
        action("act", 2, prompts=["roads-q1"], prerequisites=["prepare"]),
        answers={"roads-q1": 1, "roads-q2": 2, "roads-q3": 2},
        targets={"roads": 5},
    )
    ranking = rank(replace(situation, levels={"roads": 2}))
    assert [each.action.id for each in offer(ranking)] == ["prepare", "act"]
    assert [each.action.id for each in offer(ranking, ["prepare"])] == ["act"]
    ranking = rank(replace(situation, dismissed=frozenset({"prepare"})))
    assert [each.action.id for each in offer(ranking)] == ["act"]


def in_pages(ranking: Ranking) -> Iterator[list[str]]:
    offered: list[str] = []
    while page := [each.action.id for each in offer(ranking, offered)]:
        offered += page
        yield page


# What holds for any team.

FRAMEWORK: Framework = bundled()
LIBRARY: Library = bundled_library()
DIMENSIONS = [each.id for each in FRAMEWORK.dimensions]
PROMPTS = [each.id for each in FRAMEWORK.prompts]
IDS = [each.id for each in LIBRARY.actions]
answers = st.one_of(st.integers(1, 5), st.none(), st.just(NA))
some_ids = st.frozensets(st.sampled_from(IDS), max_size=30)
situations = st.builds(
    Situation,
    framework=st.just(FRAMEWORK),
    library=st.just(LIBRARY),
    levels=st.dictionaries(st.sampled_from(DIMENSIONS), answers),
    targets=st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(1, 5)),
    answers=st.dictionaries(st.sampled_from(PROMPTS), answers, max_size=30),
    capacity=st.none() | st.sampled_from(Amount),
    planned=some_ids,
    proposed=some_ids,
    done=some_ids,
    dismissed=some_ids,
    dropped=some_ids,
)


@given(situations)
def test_every_action_stands_once_and_the_points_add_up(situation: Situation) -> None:
    ranking = rank(situation)
    ids = [*order(ranking), *reasons(ranking)]
    assert sorted(ids) == sorted(IDS)
    for each in ranking.candidates:
        assert [figure.kind for figure in each.figures] == list(FigureKind)
        assert all(0 <= figure.points <= figure.most for figure in each.figures)
        assert sum(figure.most for figure in each.figures) == 100
        assert each.score == sum(points(each).values())
    scores = [each.score for each in ranking.candidates]
    assert scores == sorted(scores, reverse=True)


@given(situations)
def test_only_what_leads_on_and_is_not_settled_is_a_candidate(situation: Situation) -> None:
    for each in rank(situation).candidates:
        level, target = situation.levels[each.dimension_id], situation.targets[each.dimension_id]
        assert isinstance(level, int)
        assert each.action.from_level <= level < target and each.action.to_level <= target
        low = [situation.answers.get(prompt) for prompt in each.action.prompts]
        catches_up = any(isinstance(each_low, int) and each_low < each.action.to_level for each_low in low)
        assert each.action.from_level == level or catches_up
        settled = situation.planned | situation.done | situation.dismissed | situation.dropped
        assert each.action.id not in settled


@given(situations, st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_makes_no_difference(situation: Situation, random: Any) -> None:
    shuffled = list(LIBRARY.actions)
    random.shuffle(shuffled)
    other = replace(
        situation,
        library=_same_library(shuffled),
        levels=_turned(situation.levels),
        targets=_turned(situation.targets),
        answers=_turned(situation.answers),
    )
    assert rank(other) == rank(situation)


def _same_library(actions: list[Any]) -> Library:
    """The bundled actions in another order, without checking all of them anew."""
    return Library.model_construct(actions=tuple(actions))


def _turned(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return dict(reversed(list(mapping.items())))


@given(situations, st.data())
def test_a_higher_target_never_puts_a_dimension_back(situation: Situation, data: st.DataObject) -> None:
    dimension = data.draw(st.sampled_from(DIMENSIONS))
    now = situation.targets.get(dimension, 1)
    higher = replace(
        situation, targets={**situation.targets, dimension: data.draw(st.integers(now, 5), label="target")}
    )
    before, after = rank(situation), rank(higher)
    for place, each in enumerate(before.candidates):
        if each.dimension_id != dimension:
            continue
        moved = after.candidate(each.action.id)
        assert moved is not None and moved.score >= each.score
        assert order(after).index(each.action.id) <= place


@given(situations)
def test_more_capacity_never_takes_points_away(situation: Situation) -> None:
    rankings = [rank(replace(situation, capacity=each)) for each in Amount]
    for action_id in order(rankings[0]):
        found = [ranking.candidate(action_id) for ranking in rankings]
        scores = [each.score for each in found if each is not None]
        assert len(scores) == 3 and scores == sorted(scores)


@given(situations)
def test_all_is_offered_once_and_dimensions_take_turns(situation: Situation) -> None:
    ranking = rank(situation)
    offered: list[str] = []
    for page in in_pages(ranking):
        waiting = [each for each in ranking.candidates if each.action.id not in offered]
        ready = {
            each.dimension_id for each in waiting if not {w.action.id for w in waiting} & set(each.missing)
        }
        dimensions = {LIBRARY.action(each).dimension for each in page}
        assert len(dimensions) >= min(len(ready), len(page))
        assert len(page) == min(OFFERED_AT_ONCE, len(waiting))
        for number, each in enumerate(page):
            candidate = ranking.candidate(each)
            assert candidate is not None
            assert not set(candidate.missing) & ({w.action.id for w in waiting} - set(page[:number]))
        offered += page
    assert sorted(offered) == sorted(order(ranking))
