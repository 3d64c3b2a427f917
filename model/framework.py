"""The framework as data: levels, groups, benefits, dimensions, prompts and the calculation method.

Everything is frozen: an assessment keeps the whole framework it began with, so later wording never changes
old results. Reading it from YAML, with line numbers for every fault, is `framework_source`.
"""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from model.errors import (
    LevelOutOfRange,
    UnknownBenefit,
    UnknownDimension,
    UnknownGroup,
    UnknownPrompt,
    UnreadableSnapshot,
)
from model.framework_rules import breaches
from model.framework_text import (
    CARD_LIMIT,
    Descriptor,
    Example,
    Id,
    LevelName,
    Name,
    PromptId,
    Question,
    Summary,
    Version,
    Weight,
    Why,
    slack_length,
)

__all__ = [
    "Aggregate",
    "Benefit",
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


class Provenance(StrEnum):
    """Where a name or a wording comes from."""

    PUBLISHED = "published"
    DRAFT = "draft"


class Aggregate(StrEnum):
    """How several levels become one score."""

    MEAN = "mean"
    MEDIAN = "median"
    MINIMUM = "minimum"


class Rounding(StrEnum):
    """How a score becomes a level."""

    HALF_UP = "half_up"
    DOWN = "down"


class _Part(BaseModel):
    """A frozen piece of the framework that knows exactly its own keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Make a changed copy, checked like something new and without the lookups kept for the old one.

        Raises:
            ValidationError: The changes break a rule.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**fields, **(update or {})})


class Level(_Part):
    """One of the five positions, for a dimension as for the whole council."""

    number: int = Field(ge=1, le=5, strict=True)
    name: LevelName
    summary: Summary
    provenance: Provenance = Provenance.DRAFT


class Group(_Part):
    """A set of dimensions that belong together."""

    id: Id
    name: Name
    provenance: Provenance = Provenance.DRAFT


class Benefit(_Part):
    """A reason why a council should care."""

    id: Id
    name: Name
    summary: Summary
    provenance: Provenance = Provenance.DRAFT


class Prompt(_Part):
    """One question, with what each of the five levels looks like.

    Attributes:
        descriptors: What one would see at level 1, 2, 3, 4 and 5, in that order.
        weight: How much this prompt counts in its dimension, against the others.
    """

    id: PromptId
    question: Question
    why: Why
    descriptors: tuple[Descriptor, ...] = Field(min_length=5, max_length=5)
    evidence_examples: tuple[Example, ...] = ()
    weight: Weight = Field(default=1, validate_default=True)

    @model_validator(mode="after")
    def _fits_one_card(self) -> Self:
        taken = slack_length(self.question) + sum(slack_length(text) for text in self.descriptors)
        if taken > CARD_LIMIT:
            raise PydanticCustomError(
                "card_too_long",
                "takes {taken} characters with its question and five descriptors, counted as Slack does "
                "(& as 5, < and > as 4); the limit is {limit}",
                {"taken": taken, "limit": CARD_LIMIT},
            )
        return self


class Dimension(_Part):
    """One side of the council's work that is looked at by itself.

    Attributes:
        group: The id of its group.
        benefits: The ids of the benefits it serves most.
        weight: How much this dimension counts in the overall score, against the others.
    """

    id: Id
    name: Name
    group: Id
    provenance: Provenance = Provenance.DRAFT
    summary: Summary
    why_it_matters: Why
    benefits: tuple[Id, ...] = ()
    prompts: tuple[Prompt, ...] = Field(min_length=1)
    weight: Weight = Field(default=1, validate_default=True)


class Method(_Part):
    """How levels are added up; `calculator` does the sum.

    Attributes:
        group_means: Whether each group is summed up first and then counts once in the overall score.
        note: One sentence on where the method comes from, shown wherever it is explained.
    """

    aggregate: Aggregate = Aggregate.MEAN
    rounding: Rounding = Rounding.HALF_UP
    group_means: bool = Field(default=False, strict=True)
    note: Summary


class Framework(_Part):
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
    groups: tuple[Group, ...] = Field(min_length=1)
    benefits: tuple[Benefit, ...] = ()
    method: Method
    dimensions: tuple[Dimension, ...] = Field(min_length=1)

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

    @cached_property
    def content_hash(self) -> str:
        """The sha256, in hex, of the canonical JSON of everything that was written in the framework."""
        content = self.model_dump(mode="json", exclude_defaults=True)
        return hashlib.sha256(_canonical(content).encode()).hexdigest()

    def to_json(self) -> str:
        """Write the whole framework as canonical JSON: the same framework always gives the same text."""
        return _canonical(self.model_dump(mode="json"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read back what `to_json` wrote.

        Raises:
            UnreadableSnapshot: The text is not a whole framework.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            count = error.error_count()
            raise UnreadableSnapshot(
                f"The stored framework cannot be read: {count} of its parts {'is' if count == 1 else 'are'} "
                "missing or wrong. It was written by another version of Milepost, or it is damaged."
            ) from None

    def __hash__(self) -> int:
        """Hash by content, once; equal frameworks have equal canonical JSON."""
        return hash(self.content_hash)

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


def _canonical(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
