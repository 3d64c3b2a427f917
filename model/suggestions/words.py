"""Why an action is suggested, what its points are for, and why another is not: sentences, not escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from model.calculation.aggregation import decimal_of
from model.calculation.explanation import listed
from model.framework.framework import Framework
from model.library.library import Action, Amount
from model.suggestions.suggestion import Candidate, Figure, FigureKind, LeftOut, Situation, WhyNot

FIGURE_NAMES = {
    FigureKind.GAP: "Gap",
    FigureKind.WEIGHT: "Weight",
    FigureKind.HELD_BACK: "Held back",
    FigureKind.STEP: "Step",
    FigureKind.EFFORT: "Effort",
    FigureKind.PREREQUISITES: "To do before",
}
_TIME = {
    Amount.LOW: "little of people's time",
    Amount.MEDIUM: "a fair part of people's time",
    Amount.HIGH: "much of people's time",
}
_SMALLEST = Decimal("0.01")
_SHORTEST_TOPIC = 3


def why_you(framework: Framework, candidate: Candidate) -> str:
    """Say why an action is for this team.

    For example: Data is at 2 with a target of 4, held back by its question on quality at 1; this takes about
    8 weeks and little of people's time. Only what is below the dimension holds it back.
    """
    action = candidate.action
    said = f"{_name(framework, action)} is at {candidate.level} with a target of {candidate.target}"
    if candidate.behind_by and candidate.behind_at is not None and candidate.behind_at < candidate.level:
        said += f", held back by {questions(framework, candidate.behind)} at {candidate.behind_at}"
    elif candidate.behind:
        said += (
            f", and {questions(framework, candidate.behind)} {_is(candidate.behind)} at {candidate.behind_at}"
        )
    return f"{said}; this takes {time_words(action)}."


def time_words(action: Action) -> str:
    """How long an action takes and how much of people's time, as the library says it."""
    weeks = "1 week" if action.weeks == 1 else f"{action.weeks} weeks"
    return f"about {weeks} and {_TIME[action.effort.time]}"


def questions(framework: Framework, prompt_ids: Sequence[str]) -> str:
    """Name prompts of one dimension in a few words, such as "its questions on quality and sharing".

    The words are those of the id after the one of the dimension. Where an id holds no words, prompts are
    named by their numbers.
    """
    dimension = framework.dimension_of(prompt_ids[0])
    noun = "its question" if len(prompt_ids) == 1 else "its questions"
    topics = [each.removeprefix(f"{dimension.id}-").replace("-", " ") for each in prompt_ids]
    if all(_reads(topic) for topic in topics):
        return f"{noun} on {listed(topics)}"
    order = [prompt.id for prompt in dimension.prompts]
    return f"{noun} {listed([str(order.index(each) + 1) for each in prompt_ids])}"


def figure_sentence(situation: Situation, candidate: Candidate, figure: Figure) -> str:
    """Say what points are for, such as "Gap: 20 of 40 points. It is 2 levels from 2 to the target of 4."."""
    because = _FIGURES[figure.kind](situation, candidate, figure)
    return f"{FIGURE_NAMES[figure.kind]}: {figure.points} of {figure.most} points. {because}"


def why_not_sentence(situation: Situation, left_out: LeftOut) -> str:
    """Say why an action is not suggested."""
    return _WHY_NOT[left_out.why](situation, left_out.action)


def planned_words(situation: Situation, action_ids: Sequence[str]) -> str:
    """Where actions of the plan are: in it, or only proposed for it."""
    proposed = [each for each in action_ids if each in situation.proposed]
    if not proposed:
        return "in your plan"
    return "proposed for your plan" if len(proposed) == len(action_ids) else "in your plan or proposed for it"


def _reads(topic: str) -> bool:
    words = topic.split()
    return len(topic) >= _SHORTEST_TOPIC and all(word.isalpha() for word in words)


def _name(framework: Framework, action: Action) -> str:
    return framework.dimension(action.dimension).name


def _is(things: Sequence[str]) -> str:
    return "is" if len(things) == 1 else "are"


def _levels(number: int) -> str:
    return "1 level" if number == 1 else f"{number} levels"


def _gap(situation: Situation, candidate: Candidate, figure: Figure) -> str:
    wide = _levels(candidate.target - candidate.level)
    return f"It is {wide} from {candidate.level} to the target of {candidate.target}."


def _weight(situation: Situation, candidate: Candidate, figure: Figure) -> str:
    name = _name(situation.framework, candidate.action)
    if not candidate.raises_by:
        return f"One level more in {name} alone would not raise the overall score."
    raised = f"One level more in {name} raises the overall score by {_decimal(candidate.raises_by)}"
    return f"{raised}, as much as anywhere." if figure.points == figure.most else f"{raised}; others do more."


def _held_back(situation: Situation, candidate: Candidate, figure: Figure) -> str:
    if not candidate.action.prompts:
        return "It serves the dimension as a whole."
    if not candidate.behind:
        return "No question that it moves has an agreed level."
    named = questions(situation.framework, candidate.behind)
    if not candidate.behind_by:
        return f"It moves {named}, and no question is further than that."
    name, at = (
        _name(situation.framework, candidate.action),
        f"{_is(candidate.behind)} at {candidate.behind_at}",
    )
    return f"In {name}, {named} {at}, {_levels(candidate.behind_by)} below its highest question."


def _step(situation: Situation, candidate: Candidate, figure: Figure) -> str:
    begins = candidate.action.from_level
    if figure.points:
        name = _name(situation.framework, candidate.action)
        where = f"{name} is" if begins == candidate.level else "a question that it answers still is"
        return f"It begins at level {begins}, where {where}."
    named = questions(situation.framework, candidate.behind)
    return f"It begins at level {begins}, and {named} {_is(candidate.behind)} still at {candidate.behind_at}."


def _effort(situation: Situation, candidate: Candidate, figure: Figure) -> str:
    if situation.capacity is None or candidate.over is None:
        return "You have not said how much the team can spare."
    chosen = f"the capacity you chose ({situation.capacity.value})"
    if not candidate.over:
        return f"It takes no more than {chosen}."
    steps = "1 step" if candidate.over == 1 else f"{candidate.over} steps"
    return f"Over time, money and skills it is {steps} above {chosen}."


def _before(situation: Situation, candidate: Candidate, figure: Figure) -> str:
    waiting = candidate.missing or candidate.under_way
    if not waiting:
        return (
            "What has to be done before is in place."
            if candidate.action.prerequisites
            else "Nothing has to be done before."
        )
    titles = listed([f"“{situation.library.action(each).title}”" for each in waiting])
    comes = "comes" if len(waiting) == 1 else "come"
    where = "not yet done or planned" if candidate.missing else planned_words(situation, waiting)
    return f"{titles} {comes} first, and {_is(waiting)} {where}."


def _decimal(value: Fraction) -> str:
    rounded = decimal_of(value).quantize(_SMALLEST, ROUND_HALF_UP)
    return f"{rounded.normalize():f}" if rounded else "less than 0.01"


_FIGURES: Mapping[FigureKind, Callable[[Situation, Candidate, Figure], str]] = {
    FigureKind.GAP: _gap,
    FigureKind.WEIGHT: _weight,
    FigureKind.HELD_BACK: _held_back,
    FigureKind.STEP: _step,
    FigureKind.EFFORT: _effort,
    FigureKind.PREREQUISITES: _before,
}
_WHY_NOT: Mapping[WhyNot, Callable[[Situation, Action], str]] = {
    WhyNot.PROPOSED: lambda situation, action: "It is proposed for your plan.",
    WhyNot.PLANNED: lambda situation, action: "It is in your plan.",
    WhyNot.DONE: lambda situation, action: "It is done.",
    WhyNot.DISMISSED: lambda situation, action: "You said that it is not for you.",
    WhyNot.DROPPED: lambda situation, action: "It was dropped from your plan.",
    WhyNot.NO_LEVEL: lambda situation, action: f"{_name(situation.framework, action)} has no level.",
    WhyNot.NO_TARGET: lambda situation, action: f"{_name(situation.framework, action)} has no target.",
    WhyNot.TARGET_REACHED: lambda situation, action: (
        f"{_name(situation.framework, action)} has reached its target of "
        f"{situation.targets[action.dimension]}."
    ),
    WhyNot.LATER: lambda situation, action: (
        f"It begins at level {action.from_level}, and {_name(situation.framework, action)} is at "
        f"{situation.levels[action.dimension]}."
    ),
    WhyNot.NOT_APPLICABLE: lambda situation, action: "What it is about does not apply here.",
    WhyNot.PASSED: lambda situation, action: (
        f"It leads to level {action.to_level}, and what it is about is there already."
    ),
}
