"""The parts a framework is made of; `framework` puts them together.

Everything is frozen, knows exactly its own keys and holds tuples, so that an assessment can keep it for good.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from model.content_files.text_limits import (
    CARD_LIMIT,
    LIST_LIMIT,
    PROMPT_LIMIT,
    Descriptor,
    Example,
    Examples,
    FiveOrNone,
    Id,
    LevelName,
    Name,
    Paragraph,
    Paragraphs,
    PromptId,
    Question,
    Story,
    Summary,
    Weight,
    Why,
    slack_length,
)


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


class Part(BaseModel):
    """A frozen piece of the framework that knows exactly its own keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Make a changed copy, checked like something new and without the lookups kept for the old one.

        Raises:
            ValidationError: The changes break a rule.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**fields, **(update or {})})


class Level(Part):
    """One of the five positions, for a dimension as for the whole council."""

    number: int = Field(ge=1, le=5, strict=True)
    name: LevelName
    summary: Summary
    provenance: Provenance = Provenance.DRAFT


class Group(Part):
    """A set of dimensions that belong together."""

    id: Id
    name: Name
    provenance: Provenance = Provenance.DRAFT


class Benefit(Part):
    """A reason why a council should care.

    Attributes:
        paragraph: The reason at length, for somebody who is not technical.
        example: What it looks like in one everyday service.
        drivers: The ids of the dimensions that drive it most, the strongest first.
    """

    id: Id
    name: Name
    summary: Summary
    provenance: Provenance = Provenance.DRAFT
    paragraph: Paragraph | None = None
    example: Why | None = None
    drivers: tuple[Id, ...] = ()


class BenefitExample(Part):
    """What one benefit looks like in an everyday service, for one dimension.

    Attributes:
        benefit: The id of the benefit.
    """

    benefit: Id
    example: Story


class Prompt(Part):
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


class Dimension(Part):
    """One side of the council's work that is looked at by itself.

    Attributes:
        group: The id of its group.
        provenance: Where its name comes from.
        wording: Where the texts about it come from, its prompts included.
        benefits: The ids of the benefits it serves most.
        covers: What belongs to it.
        does_not_cover: What does not, each with the dimension it belongs to.
        benefit_examples: An everyday example for each benefit.
        descriptors: What level 1, 2, 3, 4 and 5 look like for the dimension as a whole; or none.
        points_to_consider: What to talk about before agreeing on a level.
        evidence_examples: What good evidence can be.
        traps: How a level is easily misjudged.
        weight: How much this dimension counts in the overall score, against the others.
    """

    id: Id
    name: Name
    group: Id
    provenance: Provenance = Provenance.DRAFT
    wording: Provenance = Provenance.DRAFT
    summary: Summary
    covers: Examples = ()
    does_not_cover: Examples = ()
    why_it_matters: Why
    benefits: tuple[Id, ...] = ()
    benefit_examples: tuple[BenefitExample, ...] = Field(default=(), max_length=LIST_LIMIT)
    descriptors: FiveOrNone = ()
    points_to_consider: Examples = ()
    evidence_examples: Examples = ()
    traps: Examples = ()
    prompts: tuple[Prompt, ...] = Field(min_length=1, max_length=PROMPT_LIMIT)
    weight: Weight = Field(default=1, validate_default=True)

    def example_of(self, benefit_id: str) -> str | None:
        """Return the everyday example for a benefit, or None when there is none."""
        for each in self.benefit_examples:
            if each.benefit == benefit_id:
                return each.example
        return None


class Chapter(Part):
    """One chapter of the handbook on how to assess.

    Attributes:
        text: Its paragraphs.
    """

    id: Id
    title: Name
    text: Paragraphs


class Method(Part):
    """How levels are added up; `calculator` does the sum.

    Attributes:
        group_means: Whether each group is summed up first and then counts once in the overall score.
        note: One sentence on where the method comes from, shown wherever it is explained.
    """

    aggregate: Aggregate = Aggregate.MEAN
    rounding: Rounding = Rounding.HALF_UP
    group_means: bool = Field(default=False, strict=True)
    note: Summary
