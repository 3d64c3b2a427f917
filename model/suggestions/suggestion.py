"""What a ranking of the library's actions looks at, and what it says of each action; all of it frozen data.

The rule is in `suggesting`, the sentences that explain it in `suggestion_words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from model.calculation.calculator import Answer
from model.framework.framework import Framework
from model.library.library import Action, Amount, Library


@dataclass(frozen=True)
class Situation:
    """Where a team stands, where it wants to be, and what it has settled already.

    Attributes:
        framework: The framework of the assessment.
        library: The library, fitted to that framework.
        levels: Dimension id to level for the dimensions in scope.
        targets: Dimension id to the level aimed at.
        answers: Prompt id to agreed level; may leave out any.
        capacity: What the team can spare of time, money and skills; None when it has not said.
        planned: Ids of actions that are in the plan and not done, or proposed for it.
        proposed: Ids of those that are only proposed for it.
        done: Ids of actions that are done.
        dismissed: Ids of actions that are not for this team.
        dropped: Ids of actions that were in the plan and were dropped from it.
    """

    framework: Framework
    library: Library
    levels: Mapping[str, Answer]
    targets: Mapping[str, int]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    capacity: Amount | None = None
    planned: frozenset[str] = frozenset()
    proposed: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    dismissed: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()


class FigureKind(StrEnum):
    """What a candidate gets points for."""

    GAP = "gap"
    WEIGHT = "weight"
    HELD_BACK = "held_back"
    STEP = "step"
    EFFORT = "effort"
    PREREQUISITES = "prerequisites"


@dataclass(frozen=True)
class Figure:
    """The points a candidate has of one kind, and the most it could have."""

    kind: FigureKind
    points: int
    most: int


@dataclass(frozen=True)
class Candidate:
    """An action that leads towards a target.

    Attributes:
        level: Where its dimension is.
        target: Where its dimension is to be.
        figures: One of each kind, in a fixed order.
        behind: Ids of the prompts it answers that are furthest behind, in the framework's order; none when
            it answers none that is agreed.
        behind_at: The level of those.
        behind_by: How many levels they are below the best prompt of the dimension.
        raises_by: What one level more in its dimension adds to the overall score.
        over: In how many steps, over time, money and skills, it takes more than the team has; None when the
            team has not said what it has.
        missing: Ids of the actions to do before that are neither done nor passed nor in the plan.
        under_way: Ids of the actions to do before that are in the plan.
    """

    action: Action
    level: int
    target: int
    figures: tuple[Figure, ...]
    behind: tuple[str, ...]
    behind_at: int | None
    behind_by: int
    raises_by: Fraction
    over: int | None
    missing: tuple[str, ...]
    under_way: tuple[str, ...]

    @property
    def score(self) -> int:
        """All its points."""
        return sum(figure.points for figure in self.figures)

    @property
    def dimension_id(self) -> str:
        """The dimension it moves."""
        return self.action.dimension


class WhyNot(StrEnum):
    """Why an action is no candidate."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    DONE = "done"
    DISMISSED = "dismissed"
    DROPPED = "dropped"
    NO_LEVEL = "no_level"
    NO_TARGET = "no_target"
    TARGET_REACHED = "target_reached"
    LATER = "later"
    NOT_APPLICABLE = "not_applicable"
    PASSED = "passed"


@dataclass(frozen=True)
class LeftOut:
    """An action that is no candidate, and the one reason that is told."""

    action: Action
    why: WhyNot


@dataclass(frozen=True)
class Ranking:
    """Every action of the library once: the candidates, the best first, and the others.

    Those left out are by dimension, step and id.
    """

    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]

    def place(self, action_id: str) -> int | None:
        """Which place the candidate with this action has, counted from 1; None if it is no candidate."""
        ids = [each.action.id for each in self.candidates]
        return ids.index(action_id) + 1 if action_id in ids else None

    def candidate(self, action_id: str) -> Candidate | None:
        """The candidate with this action, if it is one."""
        return next((each for each in self.candidates if each.action.id == action_id), None)
