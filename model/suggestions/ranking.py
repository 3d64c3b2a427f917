"""Which actions of the library help a team with the gaps to its targets, and in which order.

The rule is written down for people in `content/library/README.md`. Points are whole numbers; a candidate can
have a hundred.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from model.calculation.calculator import NotApplicable, exact_overall
from model.calculation.gaps import gap
from model.framework.framework import Dimension
from model.library.library import Action, Amount, in_order
from model.suggestions.suggestion import (
    Candidate,
    Figure,
    FigureKind,
    LeftOut,
    Ranking,
    Situation,
    WhyNot,
)

OFFERED_AT_ONCE = 3
GAP_POINTS = 10
"""For each level from where the dimension is to its target; there are four at most."""
WEIGHT_POINTS = 15
"""For the dimension in which one level more adds most to the overall score; for others in proportion."""
BEHIND_POINTS = 5
"""For each level by which a prompt is behind the best one of its dimension; there are four at most."""
STEP_POINTS = 5
"""For an action that begins exactly where what it moves is."""
EFFORT_POINTS = 12
OVER_POINTS = 2
"""Taken off the points for effort for each step beyond what the team has, in time, money and skills."""
PREREQUISITE_POINTS = 8
UNDER_WAY_POINTS = 4

_HIGHEST = 5
_MOST_LEVELS = 4
_AMOUNTS = (Amount.LOW, Amount.MEDIUM, Amount.HIGH)


def rank(situation: Situation) -> Ranking:
    """Put every action of the library in its place: the candidates by their points, the rest with a reason.

    Candidates with equal points stand in this order: the shorter first, then by dimension, step and id.

    Raises:
        UnknownDimension: A dimension of the levels is not in the framework.
        LevelOutOfRange: A level or a target is not from 1 to 5.
    """
    order = [each.id for each in situation.framework.dimensions]
    raises = _raises(situation)
    candidates: list[Candidate] = []
    left_out: list[LeftOut] = []
    for action in in_order(situation.library.actions, order):
        found = _judged(situation, action, raises)
        if isinstance(found, Candidate):
            candidates.append(found)
        else:
            left_out.append(LeftOut(action, found))
    # They are in order already, and sorting keeps the order of what is equal.
    candidates.sort(key=lambda each: (-each.score, each.action.weeks))
    return Ranking(tuple(candidates), tuple(left_out))


def offer(
    ranking: Ranking, offered: Collection[str] = (), count: int = OFFERED_AT_ONCE
) -> tuple[Candidate, ...]:
    """Choose what to offer next.

    The best come first, but a dimension has its second turn only when every other with something to offer has
    had its first, and so on. An action waits until the ones to do before it, where those can be offered
    themselves, have been.

    Args:
        ranking: The ranking now.
        offered: Ids of the actions that have been offered already.
        count: How many to choose at most.
    """
    waiting = [each for each in ranking.candidates if each.action.id not in offered]
    chosen: list[Candidate] = []
    while waiting and len(chosen) < count:
        ahead = {each.action.id for each in waiting}
        ready = [each for each in waiting if ahead.isdisjoint(each.missing)]
        turns = [each.dimension_id for each in chosen]
        following = min(ready, key=lambda each: turns.count(each.dimension_id))
        chosen.append(following)
        waiting.remove(following)
    return tuple(chosen)


@dataclass(frozen=True)
class _Moved:
    """What an action would move: the dimension as a whole, or the prompts that are not there yet.

    `known` are those that have an agreed level; `fits` says whether it begins exactly where one of all is.
    """

    known: Mapping[str, int]
    fits: bool


def _judged(situation: Situation, action: Action, raises: Mapping[str, Fraction]) -> Candidate | WhyNot:
    settled = _settled(situation, action)
    if settled is not None:
        return settled
    level, target = situation.levels.get(action.dimension), situation.targets.get(action.dimension)
    wide = gap(level, target)
    if not isinstance(level, int):
        return WhyNot.NO_LEVEL
    if target is None or wide is None:
        return WhyNot.NO_TARGET
    if wide == 0:
        return WhyNot.TARGET_REACHED
    moved = _moved(situation, action, level)
    if isinstance(moved, WhyNot):
        return moved
    return _candidate(situation, action, level, target, moved, raises)


def _settled(situation: Situation, action: Action) -> WhyNot | None:
    for ids, why in (
        (situation.proposed, WhyNot.PROPOSED),
        (situation.planned, WhyNot.PLANNED),
        (situation.done, WhyNot.DONE),
        (situation.dismissed, WhyNot.DISMISSED),
        (situation.dropped, WhyNot.DROPPED),
    ):
        if action.id in ids:
            return why
    return None


def _moved(situation: Situation, action: Action, level: int) -> _Moved | WhyNot:
    """What the action would move, or why it moves nothing here.

    The step that the dimension is on leads on. A lower one does so only for a prompt that is still as low,
    and so is behind its dimension. A prompt that has no level yet is taken to be where its dimension is.
    """
    if action.from_level > level:
        return WhyNot.LATER
    answers = {each: situation.answers.get(each) for each in action.prompts}
    applying = {each: answer for each, answer in answers.items() if not isinstance(answer, NotApplicable)}
    if answers and not applying:
        return WhyNot.NOT_APPLICABLE
    below = {
        each: level if answer is None else answer
        for each, answer in applying.items()
        if (level if answer is None else answer) < action.to_level
    }
    if below:
        known = {each: low for each, low in below.items() if applying[each] is not None}
        return _Moved(known, fits=max(below.values()) == action.from_level)
    on_its_step = action.from_level == level
    if on_its_step and (not applying or _set_lower(situation, action)):
        return _Moved({}, fits=True)
    return WhyNot.PASSED


def _set_lower(situation: Situation, action: Action) -> bool:
    """Whether every prompt of the dimension is further than the action leads.

    Then somebody confirmed a lower level than the prompts add up to, and it is the dimension that has to
    move.
    """
    agreed = _agreed(situation, situation.framework.dimension(action.dimension))
    return min(agreed.values()) >= action.to_level


def _agreed(situation: Situation, dimension: Dimension) -> dict[str, int]:
    answers = {prompt.id: situation.answers.get(prompt.id) for prompt in dimension.prompts}
    return {each: answer for each, answer in answers.items() if isinstance(answer, int)}


def _candidate(
    situation: Situation,
    action: Action,
    level: int,
    target: int,
    moved: _Moved,
    raises: Mapping[str, Fraction],
) -> Candidate:
    lowest = min(moved.known.values(), default=None)
    agreed = _agreed(situation, situation.framework.dimension(action.dimension))
    behind_by = 0 if lowest is None else max(agreed.values()) - lowest
    over = _over(situation.capacity, action)
    missing, under_way = _before(situation, action)
    return Candidate(
        action=action,
        level=level,
        target=target,
        figures=(
            Figure(FigureKind.GAP, GAP_POINTS * (target - level), GAP_POINTS * _MOST_LEVELS),
            Figure(FigureKind.WEIGHT, _weight_points(action.dimension, raises), WEIGHT_POINTS),
            Figure(FigureKind.HELD_BACK, BEHIND_POINTS * behind_by, BEHIND_POINTS * _MOST_LEVELS),
            Figure(FigureKind.STEP, STEP_POINTS if moved.fits else 0, STEP_POINTS),
            Figure(
                FigureKind.EFFORT, 0 if over is None else EFFORT_POINTS - OVER_POINTS * over, EFFORT_POINTS
            ),
            Figure(FigureKind.PREREQUISITES, _before_points(missing, under_way), PREREQUISITE_POINTS),
        ),
        behind=tuple(each for each in agreed if each in moved.known and agreed[each] == lowest),
        behind_at=lowest,
        behind_by=behind_by,
        raises_by=raises[action.dimension],
        over=over,
        missing=missing,
        under_way=under_way,
    )


def _raises(situation: Situation) -> dict[str, Fraction]:
    """What one level more in each dimension adds to the overall score, by the method of the framework."""
    levels = situation.levels
    now = exact_overall(situation.framework, levels, list(levels))
    found: dict[str, Fraction] = {}
    for dimension_id, level in levels.items():
        if now is None or not isinstance(level, int) or level == _HIGHEST:
            continue
        then = exact_overall(situation.framework, {**levels, dimension_id: level + 1}, list(levels))
        found[dimension_id] = Fraction(0) if then is None else then - now
    return found


def _weight_points(dimension_id: str, raises: Mapping[str, Fraction]) -> int:
    most = max(raises.values())
    return floor(WEIGHT_POINTS * raises[dimension_id] / most + Fraction(1, 2)) if most else 0


def _over(capacity: Amount | None, action: Action) -> int | None:
    if capacity is None:
        return None
    taken = (action.effort.time, action.effort.money, action.effort.skills)
    return sum(max(_AMOUNTS.index(each) - _AMOUNTS.index(capacity), 0) for each in taken)


def _before(situation: Situation, action: Action) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of what has to be done before: what is missing, and what is in the plan."""
    needed = [
        each
        for each in action.prerequisites
        if each not in situation.done and not _in_place(situation, situation.library.action(each))
    ]
    missing = tuple(each for each in needed if each not in situation.planned)
    return missing, tuple(each for each in needed if each in situation.planned)


def _in_place(situation: Situation, action: Action) -> bool:
    """Whether the team is where an action leads, whatever brought it there."""
    answers = [situation.answers.get(each) for each in action.prompts]
    agreed = [answer for answer in answers if isinstance(answer, int)]
    if agreed:
        return min(agreed) >= action.to_level
    level = situation.levels.get(action.dimension)
    return isinstance(level, int) and level >= action.to_level


def _before_points(missing: Sequence[str], under_way: Sequence[str]) -> int:
    if missing:
        return 0
    return UNDER_WAY_POINTS if under_way else PREREQUISITE_POINTS
