"""What waits for one person, over all the assessments that they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model.assessment.assessment import Assessment, AssessmentState, DimensionState, Mode, PromptState
from model.plan.plan import Milestone, PlanItem
from model.proposals.proposal import Proposal


@dataclass(frozen=True)
class Task:
    """One thing to look at: an assessment, or a prompt or dimension of it, and where it is in Slack."""

    assessment: Assessment
    about: str = ""
    address: str | None = None


@dataclass(frozen=True)
class DueMilestone:
    """An open milestone of somebody, with the item it belongs to and whose plan that is."""

    assessment_id: str
    item: PlanItem
    milestone: Milestone

    def overdue(self, today: date) -> bool:
        """Whether its date has passed."""
        return self.milestone.due < today


@dataclass(frozen=True)
class ProposalToSee:
    """A draft that somebody may decide about, and where the words that it copies are."""

    proposal: Proposal
    address: str | None


@dataclass(frozen=True)
class ItemToSee:
    """An item of a plan that waits for somebody to say something, and whose plan that is."""

    assessment_id: str
    item: PlanItem


@dataclass(frozen=True)
class Home:
    """Everything that one person's Home tab shows, each list in the order in which to show it.

    Attributes:
        votes: Prompts that wait for their vote.
        reveal: Prompts that everybody has voted on and that wait for them, who lead, to show the votes, or to
            settle them where there is no level to show.
        agree: Prompts with votes to agree a level from, where they lead.
        confirm: Dimensions whose level they can confirm.
        leads: Dimensions that they lead and that are not confirmed.
        under_way: Assessments under way.
        results: Assessments that were closed, the latest in front.
        milestones: Their open milestones, the one due first in front.
        proposals: Drafts in the assessments that they facilitate.
        to_decide: Items that are proposed for a plan, where they may take them in.
        to_judge: Items that are done and of which they are to say whether they worked.
    """

    votes: tuple[Task, ...] = ()
    reveal: tuple[Task, ...] = ()
    agree: tuple[Task, ...] = ()
    confirm: tuple[Task, ...] = ()
    leads: tuple[Task, ...] = ()
    under_way: tuple[Task, ...] = ()
    results: tuple[Task, ...] = ()
    milestones: tuple[DueMilestone, ...] = ()
    proposals: tuple[ProposalToSee, ...] = ()
    to_decide: tuple[ItemToSee, ...] = ()
    to_judge: tuple[ItemToSee, ...] = ()

    @property
    def waiting(self) -> bool:
        """Whether anything waits for them to do something."""
        tasks = (self.votes, self.reveal, self.agree, self.confirm)
        return any((*tasks, self.milestones, self.proposals, self.to_decide, self.to_judge))


def to_vote_on(assessment: Assessment, person: str) -> tuple[str, ...]:
    """Ids of the prompts that wait for somebody's vote; in quick mode nobody is waited for."""
    if assessment.state is not AssessmentState.RUNNING or assessment.mode is not Mode.TOGETHER:
        return ()
    asked = (each.prompt_id for each in assessment.prompts if each.state is PromptState.ASKED)
    return tuple(each for each in asked if person in assessment.waiting_for(each))


def to_reveal(assessment: Assessment, person: str) -> tuple[str, ...]:
    """Ids of the prompts that all assessors have voted on, and that somebody who leads has to reveal.

    That is so where the last of them joined by voting; see `model.assessment.voting`. It is also where the
    prompt is for none of them, and then there may be nothing to reveal; see `can_be_revealed`.
    """
    if assessment.state is not AssessmentState.RUNNING or assessment.mode is not Mode.TOGETHER:
        return ()
    return tuple(
        each.prompt_id
        for each in assessment.prompts
        if assessment.all_have_voted(each.prompt_id)
        and each.ready_at is None
        and person in assessment.leaders(assessment.dimension_of(each.prompt_id).dimension_id)
    )


def can_be_revealed(assessment: Assessment, prompt_id: str) -> bool:
    """Whether a prompt has a level to reveal, or its team can say that it is ready for the other one."""
    return bool(assessment.prompt(prompt_id).levels) or assessment.held_back(prompt_id)


def to_agree(assessment: Assessment, person: str) -> tuple[str, ...]:
    """Ids of the prompts whose votes are shown and that somebody can agree a level for."""
    if assessment.state is not AssessmentState.RUNNING:
        return ()
    revealed = [each.prompt_id for each in assessment.prompts if each.state is PromptState.REVEALED]
    return tuple(
        each for each in revealed if person in assessment.leaders(assessment.dimension_of(each).dimension_id)
    )


def to_confirm(assessment: Assessment, person: str) -> tuple[str, ...]:
    """Ids of the dimensions whose level somebody can confirm."""
    if assessment.state is not AssessmentState.RUNNING:
        return ()
    return tuple(
        each.dimension_id
        for each in assessment.dimensions
        if each.state is DimensionState.ANSWERED and person in assessment.leaders(each.dimension_id)
    )


def led_by(assessment: Assessment, person: str) -> tuple[str, ...]:
    """Ids of the dimensions that somebody leads and that are not confirmed yet."""
    return tuple(
        each.dimension_id
        for each in assessment.dimensions
        if each.lead == person and each.state is not DimensionState.CONFIRMED
    )
