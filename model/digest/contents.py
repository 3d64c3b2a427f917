"""What the weekly digest of a channel says: of every plan in it, and of what waits there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from model.assessment.assessment import Assessment, AssessmentState, DimensionState, Mode, PromptState
from model.plan.item import by_date
from model.plan.plan import ItemStatus, Milestone, MilestoneState, Plan, PlanItem
from model.proposals.proposal import Proposal

LOOKS_AHEAD = timedelta(days=14)
_E = TypeVar("_E")


@dataclass(frozen=True)
class Told:
    """What a digest tells of: an assessment of its channel, and all that was planned and proposed in it.

    Attributes:
        plan: Its plan; None while nothing was ever planned.
        drafts: The proposals about which nothing was decided.
        handed_over: The milestones of which the owners were reminded often enough.
    """

    assessment: Assessment
    plan: Plan | None = None
    drafts: tuple[Proposal, ...] = ()
    handed_over: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finished:
    """An item that is done as a whole."""

    assessment: Assessment
    item: PlanItem


@dataclass(frozen=True)
class Dated:
    """A milestone with its item."""

    assessment: Assessment
    item: PlanItem
    milestone: Milestone
    handed_over: bool = False


@dataclass(frozen=True)
class Proposed:
    """What somebody proposed, in the plan or beside it, and nobody has decided about."""

    assessment: Assessment
    title: str
    by: str


@dataclass(frozen=True)
class Waiting:
    """A question that waits for so many votes; None in quick mode, for an answer, whoever's."""

    assessment: Assessment
    question: str
    votes: int | None


@dataclass(frozen=True)
class Unsettled:
    """A level that a facilitator is to settle: to agree that of a question, or to confirm a dimension's."""

    assessment: Assessment
    about: str
    confirm: bool


Entry = Finished | Dated | Proposed | Waiting | Unsettled


@dataclass(frozen=True)
class Digest:
    """What a digest says, each list in the order in which it is shown."""

    done_items: tuple[Finished, ...] = ()
    done: tuple[Dated, ...] = ()
    overdue: tuple[Dated, ...] = ()
    due: tuple[Dated, ...] = ()
    proposed: tuple[Proposed, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything in it."""
        dated = (*self.done, *self.overdue, *self.due)
        return (*self.done_items, *dated, *self.proposed, *self.waiting, *self.unsettled)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self.entries

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """The assessments of which it says something, the one started first in front."""
        found = {each.assessment.id: each.assessment for each in self.entries}
        return tuple(sorted(found.values(), key=lambda each: (each.started_at, each.id)))

    @property
    def people(self) -> frozenset[str]:
        """Everybody whom it names."""
        owners = {person for each in (*self.overdue, *self.due) for person in each.item.owners}
        return frozenset(owners | {each.by for each in self.proposed})


def digest_of(told: Sequence[Told], *, since: datetime, today: date) -> Digest:
    """Put the digest of a channel together.

    Args:
        told: What it tells of, the assessment started first in front.
        since: When the last digest was made.
        today: The date where the council is.
    """
    coming = sorted((found for each in told for found in _coming(each)), key=_by_date)
    return Digest(
        done_items=_all(told, lambda each: _finished(each, since)),
        done=_all(told, lambda each: _done(each, since)),
        overdue=tuple(each for each in coming if each.milestone.due < today),
        due=tuple(each for each in coming if today <= each.milestone.due <= today + LOOKS_AHEAD),
        proposed=_all(told, _proposed),
        waiting=_all(told, _waiting),
        unsettled=_all(told, _unsettled),
    )


def _all(told: Sequence[Told], of: Callable[[Told], Iterable[_E]]) -> tuple[_E, ...]:
    return tuple(found for each in told for found in of(each))


def _items(told: Told) -> tuple[PlanItem, ...]:
    return () if told.plan is None else told.plan.items


def _finished(told: Told, since: datetime) -> list[Finished]:
    return [Finished(told.assessment, item) for item in _items(told) if _finished_after(item, since)]


def _finished_after(item: PlanItem, since: datetime) -> bool:
    return item.status is ItemStatus.DONE and item.finished_at is not None and item.finished_at > since


def _done(told: Told, since: datetime) -> list[Dated]:
    return [
        Dated(told.assessment, item, each)
        for item in _items(told)
        if not _finished_after(item, since)
        for each in item.milestones
        if each.state is MilestoneState.DONE and each.settled_at is not None and each.settled_at > since
    ]


def _coming(told: Told) -> list[Dated]:
    milestones = () if told.plan is None else told.plan.milestones
    return [Dated(told.assessment, item, each, each.id in told.handed_over) for item, each in milestones]


def _by_date(dated: Dated) -> tuple[date, str]:
    return by_date(dated.milestone)


def _proposed(told: Told) -> list[Proposed]:
    items = [each for each in _items(told) if each.status is ItemStatus.PROPOSED]
    return [
        *(Proposed(told.assessment, each.title, each.added_by) for each in items),
        *(Proposed(told.assessment, each.title, each.proposed_by) for each in told.drafts),
    ]


def _waiting(told: Told) -> list[Waiting]:
    assessment, found = told.assessment, []
    for prompt_id in _prompts(assessment, PromptState.ASKED):
        votes = len(assessment.waiting_for(prompt_id)) if assessment.mode is Mode.TOGETHER else None
        if votes != 0:
            found.append(Waiting(assessment, assessment.framework.prompt(prompt_id).question, votes))
    return found


def _unsettled(told: Told) -> list[Unsettled]:
    assessment = told.assessment
    framework = assessment.framework
    revealed = [framework.prompt(each).question for each in _prompts(assessment, PromptState.REVEALED)]
    answered = [
        framework.dimension(each.dimension_id).name
        for each in assessment.dimensions
        if assessment.state is AssessmentState.RUNNING and each.state is DimensionState.ANSWERED
    ]
    return [
        *(Unsettled(assessment, each, confirm=False) for each in revealed),
        *(Unsettled(assessment, each, confirm=True) for each in answered),
    ]


def _prompts(assessment: Assessment, state: PromptState) -> list[str]:
    """The prompts in a state, of an assessment that is running: nothing waits in a pause."""
    if assessment.state is not AssessmentState.RUNNING:
        return []
    return [each.prompt_id for each in assessment.prompts if each.state is state]
