"""The sentences that explain a ranking."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from model.calculation.calculator import NotApplicable
from model.library.library import Amount
from model.suggestions.ranking import rank
from model.suggestions.suggestion import FigureKind, Situation
from model.suggestions.words import (
    figure_sentence,
    questions,
    time_words,
    why_not_sentence,
    why_you,
)
from tests.model.content.texts import bundled, bundled_library
from tests.model.suggestions.test_ranking import FRAMEWORK, action, situations, town


def figures(situation: Situation, action_id: str) -> dict[FigureKind, str]:
    candidate = rank(situation).candidate(action_id)
    assert candidate is not None
    return {each.kind: figure_sentence(situation, candidate, each) for each in candidate.figures}


def test_why_you_in_one_sentence() -> None:
    situation = Situation(
        framework=bundled(),
        library=bundled_library(),
        levels={"data": 2},
        targets={"data": 4},
        answers={
            "data-ownership": 2,
            "data-quality": 1,
            "data-sharing": 1,
            "data-care": 3,
            "data-use": 3,
        },
    )
    best = next(each for each in rank(situation).candidates if each.behind == ("data-quality",))
    weeks = best.action.weeks
    assert why_you(bundled(), best) == (
        "Data is at 2 with a target of 4, held back by its question on quality at 1; "
        f"this takes about {weeks} weeks and little of people's time."
    )


@pytest.mark.parametrize(
    ("prompts", "answers", "said"),
    [
        ([], {}, "Roads is at 2 with a target of 3; this takes about 6 weeks and little of people's time."),
        (
            ["roads-q1", "roads-q2"],
            {"roads-q1": 2, "roads-q2": 2},
            "Roads is at 2 with a target of 3, and its questions 1 and 2 are at 2; "
            "this takes about 6 weeks and little of people's time.",
        ),
        (
            ["roads-q2"],
            {"roads-q1": 3, "roads-q2": 2},
            "Roads is at 2 with a target of 3, and its question 2 is at 2; "
            "this takes about 6 weeks and little of people's time.",
        ),
    ],
)
def test_why_you_when_less_is_known(prompts: list[str], answers: dict[str, Any], said: str) -> None:
    ranking = rank(town(action("work", 2, prompts=prompts), answers=answers))
    assert [why_you(town().framework, each) for each in ranking.candidates] == [said]


def test_questions_are_named_by_the_words_of_their_ids() -> None:
    assert questions(FRAMEWORK, ["data-quality"]) == "its question on quality"
    assert (
        questions(FRAMEWORK, ["security-and-risk-people", "security-and-risk-readiness"])
        == "its questions on people and readiness"
    )


@pytest.mark.parametrize(
    ("time", "weeks", "said"),
    [
        ("low", 6, "about 6 weeks and little of people's time"),
        ("medium", 30, "about 30 weeks and a fair part of people's time"),
        ("high", 1, "about 1 week and much of people's time"),
    ],
)
def test_how_long_it_takes(time: str, weeks: int, said: str) -> None:
    effort = {"time": time, "money": "low", "skills": "low"}
    milestones = [{"name": "Done", "week": weeks}]
    made = town(action("work", 2, effort=effort, weeks=weeks, milestones=milestones)).library.action("work")
    assert time_words(made) == said


def test_every_figure_in_a_sentence() -> None:
    situation = town(
        action("first", 2, prompts=["roads-q2"]),
        action("work", 2, prompts=["roads-q1"], prerequisites=["first"], effort=_heavy()),
        levels={"roads": 2, "parks": 3, "bins": 1},
        targets={"roads": 4},
        answers={"roads-q1": 1, "roads-q2": 2, "roads-q3": 3},
        capacity=Amount.LOW,
    )
    assert figures(situation, "work") == {
        FigureKind.GAP: "Gap: 20 of 40 points. It is 2 levels from 2 to the target of 4.",
        FigureKind.WEIGHT: "Weight: 15 of 15 points. One level more in Roads raises the overall score by "
        "0.33, as much as anywhere.",
        FigureKind.HELD_BACK: "Held back: 10 of 20 points. In Roads, its question 1 is at 1, 2 levels below "
        "its highest question.",
        FigureKind.STEP: "Step: 0 of 5 points. It begins at level 2, and its question 1 is still at 1.",
        FigureKind.EFFORT: "Effort: 6 of 12 points. Over time, money and skills it is 3 steps above the "
        "capacity you chose (low).",
        FigureKind.PREREQUISITES: "To do before: 0 of 8 points. “Do first” comes first, and is not yet done "
        "or planned.",
    }


def test_figures_when_there_is_nothing_against_it() -> None:
    situation = town(action("work", 2), capacity=Amount.HIGH)
    assert figures(situation, "work") == {
        FigureKind.GAP: "Gap: 10 of 40 points. It is 1 level from 2 to the target of 3.",
        FigureKind.WEIGHT: "Weight: 15 of 15 points. One level more in Roads raises the overall score by 1, "
        "as much as anywhere.",
        FigureKind.HELD_BACK: "Held back: 0 of 20 points. It serves the dimension as a whole.",
        FigureKind.STEP: "Step: 5 of 5 points. It begins at level 2, where Roads is.",
        FigureKind.EFFORT: "Effort: 12 of 12 points. It takes no more than the capacity you chose (high).",
        FigureKind.PREREQUISITES: "To do before: 8 of 8 points. Nothing has to be done before.",
    }


def test_a_lower_step_is_for_the_question_that_is_still_there() -> None:
    situation = town(action("work", 1, prompts=["roads-q1"]), answers={"roads-q1": 1, "roads-q2": 3})
    said = figures(situation, "work")[FigureKind.STEP]
    assert said == "Step: 5 of 5 points. It begins at level 1, where a question that it answers still is."


def test_what_has_no_level_or_capacity_is_said() -> None:
    situation = town(action("work", 2, prompts=["roads-q1"]), answers={"roads-q2": 3})
    said = figures(situation, "work")
    assert said[FigureKind.HELD_BACK].endswith("No question that it moves has an agreed level.")
    assert said[FigureKind.EFFORT].endswith("You have not said how much the team can spare.")


@pytest.mark.parametrize(
    ("proposed", "said"),
    [
        ((), "“Do one” and “Do two” come first, and are in your plan."),
        (("one", "two"), "“Do one” and “Do two” come first, and are proposed for your plan."),
        (("two",), "“Do one” and “Do two” come first, and are in your plan or proposed for it."),
    ],
)
def test_what_comes_before_is_planned_or_only_proposed(proposed: tuple[str, ...], said: str) -> None:
    situation = town(
        action("one", 2),
        action("two", 2),
        action("work", 2, prerequisites=["one", "two"]),
        planned=frozenset({"one", "two"}),
        proposed=frozenset(proposed),
    )
    assert figures(situation, "work")[FigureKind.PREREQUISITES] == f"To do before: 4 of 8 points. {said}"


def test_why_not_in_sentences() -> None:
    situation = town(
        action("passed", 1),
        action("later", 3),
        action("gone", 2, prompts=["roads-q1"]),
        action("elsewhere", 2, dimension="parks"),
        action("reached", 2, dimension="bins"),
        action("planned", 2),
        action("proposed", 2),
        action("done", 2),
        action("dismissed", 2),
        action("dropped", 2),
        levels={"roads": 2, "parks": 2, "bins": 3},
        targets={"roads": 3, "bins": 3},
        answers={"roads-q1": NotApplicable.NOT_APPLICABLE},
        planned=frozenset({"planned", "proposed"}),
        proposed=frozenset({"proposed"}),
        done=frozenset({"done"}),
        dismissed=frozenset({"dismissed"}),
        dropped=frozenset({"dropped"}),
    )
    said = {each.action.id: why_not_sentence(situation, each) for each in rank(situation).left_out}
    assert said == {
        "passed": "It leads to level 2, and what it is about is there already.",
        "later": "It begins at level 3, and Roads is at 2.",
        "gone": "What it is about does not apply here.",
        "elsewhere": "Parks has no target.",
        "reached": "Bins has reached its target of 3.",
        "planned": "It is in your plan.",
        "proposed": "It is proposed for your plan.",
        "done": "It is done.",
        "dismissed": "You said that it is not for you.",
        "dropped": "It was dropped from your plan.",
    }
    nowhere = town(action("work", 2), levels={})
    assert [why_not_sentence(nowhere, each) for each in rank(nowhere).left_out] == ["Roads has no level."]


@given(situations)
def test_every_place_in_a_ranking_can_be_explained(situation: Situation) -> None:
    ranking = rank(situation)
    for candidate in ranking.candidates:
        assert why_you(situation.framework, candidate).endswith("time.")
        for figure in candidate.figures:
            assert f" {figure.points} of {figure.most} points. " in figure_sentence(
                situation, candidate, figure
            )
    for each in ranking.left_out:
        assert why_not_sentence(situation, each).endswith(".")


def _heavy() -> dict[str, str]:
    return {"time": "high", "money": "medium", "skills": "low"}
