"""The calculator: from agreed levels to the score and level of a dimension and of the council.

The method is data in the framework. Sums are exact, so that 2.5 is level 3 and a shade under 2.5 is level 2.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction

from model.calculation.aggregation import Weighted, aggregate, decimal_of, to_level
from model.errors import LevelOutOfRange
from model.framework.framework import Dimension, Framework, Method

_ONE_PLACE = Decimal("0.1")


class NotApplicable(Enum):
    """The answer that something does not apply here: it is left out of both sides of the sum."""

    NOT_APPLICABLE = "n/a"


Answer = int | NotApplicable | None
"""A level from 1 to 5, not applicable, or None for unanswered."""


@dataclass(frozen=True)
class Score:
    """The result of a sum.

    Attributes:
        value: The score in levels, from 1 to 5, cut (not rounded) after 28 digits.
        level: The level it comes to, by the rounding of the framework.
        answered: How many inputs had a level.
        total: How many inputs there could be.
        not_applicable: How many of them were marked not applicable.
    """

    value: Decimal
    level: int
    answered: int
    total: int
    not_applicable: int

    @property
    def shown(self) -> str:
        """The score with one decimal, a half rounded up, such as "2.7"."""
        return str(self.value.quantize(_ONE_PLACE, ROUND_HALF_UP))

    @property
    def provisional(self) -> bool:
        """Whether some inputs are still unanswered."""
        return self.answered + self.not_applicable < self.total


@dataclass(frozen=True)
class Overall:
    """Where the council stands.

    Attributes:
        score: Its score; the counts are of dimensions.
        weakest: The ids of all dimensions at the lowest level, in the framework's order.
        groups: The score of each group of the framework, or None where nothing in it has a level.
    """

    score: Score
    weakest: tuple[str, ...]
    groups: Mapping[str, Score | None] = field(hash=False)


def dimension_score(framework: Framework, dimension_id: str, answers: Mapping[str, Answer]) -> Score | None:
    """Work out the score of a dimension from the answers to its prompts.

    Args:
        framework: The framework whose method is used.
        dimension_id: The dimension.
        answers: Prompt id to answer. Prompts that are missing are unanswered; those of other dimensions are
            checked and then left aside, so the answers of a whole assessment can be given.

    Returns:
        The score, or None when no prompt has a level: nothing answered is no level, not 0.

    Raises:
        UnknownDimension: The dimension is not in the framework.
        UnknownPrompt: An answer is for a prompt that is not in the framework.
        LevelOutOfRange: An answer is not from 1 to 5.
    """
    dimension = framework.dimension(dimension_id)
    for prompt_id, answer in answers.items():
        framework.prompt(prompt_id)
        checked(answer)
    given = [(answers.get(prompt.id), prompt.weight) for prompt in dimension.prompts]
    inputs = _weighted(given)
    return _score(framework.method, inputs, given) if inputs else None


def overall_score(
    framework: Framework, levels: Mapping[str, Answer], scope: Collection[str] | None = None
) -> Overall | None:
    """Work out where the council stands from the level of each dimension.

    With `group_means` each group is summed up first and the groups are then summed up in the same way, each
    counting once.

    Args:
        framework: The framework whose method is used.
        levels: Dimension id to its level: the confirmed one where there is one, else the calculated one.
        scope: The ids of the dimensions that count; all of them when None.

    Returns:
        The result, or None when no dimension in scope has a level.

    Raises:
        UnknownDimension: An id in the levels or the scope is not in the framework.
        LevelOutOfRange: A level is not from 1 to 5.
    """
    counted = in_scope(framework, scope)
    for dimension_id, answer in levels.items():
        framework.dimension(dimension_id)
        checked(answer)
    reached = {each.id: level for each in counted if isinstance(level := levels.get(each.id), int)}
    if not reached:
        return None
    lowest = min(reached.values())
    return Overall(
        score=_score(framework.method, _overall_inputs(framework, counted, levels), _given(counted, levels)),
        weakest=tuple(dimension_id for dimension_id, level in reached.items() if level == lowest),
        groups={group.id: _group_score(framework, group.id, counted, levels) for group in framework.groups},
    )


def exact_overall(
    framework: Framework, levels: Mapping[str, Answer], scope: Collection[str] | None = None
) -> Fraction | None:
    """Work out the overall score uncut, for whoever goes on reckoning with it.

    Takes, returns None and raises as `overall_score` does, whose value is this one cut to a Decimal.
    """
    if overall_score(framework, levels, scope) is None:
        return None
    inputs = _overall_inputs(framework, in_scope(framework, scope), levels)
    return aggregate(framework.method.aggregate, inputs)


def in_scope(framework: Framework, scope: Collection[str] | None) -> tuple[Dimension, ...]:
    """Return the dimensions that count, in the framework's order.

    Raises:
        UnknownDimension: An id in the scope is not in the framework.
    """
    if scope is None:
        return framework.dimensions
    for dimension_id in scope:
        framework.dimension(dimension_id)
    return tuple(each for each in framework.dimensions if each.id in scope)


def checked(answer: Answer) -> Answer:
    """Return the answer if it is one.

    Raises:
        LevelOutOfRange: It is a number outside 1 to 5, or no whole number at all.
    """
    if answer is None or isinstance(answer, NotApplicable):
        return answer
    if isinstance(answer, bool) or not isinstance(answer, int) or not 1 <= answer <= 5:
        raise LevelOutOfRange(answer)
    return answer


def _overall_inputs(
    framework: Framework, counted: Sequence[Dimension], levels: Mapping[str, Answer]
) -> list[Weighted]:
    """What is summed up for the council: the dimensions, or the groups where each of those counts once."""
    if not framework.method.group_means:
        return _weighted(_given(counted, levels))
    members = [[each for each in counted if each.group == group.id] for group in framework.groups]
    sums = [inputs for each in members if (inputs := _weighted(_given(each, levels)))]
    return [Weighted(aggregate(framework.method.aggregate, inputs), Fraction(1)) for inputs in sums]


def _group_score(
    framework: Framework, group_id: str, counted: Sequence[Dimension], levels: Mapping[str, Answer]
) -> Score | None:
    given = _given([each for each in counted if each.group == group_id], levels)
    inputs = _weighted(given)
    return _score(framework.method, inputs, given) if inputs else None


def _given(dimensions: Iterable[Dimension], levels: Mapping[str, Answer]) -> Sequence[tuple[Answer, Decimal]]:
    return [(levels.get(each.id), each.weight) for each in dimensions]


def _weighted(given: Iterable[tuple[Answer, Decimal]]) -> list[Weighted]:
    return [
        Weighted(Fraction(answer), Fraction(weight)) for answer, weight in given if isinstance(answer, int)
    ]


def _score(method: Method, inputs: Sequence[Weighted], given: Sequence[tuple[Answer, Decimal]]) -> Score:
    """Sum up the inputs; `given` is what they came from, for the counts."""
    exact = aggregate(method.aggregate, inputs)
    return Score(
        value=decimal_of(exact),
        level=to_level(method.rounding, exact),
        answered=sum(isinstance(answer, int) for answer, _ in given),
        total=len(given),
        not_applicable=sum(isinstance(answer, NotApplicable) for answer, _ in given),
    )
