"""What would change the overall level: any levels somebody wonders about, and the smallest single changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from model.calculation.calculator import Answer, Overall, exact_overall, in_scope, overall_score
from model.framework.framework import Framework

HIGHEST_LEVEL = 5


@dataclass(frozen=True)
class Change:
    """Another level for one dimension."""

    dimension_id: str
    now: Answer
    then: int


@dataclass(frozen=True)
class WhatIf:
    """The overall result now, and with some dimensions at other levels.

    Attributes:
        changes: Those that differ from now, in the framework's order.
        same: Ids of the dimensions that are at the level asked about already.
        now: The overall result, or None when nothing has a level.
        then: The same with the changes.
        levels: Every level with the changes.
    """

    changes: tuple[Change, ...]
    same: tuple[str, ...]
    now: Overall | None
    then: Overall | None
    levels: Mapping[str, Answer]


def what_if(
    framework: Framework,
    levels: Mapping[str, Answer],
    wished: Mapping[str, int],
    scope: Collection[str] | None = None,
) -> WhatIf:
    """Work out where the council would stand with some dimensions at other levels.

    A dimension that has no level yet, or does not apply, counts from then on.

    Args:
        framework: The framework whose method is used.
        levels: Dimension id to level, as for `calculator.overall_score`.
        wished: Dimension id to the level wondered about.
        scope: The ids of the dimensions that count; all of them when None.

    Raises:
        UnknownDimension: An id is not in the framework.
        LevelOutOfRange: A level is not from 1 to 5.
    """
    then = {**levels, **wished}
    asked = [each.id for each in in_scope(framework, scope) if each.id in wished]
    return WhatIf(
        changes=tuple(
            Change(each, levels.get(each), wished[each]) for each in asked if levels.get(each) != wished[each]
        ),
        same=tuple(each for each in asked if levels.get(each) == wished[each]),
        now=overall_score(framework, levels, scope),
        then=overall_score(framework, then, scope),
        levels=then,
    )


def smallest_lifts(
    framework: Framework, levels: Mapping[str, Answer], scope: Collection[str] | None = None
) -> tuple[Change, ...]:
    """Find the smallest changes of one dimension that lift the overall level by themselves.

    Returns:
        All that need the fewest levels more, in the framework's order; none where no single dimension can do
        it, or nothing has a level.

    Raises:
        UnknownDimension: An id is not in the framework.
        LevelOutOfRange: A level is not from 1 to 5.
    """
    now = overall_score(framework, levels, scope)
    if now is None:
        return ()
    found: dict[int, list[Change]] = {}
    for dimension in in_scope(framework, scope):
        level = levels.get(dimension.id)
        if not isinstance(level, int):
            continue
        for then in range(level + 1, HIGHEST_LEVEL + 1):
            lifted = overall_score(framework, {**levels, dimension.id: then}, scope)
            if lifted is not None and lifted.score.level > now.score.level:
                found.setdefault(then - level, []).append(Change(dimension.id, level, then))
                break
    return tuple(found[min(found)]) if found else ()


def way_up(
    framework: Framework, levels: Mapping[str, Answer], scope: Collection[str] | None = None
) -> tuple[Change, ...]:
    """Find one way to lift the overall level, whatever number of dimensions it takes.

    It goes up one level at a time where that adds most to the score, of equal ones in the lowest dimension,
    of those in the first. With a mean no way needs fewer levels; with another method one might.

    Returns:
        The changes in the framework's order; none where the council is at the highest level, or nothing has a
        level.

    Raises:
        UnknownDimension: An id is not in the framework.
        LevelOutOfRange: A level is not from 1 to 5.
    """
    now = overall_score(framework, levels, scope)
    then = dict(levels)
    counted = [each.id for each in in_scope(framework, scope)]
    if now is None or now.score.level == HIGHEST_LEVEL:
        return ()
    while (reached := overall_score(framework, then, scope)) and reached.score.level == now.score.level:
        following = _best_step(framework, then, counted)
        then[following[0]] = following[1]
    return tuple(
        Change(each, levels.get(each), level)
        for each in counted
        if isinstance(level := then.get(each), int) and level != levels.get(each)
    )


def _best_step(framework: Framework, levels: Mapping[str, Answer], counted: list[str]) -> tuple[str, int]:
    """One level more where it adds most."""
    steps = [
        (each, level + 1)
        for each in counted
        if isinstance(level := levels.get(each), int) and level < HIGHEST_LEVEL
    ]
    scores = {each: exact_overall(framework, {**levels, each: level}, counted) or 0 for each, level in steps}
    return max(steps, key=lambda step: (scores[step[0]], -step[1]))
