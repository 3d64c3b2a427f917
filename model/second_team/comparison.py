"""Both sides of a pair beside each other, and the three results of the calculator.

Only what is settled on both sides is in it: while one side has not agreed a prompt, neither answer is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from model.assessment.assessment import Assessment, DimensionState, Evidence, Moderation
from model.calculation.calculator import Answer, NotApplicable, Overall, overall_score
from model.second_team.pair import Pair, dimension_settled, standing_moderation


@dataclass(frozen=True)
class ComparedDimension:
    """A dimension that both sides have finished.

    `final` is false until both have confirmed its level; `moderation` is what was recorded since.
    """

    dimension_id: str
    first: Answer
    second: Answer
    moderation: Moderation | None
    final: bool

    @property
    def difference(self) -> int | None:
        """How many levels the second side is above the first; None where one of them has no level."""
        return difference(self.first, self.second)

    @property
    def moderated(self) -> Answer:
        """The level that counts for both: what was moderated, else what both say alike, else none yet."""
        if self.moderation is not None:
            level = self.moderation.level
            return NotApplicable.NOT_APPLICABLE if level is None else level
        return self.first if self.final and self.first == self.second else None


@dataclass(frozen=True)
class PromptSide:
    """What one side has settled for a prompt, and on which evidence."""

    answer: Answer
    reason: str
    dissent: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class ComparedPrompt:
    """A prompt that both sides have settled."""

    prompt_id: str
    dimension_id: str
    first: PromptSide
    second: PromptSide

    @property
    def difference(self) -> int | None:
        """How many levels the second side is above the first; None where one of them has no level."""
        return difference(self.first.answer, self.second.answer)


@dataclass(frozen=True)
class Comparison:
    """Both sides beside each other, the largest differences first.

    The three overall results are over `dimensions`; each is None while nothing in it has a level.
    """

    dimensions: tuple[ComparedDimension, ...]
    prompts: tuple[ComparedPrompt, ...]
    prompt_total: int
    first: Overall | None
    second: Overall | None
    moderated: Overall | None
    final: bool


def compare(pair: Pair) -> Comparison:
    """Put the two sides of a pair beside each other."""
    dimensions = tuple(
        found for dimension_id in pair.first.scope if (found := _dimension(pair, dimension_id)) is not None
    )
    prompts = tuple(
        ComparedPrompt(
            prompt.prompt_id,
            pair.first.dimension_of(prompt.prompt_id).dimension_id,
            _side(pair.first, prompt.prompt_id),
            _side(pair.second, prompt.prompt_id),
        )
        for prompt in pair.first.prompts
        if prompt.settled and pair.second.prompt(prompt.prompt_id).settled
    )
    return Comparison(
        dimensions=tuple(sorted(dimensions, key=lambda each: _apart(each.first, each.second), reverse=True)),
        prompts=tuple(
            sorted(prompts, key=lambda each: _apart(each.first.answer, each.second.answer), reverse=True)
        ),
        prompt_total=len(pair.first.prompts),
        first=_overall(pair, {each.dimension_id: each.first for each in dimensions}),
        second=_overall(pair, {each.dimension_id: each.second for each in dimensions}),
        moderated=_overall(pair, {each.dimension_id: each.moderated for each in dimensions}),
        final=pair.complete,
    )


def difference(first: Answer, second: Answer) -> int | None:
    """How many levels the second answer is above the first; None where one of them has no level."""
    if isinstance(first, int) and isinstance(second, int):
        return second - first
    return None


def _apart(first: Answer, second: Answer) -> float:
    """How far two answers are apart, for their order.

    Where one side says that it does not apply, that comes after every difference in levels and before none.
    """
    levels = difference(first, second)
    if levels is not None:
        return abs(levels)
    return 0 if first == second else 0.5


def _dimension(pair: Pair, dimension_id: str) -> ComparedDimension | None:
    sides = (pair.first.dimension(dimension_id), pair.second.dimension(dimension_id))
    if not all(dimension_settled(each) for each in sides):
        return None
    return ComparedDimension(
        dimension_id,
        pair.first.dimension_level(dimension_id),
        pair.second.dimension_level(dimension_id),
        standing_moderation(pair, dimension_id),
        final=all(each.state is DimensionState.CONFIRMED for each in sides),
    )


def _side(assessment: Assessment, prompt_id: str) -> PromptSide:
    prompt = assessment.prompt(prompt_id)
    return PromptSide(prompt.answer, prompt.reason, prompt.dissent, prompt.evidence)


def _overall(pair: Pair, levels: Mapping[str, Answer]) -> Overall | None:
    return overall_score(pair.first.framework, levels, pair.first.scope)
