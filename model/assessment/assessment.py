"""The state of one assessment, as frozen data that answers questions about itself.

Rules for changing it are in `model.assessment.steps`; the arithmetic is in `model.calculation.calculator`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from model.assessment.evidence import EVIDENCE_LIMIT, LINK_LIMIT, Evidence
from model.assessment.other_side import OtherSide, SecondTeam
from model.assessment.prompt_progress import PromptProgress, PromptState, Vote
from model.assessment.roster import Participant, Role
from model.calculation.calculator import Answer, NotApplicable, Overall, Score, dimension_score, overall_score
from model.framework.framework import Framework, UnknownDimension, UnknownPrompt

__all__ = [
    "ACTIVE_STATES",
    "EVIDENCE_LIMIT",
    "FACILITATOR_LIMIT",
    "LINK_LIMIT",
    "REASON_LIMIT",
    "TITLE_LIMIT",
    "Assessment",
    "AssessmentState",
    "Confirmation",
    "DimensionProgress",
    "DimensionState",
    "Evidence",
    "Kind",
    "Mode",
    "Moderation",
    "OtherSide",
    "Participant",
    "PromptProgress",
    "PromptState",
    "Role",
    "SecondTeam",
    "Vote",
]

TITLE_LIMIT = 80
FACILITATOR_LIMIT = 10
REASON_LIMIT = 1_000


class AssessmentState(StrEnum):
    """Where an assessment is in its life."""

    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"
    CANCELLED = "cancelled"


ACTIVE_STATES = frozenset({AssessmentState.RUNNING, AssessmentState.PAUSED})


class Kind(StrEnum):
    """Who assesses: the council itself, another council, or someone independent."""

    SELF = "self"
    PEER = "peer"
    INDEPENDENT = "independent"


class Mode(StrEnum):
    """How levels come about.

    In quick mode the first press records, and anyone may change it. In together mode votes are hidden until
    they are revealed, and a facilitator agrees a level unless all votes are the same.
    """

    QUICK = "quick"
    TOGETHER = "together"


class DimensionState(StrEnum):
    """Where one dimension is; worked out from its prompts, never stored."""

    NOT_OPENED = "not_opened"
    OPEN = "open"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Confirmation:
    """The level a facilitator confirmed, and the calculated one beside it; None is not applicable."""

    level: int | None
    calculated: int | None
    reason: str
    by: str
    at: datetime

    @property
    def overridden(self) -> bool:
        """Whether the facilitator set another level than the calculated one."""
        return self.level != self.calculated


@dataclass(frozen=True)
class Moderation:
    """The level that both teams of a pair agreed on for a dimension, and why; None is not applicable."""

    level: int | None
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class DimensionProgress:
    """One dimension in scope: when it was opened, its prompts and its confirmed level.

    `lead` has the rights of a facilitator in this dimension. `moderation` stands on a second side. `reviewed`
    says that this is how a later review left it; see `model.assessment.reviewing.as_reviewed`.
    """

    dimension_id: str
    prompts: tuple[PromptProgress, ...]
    opened_by: str | None = None
    opened_at: datetime | None = None
    confirmation: Confirmation | None = None
    lead: str | None = None
    moderation: Moderation | None = None
    reviewed: bool = False

    @property
    def state(self) -> DimensionState:
        """Where it is, from its parts."""
        if self.opened_at is None:
            return DimensionState.NOT_OPENED
        if self.confirmation is not None:
            return DimensionState.CONFIRMED
        if all(prompt.answered for prompt in self.prompts):
            return DimensionState.ANSWERED
        return DimensionState.OPEN

    @property
    def answered_count(self) -> int:
        """How many prompts are agreed or not applicable."""
        return sum(prompt.answered for prompt in self.prompts)


@dataclass(frozen=True)
class Assessment:
    """One assessment in one channel, with the framework it began with, whole.

    `previous` is the id of the assessment before it in the channel, to look at beside it; a `review` looks
    again at a dimension of that one.
    `second_team` is set where a second team does it beside another assessment, and `other` is what this side
    may know of the other one, where there are two.
    """

    id: str
    channel_id: str
    title: str
    kind: Kind
    mode: Mode
    state: AssessmentState
    framework: Framework
    participants: tuple[Participant, ...]
    dimensions: tuple[DimensionProgress, ...]
    started_by: str
    started_at: datetime
    closing_date: date | None = None
    state_changed_by: str | None = None
    state_changed_at: datetime | None = None
    state_reason: str = ""
    previous: str | None = None
    review: bool = False
    second_team: SecondTeam | None = None
    other: OtherSide | None = None

    @property
    def active(self) -> bool:
        """Whether it is still under way (running or paused)."""
        return self.state in ACTIVE_STATES

    @property
    def facilitators(self) -> tuple[str, ...]:
        """Ids of the people who facilitate it now, in the order in which they came."""
        return self.people(Role.FACILITATOR)

    @property
    def assessors(self) -> tuple[str, ...]:
        """Ids of the people whose votes are waited for, in the order in which they came."""
        return self.people(Role.ASSESSOR)

    @property
    def scope(self) -> tuple[str, ...]:
        """Ids of the dimensions in scope, in the framework's order."""
        return tuple(dimension.dimension_id for dimension in self.dimensions)

    @property
    def prompts(self) -> tuple[PromptProgress, ...]:
        """Every prompt in scope, in the framework's order."""
        return tuple(prompt for dimension in self.dimensions for prompt in dimension.prompts)

    @property
    def complete(self) -> bool:
        """Whether every dimension in scope is confirmed, so that the results are final."""
        return all(dimension.state is DimensionState.CONFIRMED for dimension in self.dimensions)

    def people(self, role: Role) -> tuple[str, ...]:
        """Ids of the people on the roster who have this role and have not left."""
        return tuple(each.person for each in self.participants if each.present and each.role is role)

    def participant(self, person: str) -> Participant | None:
        """Somebody on the roster who has not left."""
        return next((each for each in self.participants if each.present and each.person == person), None)

    def leaders(self, dimension_id: str) -> tuple[str, ...]:
        """Ids of those with facilitator rights in a dimension: the facilitators, then its lead.

        Raises:
            UnknownDimension: it is not in the scope of this assessment.
        """
        lead = self.dimension(dimension_id).lead
        also = () if lead is None or lead in self.facilitators else (lead,)
        return (*self.facilitators, *also)

    def waiting_for(self, prompt_id: str) -> tuple[str, ...]:
        """Ids of the assessors who have neither voted in this round nor said that it is not for them.

        Raises:
            UnknownPrompt: no dimension in scope has it.
        """
        prompt = self.prompt(prompt_id)
        return tuple(person for person in self.assessors if prompt.vote_of(person) is None)

    def all_have_voted(self, prompt_id: str) -> bool:
        """Whether a prompt takes its first votes still, although there are assessors and none is waited for.

        Raises:
            UnknownPrompt: no dimension in scope has it.
        """
        asked = self.prompt(prompt_id).state is PromptState.ASKED
        return asked and bool(self.assessors) and not self.waiting_for(prompt_id)

    def did_not_vote(self, prompt_id: str) -> tuple[str, ...]:
        """Ids of those who were assessors when a prompt was decided, and have no vote in its last round.

        Raises:
            UnknownPrompt: no dimension in scope has it.
        """
        prompt = self.prompt(prompt_id)
        moment = prompt.decided_at
        if moment is None:
            return ()
        then = (each.person for each in self.participants if each.assessed_at(moment))
        return tuple(person for person in then if prompt.vote_of(person) is None)

    def held_back(self, prompt_id: str) -> bool:
        """Whether nothing of a prompt may be shown yet, since another team in the channel has not voted.

        Raises:
            UnknownPrompt: no dimension in scope has it.
        """
        waiting = frozenset() if self.other is None else self.other.waiting
        return not self.prompt(prompt_id).came_to_light and prompt_id in waiting

    def dimension(self, dimension_id: str) -> DimensionProgress:
        """One dimension in scope.

        Raises:
            UnknownDimension: it is not in the scope of this assessment.
        """
        for dimension in self.dimensions:
            if dimension.dimension_id == dimension_id:
                return dimension
        raise UnknownDimension(dimension_id)

    def dimension_of(self, prompt_id: str) -> DimensionProgress:
        """The dimension that holds this prompt.

        Raises:
            UnknownPrompt: no dimension in scope has it.
        """
        for dimension in self.dimensions:
            if any(prompt.prompt_id == prompt_id for prompt in dimension.prompts):
                return dimension
        raise UnknownPrompt(prompt_id)

    def prompt(self, prompt_id: str) -> PromptProgress:
        """One prompt in scope.

        Raises:
            UnknownPrompt: no dimension in scope has it.
        """
        dimension = self.dimension_of(prompt_id)
        return next(prompt for prompt in dimension.prompts if prompt.prompt_id == prompt_id)

    def with_dimension(self, changed: DimensionProgress) -> Assessment:
        """The same assessment with one dimension replaced."""
        return replace(self, dimensions=_replaced(self.dimensions, changed))

    def with_prompt(self, changed: PromptProgress) -> Assessment:
        """The same assessment with one prompt replaced."""
        dimension = self.dimension_of(changed.prompt_id)
        prompts = tuple(
            changed if prompt.prompt_id == changed.prompt_id else prompt for prompt in dimension.prompts
        )
        return self.with_dimension(replace(dimension, prompts=prompts))

    def answers(self, dimension_id: str) -> dict[str, Answer]:
        """Prompt id to answer for one dimension, as the calculator takes it."""
        return {prompt.prompt_id: prompt.answer for prompt in self.dimension(dimension_id).prompts}

    def score(self, dimension_id: str) -> Score | None:
        """The calculated score of one dimension; None when nothing counts yet."""
        return dimension_score(self.framework, dimension_id, self.answers(dimension_id))

    def dimension_level(self, dimension_id: str) -> Answer:
        """The confirmed level where there is one, else the calculated one, else None."""
        dimension = self.dimension(dimension_id)
        if dimension.confirmation is not None:
            level = dimension.confirmation.level
            return NotApplicable.NOT_APPLICABLE if level is None else level
        score = self.score(dimension_id)
        if score is not None:
            return score.level
        done = dimension.state is DimensionState.ANSWERED
        return NotApplicable.NOT_APPLICABLE if done else None

    def levels(self) -> dict[str, Answer]:
        """Dimension id to level for every dimension in scope, in the framework's order."""
        return {dimension_id: self.dimension_level(dimension_id) for dimension_id in self.scope}

    def overall(self) -> Overall | None:
        """The overall result over the levels so far; None when nothing counts yet."""
        return overall_score(self.framework, self.levels(), self.scope)


def _replaced(
    dimensions: Iterable[DimensionProgress], changed: DimensionProgress
) -> tuple[DimensionProgress, ...]:
    return tuple(
        changed if dimension.dimension_id == changed.dimension_id else dimension for dimension in dimensions
    )
