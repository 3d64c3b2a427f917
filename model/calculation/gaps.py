"""Targets: how far there is to go, how much of the way is done and where it would lead.

Progress never counts the floor: a council at level 1 everywhere with target 2 has done nothing yet, not half.
And a surplus in one dimension never makes up for a gap in another.
"""

from collections.abc import Collection, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from model.calculation.aggregation import decimal_of
from model.calculation.calculator import Answer, Overall, checked, overall_score
from model.framework.framework import Framework

LOWEST_LEVEL = 1
_ONE_PLACE = Decimal("0.1")


def gap(current: Answer, target: Answer) -> int | None:
    """Count the levels from the current one up to the target.

    Returns:
        0 when the target is reached or passed; None when either is not known or not applicable.

    Raises:
        LevelOutOfRange: One of them is not from 1 to 5.
    """
    here, there = _level(current), _level(target)
    return None if here is None or there is None else max(there - here, 0)


def gaps(currents: Mapping[str, Answer], targets: Mapping[str, Answer]) -> dict[str, int]:
    """Work out the gap of each dimension that has both a level and a target, in the order of the targets.

    Raises:
        LevelOutOfRange: A level is not from 1 to 5.
    """
    found = {each: gap(currents.get(each), target) for each, target in targets.items()}
    return {each: levels for each, levels in found.items() if levels is not None}


def progress_to_target(
    baselines: Mapping[str, Answer], currents: Mapping[str, Answer], targets: Mapping[str, Answer]
) -> Decimal | None:
    """Say how much of the way to the targets is done.

    The way of a dimension goes from its baseline, or from level 1 where there is none, up to its target; what
    is done of it is capped at the target. All ways are added up, and so is what is done. A dimension that has
    fallen below its baseline is measured from where it is now, so it counts as a way with nothing done.

    Args:
        baselines: Dimension id to the level at the start; may leave out any.
        currents: Dimension id to the level now.
        targets: Dimension id to the level aimed at.

    Returns:
        A percentage from 0 to 100 with one decimal; 100 only when no gap is left, so also when every target
        is the baseline. None when no dimension has both a level and a target.

    Raises:
        LevelOutOfRange: A level is not from 1 to 5.
    """
    way = done = 0
    counted = False
    for dimension_id, aim in targets.items():
        current, target = _level(currents.get(dimension_id)), _level(aim)
        baseline = _level(baselines.get(dimension_id)) or LOWEST_LEVEL
        if current is None or target is None:
            continue
        counted = True
        floor = min(baseline, current, target)
        way += target - floor
        done += min(current, target) - floor
    if not counted:
        return None
    if done == way:
        return Decimal("100.0")
    percent = decimal_of(Fraction(100 * done, way)).quantize(_ONE_PLACE, ROUND_HALF_UP)
    return min(percent, Decimal("99.9"))


def progress_from_baseline(baselines: Mapping[str, Answer], currents: Mapping[str, Answer]) -> Decimal | None:
    """Say how far the dimensions have moved since the baseline, on average.

    Returns:
        Levels, with one decimal: 0.5 means half a level up, -1.0 a whole level down. None when no dimension
        has both a baseline and a level.

    Raises:
        LevelOutOfRange: A level is not from 1 to 5.
    """
    moves = [
        current - baseline
        for dimension_id, start in baselines.items()
        if (baseline := _level(start)) is not None
        and (current := _level(currents.get(dimension_id))) is not None
    ]
    if not moves:
        return None
    mean = Fraction(sum(moves), len(moves))
    return decimal_of(mean).quantize(_ONE_PLACE, ROUND_HALF_UP) + Decimal(0)


def projected(
    framework: Framework,
    levels: Mapping[str, Answer],
    targets: Mapping[str, Answer],
    scope: Collection[str] | None = None,
) -> Overall | None:
    """Work out where the council would stand with every target reached and nothing lost elsewhere.

    Raises:
        UnknownDimension: An id is not in the framework.
        LevelOutOfRange: A level is not from 1 to 5.
    """
    reached = dict(levels)
    for dimension_id, aim in targets.items():
        current, target = levels.get(dimension_id), _level(aim)
        if target is not None and (current is None or isinstance(current, int)):
            reached[dimension_id] = max(target, current or target)
    return overall_score(framework, reached, scope)


def _level(answer: Answer) -> int | None:
    checked(answer)
    return answer if isinstance(answer, int) else None
