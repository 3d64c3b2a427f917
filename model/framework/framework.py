"""The framework as data: levels, groups, benefits, dimensions, prompts and the calculation method.

Everything is frozen: an assessment keeps the whole framework it began with, so later wording never changes
old results. Reading it from YAML, with line numbers for every fault, is `framework_source`.
"""

from functools import cached_property
from typing import Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from model.content_files.text_limits import DIMENSION_LIMIT, LIST_LIMIT, Id, Name, Summary, Version, Why
from model.errors import (
    LevelOutOfRange,
    UnknownBenefit,
    UnknownDimension,
    UnknownGroup,
    UnknownPrompt,
    UnreadableSnapshot,
)
from model.framework.parts import (
    Aggregate,
    Benefit,
    BenefitExample,
    Chapter,
    Dimension,
    Group,
    Level,
    Method,
    Prompt,
    Provenance,
    Rounding,
)
from model.framework.rules import breaches
from model.framework.snapshot import Snapshot

__all__ = [
    "Aggregate",
    "Benefit",
    "BenefitExample",
    "Chapter",
    "Dimension",
    "Framework",
    "Group",
    "Level",
    "Method",
    "Prompt",
    "Provenance",
    "Rounding",
    "UnknownBenefit",
    "UnknownDimension",
    "UnknownGroup",
    "UnknownPrompt",
]


CHAPTER_LIMIT = 20
"""Chapters of a handbook: its contents fit one menu."""


class Framework(Snapshot):
    """A whole model: what is asked, what the levels look like and how they are added up.

    Defaults of the fields never change: `content_hash` leaves them out, so that a field added to the program
    later does not give old content a new hash.
    """

    id: Id
    title: Name
    version: Version
    summary: Summary
    provenance_note: Why
    levels: tuple[Level, ...]
    groups: tuple[Group, ...] = Field(min_length=1, max_length=DIMENSION_LIMIT)
    benefits: tuple[Benefit, ...] = Field(default=(), max_length=LIST_LIMIT)
    method: Method
    dimensions: tuple[Dimension, ...] = Field(min_length=1, max_length=DIMENSION_LIMIT)
    handbook: tuple[Chapter, ...] = Field(default=(), max_length=CHAPTER_LIMIT)

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        found = breaches(self.model_dump(mode="json"))
        if found:
            raise PydanticCustomError("parts_disagree", " ".join(breach.sentence for breach in found))
        return self

    def level(self, number: int) -> Level:
        """Return the level with this number.

        Raises:
            LevelOutOfRange: The number is not from 1 to 5.
        """
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 5:
            raise LevelOutOfRange(number)
        return self.levels[number - 1]

    def dimension(self, dimension_id: str) -> Dimension:
        """Return the dimension with this id.

        Raises:
            UnknownDimension: There is none.
        """
        try:
            return self._dimension_by_id[dimension_id]
        except KeyError:
            raise UnknownDimension(dimension_id) from None

    def prompt(self, prompt_id: str) -> Prompt:
        """Return the prompt with this id.

        Raises:
            UnknownPrompt: There is none.
        """
        return self._prompt_and_dimension(prompt_id)[0]

    def dimension_of(self, prompt_id: str) -> Dimension:
        """Return the dimension that asks this prompt.

        Raises:
            UnknownPrompt: There is no such prompt.
        """
        return self._prompt_and_dimension(prompt_id)[1]

    def group(self, group_id: str) -> Group:
        """Return the group with this id.

        Raises:
            UnknownGroup: There is none.
        """
        for group in self.groups:
            if group.id == group_id:
                return group
        raise UnknownGroup(group_id)

    def benefit(self, benefit_id: str) -> Benefit:
        """Return the benefit with this id.

        Raises:
            UnknownBenefit: There is none.
        """
        for benefit in self.benefits:
            if benefit.id == benefit_id:
                return benefit
        raise UnknownBenefit(benefit_id)

    @cached_property
    def prompts(self) -> tuple[Prompt, ...]:
        """All prompts, in the order of the dimensions."""
        return tuple(prompt for dimension in self.dimensions for prompt in dimension.prompts)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read back what `to_json` wrote.

        Raises:
            UnreadableSnapshot: The text is not a whole framework.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            raise UnreadableSnapshot(
                "The stored framework cannot be read: it is damaged, or another version of Milepost wrote it."
            ) from None

    @cached_property
    def _dimension_by_id(self) -> dict[str, Dimension]:
        return {dimension.id: dimension for dimension in self.dimensions}

    @cached_property
    def _by_prompt_id(self) -> dict[str, tuple[Prompt, Dimension]]:
        return {
            prompt.id: (prompt, dimension) for dimension in self.dimensions for prompt in dimension.prompts
        }

    def _prompt_and_dimension(self, prompt_id: str) -> tuple[Prompt, Dimension]:
        try:
            return self._by_prompt_id[prompt_id]
        except KeyError:
            raise UnknownPrompt(prompt_id) from None
