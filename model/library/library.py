"""The actions library: what a team can do to get a dimension from one level to the next.

Everything is frozen. Reading it from YAML, with line numbers for every fault, is `library_source`; finding an
action by words is `library_search`.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from model.content_files.text_limits import (
    LIST_LIMIT,
    WEEKS_LIMIT,
    Example,
    Id,
    Name,
    PromptId,
    Source,
    Story,
    Summary,
    Title,
    fits_a_section,
)
from model.errors import UnknownAction, UnreadableLibrary
from model.framework.framework import Framework
from model.framework.parts import Part
from model.framework.snapshot import Snapshot
from model.library.rules import breaches

__all__ = ["Action", "ActionStatus", "Amount", "Effort", "Library", "Milestone", "Reading"]

ActionId = PromptId
Weeks = Annotated[int, Field(ge=1, le=WEEKS_LIMIT, strict=True)]
Week = Annotated[int, Field(ge=0, le=WEEKS_LIMIT, strict=True)]


class ActionStatus(StrEnum):
    """Whether an action came with Milepost or belongs to the council."""

    BUNDLED = "bundled"
    LOCAL = "local"


class Amount(StrEnum):
    """How much of something an action takes."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Effort(Part):
    """What an action takes, in three kinds.

    Attributes:
        time: Of the people who take part.
        money: That has to be found, beyond what people are paid anyway.
        skills: That a team may have to borrow or learn.
    """

    time: Amount
    money: Amount
    skills: Amount


class Milestone(Part):
    """A point on the way.

    Attributes:
        week: When it is due, in weeks from the start; 0 is the start itself.
    """

    name: Title
    week: Week


class Reading(Part):
    """A public source to read on, by its title; never an address, which would go stale."""

    title: Source
    publisher: Source


class Action(Part):
    """Something a team can do to get a dimension one level further.

    Attributes:
        title: An instruction, such as "Name an owner for each service".
        why: What it changes and which good comes of it.
        benefits: The ids of the benefits it serves.
        dimension: The id of the dimension it moves.
        to_level: The level after `from_level`: an action is one step.
        prompts: The ids of the prompts it answers, all of its own dimension; none means the whole dimension.
        weeks: How long it typically takes.
        prerequisites: The ids of actions to do before, none of them at a higher level.
        milestones: In the order of their weeks, the last within the duration.
        success: How one knows that it worked.
        evidence: What it leaves behind that can be shown at the next assessment.
        author: Who wrote it, or None when that is not recorded.
        licence: How it may be used, or None when that is not recorded.
    """

    id: ActionId
    title: Title
    summary: Summary
    why: Summary
    benefits: tuple[Id, ...] = Field(max_length=LIST_LIMIT)
    dimension: Id
    from_level: Annotated[int, Field(ge=1, le=4, strict=True)]
    to_level: Annotated[int, Field(ge=2, le=5, strict=True)]
    prompts: tuple[PromptId, ...] = Field(default=(), max_length=LIST_LIMIT)
    effort: Effort
    weeks: Weeks
    prerequisites: tuple[ActionId, ...] = Field(default=(), max_length=LIST_LIMIT)
    steps: Annotated[tuple[Example, ...], Field(min_length=3, max_length=7), AfterValidator(fits_a_section)]
    milestones: tuple[Milestone, ...] = Field(min_length=1, max_length=LIST_LIMIT)
    success: Story
    evidence: Annotated[
        tuple[Example, ...], Field(min_length=1, max_length=LIST_LIMIT), AfterValidator(fits_a_section)
    ]
    reading: tuple[Reading, ...] = Field(default=(), max_length=LIST_LIMIT)
    status: ActionStatus = ActionStatus.LOCAL
    author: Name | None = None
    licence: Name | None = None

    @property
    def step(self) -> tuple[int, int]:
        """The level it begins at and the one it leads to."""
        return self.from_level, self.to_level


class Library(Snapshot):
    """Actions in the order in which they are always shown."""

    actions: tuple[Action, ...] = ()

    @model_validator(mode="after")
    def _actions_agree(self) -> Self:
        found = breaches(self.model_dump(mode="json"))
        if found:
            raise PydanticCustomError("parts_disagree", " ".join(breach.sentence for breach in found))
        return self

    def action(self, action_id: str) -> Action:
        """Return the action with this id.

        Raises:
            UnknownAction: There is none.
        """
        try:
            return self._by_id[action_id]
        except KeyError:
            raise UnknownAction(action_id) from None

    def for_dimension(self, dimension_id: str) -> tuple[Action, ...]:
        """Return the actions of a dimension; none when it is unknown."""
        return tuple(action for action in self.actions if action.dimension == dimension_id)

    def step(self, from_level: int, to_level: int) -> tuple[Action, ...]:
        """Return the actions that lead from one level to the next; none when there is no such step."""
        return tuple(action for action in self.actions if action.step == (from_level, to_level))

    def fitted_to(self, framework: Framework) -> "Library":
        """Return what of this library another framework can use.

        Actions of dimensions it does not have are left out. From the others, references to prompts and
        benefits that it does not have are taken away, and so are prerequisites that were left out. An
        assessment keeps the framework it began with, so this is also for the library beside an older one.
        """
        prompts = {each.id: {prompt.id for prompt in each.prompts} for each in framework.dimensions}
        benefits = {each.id for each in framework.benefits}
        kept = in_order((each for each in self.actions if each.dimension in prompts), list(prompts))
        ids = {action.id for action in kept}
        return Library(
            actions=tuple(
                narrowed(action, prompts=prompts[action.dimension], benefits=benefits, ids=ids)
                for action in kept
            )
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read back what `to_json` wrote.

        Raises:
            UnreadableLibrary: The text is not a whole library.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            raise UnreadableLibrary(
                "The stored library cannot be read: it is damaged, or another version of Milepost wrote it."
            ) from None

    @cached_property
    def _by_id(self) -> Mapping[str, Action]:
        return {action.id: action for action in self.actions}


def in_order(actions: Iterable[Action], dimensions: Sequence[str]) -> tuple[Action, ...]:
    """Put actions in the order in which they are shown: by dimension, then by step, then by id.

    Args:
        actions: The actions.
        dimensions: The ids of the dimensions in their order; actions of others come last.
    """
    place = {dimension: number for number, dimension in enumerate(dimensions)}
    return tuple(
        sorted(actions, key=lambda each: (place.get(each.dimension, len(place)), each.from_level, each.id))
    )


def narrowed(action: Action, *, prompts: set[str], benefits: set[str], ids: set[str]) -> Action:
    """Take away from an action what it names that is not there."""
    return action.model_copy(
        update={
            "prompts": tuple(each for each in action.prompts if each in prompts),
            "benefits": tuple(each for each in action.benefits if each in benefits),
            "prerequisites": tuple(each for each in action.prerequisites if each in ids),
        }
    )
