"""Every figure of the calculator as one or two sentences that a councillor understands."""

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from model.calculation.aggregation import to_level
from model.calculation.calculator import (
    Answer,
    NotApplicable,
    Overall,
    Score,
    checked,
    dimension_score,
    in_scope,
    overall_score,
)
from model.framework.framework import Aggregate, Framework, Method, Rounding

_WIDE = Context(prec=60)
"""Wide enough to write any score with 28 decimals."""


def explain_dimension(
    framework: Framework, dimension_id: str, answers: Mapping[str, Answer], confirmed: int | None = None
) -> str:
    """Say how a dimension came to its level.

    Args:
        framework: The framework whose method is used.
        dimension_id: The dimension.
        answers: Prompt id to answer, as for `calculator.dimension_score`.
        confirmed: The level the facilitator confirmed, if there is one.

    Raises:
        UnknownDimension: The dimension is not in the framework.
        UnknownPrompt: An answer is for a prompt that is not in the framework.
        LevelOutOfRange: A level is not from 1 to 5.
    """
    checked(confirmed)
    dimension = framework.dimension(dimension_id)
    score = dimension_score(framework, dimension_id, answers)
    given = [answers.get(prompt.id) for prompt in dimension.prompts]
    if score is None:
        said = f"{dimension.name} has no level from its questions: {_nothing(given, 'question')}."
    else:
        weighted = [
            (level, prompt.weight)
            for prompt in dimension.prompts
            if isinstance(level := answers.get(prompt.id), int)
        ]
        said = f"{dimension.name}{_standing(score, 'question')}: {_worked_out(framework, weighted, score)}."
    return said + _confirmation(framework, score, confirmed)


def explain_overall(
    framework: Framework, levels: Mapping[str, Answer], scope: Collection[str] | None = None
) -> str:
    """Say how the council came to its overall level, and what holds it back.

    Args:
        framework: The framework whose method is used.
        levels: Dimension id to level, as for `calculator.overall_score`.
        scope: The ids of the dimensions that count; all of them when None.

    Raises:
        UnknownDimension: An id in the levels or the scope is not in the framework.
        LevelOutOfRange: A level is not from 1 to 5.
    """
    counted = in_scope(framework, scope)
    overall = overall_score(framework, levels, scope)
    if overall is None:
        nothing = _nothing([levels.get(each.id) for each in counted], "dimension")
        return f"There is no overall level: {nothing}."
    score = overall.score
    if framework.method.group_means:
        said = f"{_group_sum(framework, overall)} {_outcome(framework, score)}"
    else:
        weighted = [(level, each.weight) for each in counted if isinstance(level := levels.get(each.id), int)]
        said = _worked_out(framework, weighted, score)
    return f"Overall{_standing(score, 'dimension')}: {said}.{_weakest(framework, overall, levels)}"


def level_words(framework: Framework, level: int) -> str:
    """Write a level with its name, such as "level 3 (Impactful)".

    Raises:
        LevelOutOfRange: The level is not from 1 to 5.
    """
    return f"level {level} ({framework.level(level).name})"


def listed(words: Sequence[str]) -> str:
    """Join words as in a sentence: "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def figure(score: Score, rounding: Rounding) -> str:
    """Write a score with one decimal, or with more where one would point to another level.

    2.46 is level 2; written as 2.5 it would look like a mistake in the rounding.
    """
    for places in range(1, 28):
        written = score.value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
        if to_level(rounding, Fraction(written)) == score.level:
            return str(written)
    return str(score.value)


def _standing(score: Score, what: str) -> str:
    """Say in brackets what is missing or left out, if anything is."""
    asked = score.total - score.not_applicable
    remarks = [f"provisional, {score.answered} of {_counted(asked, what)}"] if score.provisional else []
    if score.not_applicable:
        remarks.append(f"{score.not_applicable} left out as not applicable")
    return f" ({'; '.join(remarks)})" if remarks else ""


def _nothing(given: Sequence[Answer], what: str) -> str:
    if given and all(isinstance(answer, NotApplicable) for answer in given):
        return f"every {what} is marked not applicable"
    return f"no {what} has an agreed level yet"


def _worked_out(framework: Framework, weighted: Sequence[tuple[int, Decimal]], score: Score) -> str:
    """Say what was done with the levels and what came of it."""
    levels = [level for level, _ in weighted]
    if len(set(levels)) > 1:
        return f"{_sum(framework.method, weighted)} {_outcome(framework, score)}"
    words = level_words(framework, levels[0])
    # Where all are the same there is no sum to tell.
    everyone = "both" if len(levels) == 2 else f"all {len(levels)}"
    return words if len(levels) == 1 else f"{everyone} are at {words}"


def _sum(method: Method, weighted: Sequence[tuple[int, Decimal]]) -> str:
    """Say what was done with the levels, up to the point where the score is named."""
    levels = [level for level, _ in weighted]
    if method.aggregate is Aggregate.MINIMUM:
        return f"the lowest of the levels {listed([str(level) for level in levels])} is"
    even = len({weight for _, weight in weighted}) == 1
    if method.aggregate is Aggregate.MEDIAN:
        ordered = sorted(weighted)
        middle = "the middle one" if even else "counted by weight, the middle one"
        return f"{middle} of the levels {listed([_with_weight(*each, even) for each in ordered])} is"
    if even:
        adding = f"the levels {listed([str(level) for level in levels])} add up to {sum(levels)}"
        return f"{adding}; divided by {len(levels)} that is"
    return f"the levels {listed([_with_weight(*each, even) for each in weighted])} have a weighted mean of"


def _with_weight(level: int, weight: Decimal, even: bool) -> str:
    return str(level) if even else f"{level} (weight {weight})"


def _group_sum(framework: Framework, overall: Overall) -> str:
    method = framework.method
    parts = [
        f"{group.name} ({figure(score, method.rounding)})"
        for group in framework.groups
        if (score := overall.groups[group.id]) is not None
    ]
    if len(parts) == 1:
        return f"the only group with levels is {parts[0]}, which makes"
    how = {Aggregate.MEAN: "mean", Aggregate.MEDIAN: "middle", Aggregate.MINIMUM: "lowest"}[method.aggregate]
    return f"each group counts once, and the {how} of {listed(parts)} is"


def _outcome(framework: Framework, score: Score) -> str:
    level = level_words(framework, score.level)
    written = figure(score, framework.method.rounding)
    if score.value == score.level:
        return f"{score.level}, which is {level}"
    if framework.method.rounding is Rounding.DOWN:
        return f"{written}, which is rounded down to {level}"
    if score.value % 1 == Decimal("0.5"):
        return f"{written}, and a half rounds up to {level}"
    return f"{written}, which rounds to {level}"


def _confirmation(framework: Framework, score: Score | None, confirmed: int | None) -> str:
    if confirmed is None:
        return ""
    if score is not None and score.level == confirmed:
        return " The facilitator confirmed this level."
    instead = " instead" if score is not None else ""
    return f" The facilitator set {level_words(framework, confirmed)}{instead}, and that is what counts."


def _weakest(framework: Framework, overall: Overall, levels: Mapping[str, Answer]) -> str:
    names = [framework.dimension(dimension_id).name for dimension_id in overall.weakest]
    lowest = levels[overall.weakest[0]]
    words = level_words(framework, lowest) if isinstance(lowest, int) else ""
    if len(names) == overall.score.answered:
        return (
            f" {names[0]} is the only dimension with a level."
            if len(names) == 1
            else " No dimension holds the others back."
        )
    return f" The weakest {'is' if len(names) == 1 else 'are'} {listed(names)}, at {words}."


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
