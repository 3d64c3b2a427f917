"""Use cases of a proposal: look at it, take a step in it. One unit of work each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.services.asking import Asked, NoSuchAssessment
from bot.services.assessment.finding import must_be_in_channel, must_take_part
from bot.services.desk import Desk
from bot.services.messages.watchers import want_proposal_changes
from bot.services.recording import allowed, existing, record_once
from model.assessment.assessment import Assessment
from model.proposals.proposal import Proposal
from model.proposals.state_machine import supported_enough, take_in_proposal
from model.proposals.steps import ProposalStep, ProposalTaken, Support
from model.refusals import Refusal
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ProposalSeen:
    """A proposal and the assessment that it belongs to."""

    proposal: Proposal
    assessment: Assessment


@dataclass(frozen=True)
class ProposalStepTaken:
    """A proposal before and after a step; there is none before it was made."""

    before: Proposal | None
    after: Proposal
    assessment: Assessment


async def see_proposal(desk: Desk, asked: Asked, proposal_id: str) -> ProposalSeen:
    """One proposal as it is now, for somebody in its channel.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
        Refused: they are not in its channel.
    """
    async with desk.database.reading(asked.workspace_id) as work:
        proposal = await work.proposals.get(proposal_id)
        if proposal is None:
            raise NoSuchAssessment(proposal_id)
        assessment = await existing(work, proposal.assessment_id)
    await must_be_in_channel(desk, asked, assessment.channel_id)
    return ProposalSeen(proposal, assessment)


async def take_proposal_step(
    desk: Desk, asked: Asked, proposal_id: str, step: ProposalStep
) -> ProposalStepTaken | None:
    """Take one step in a proposal; None when this delivery was handled before.

    Raises:
        NoSuchAssessment: there is no proposal with this id.
        Refused: the rules do not allow it, or they are not in its channel.
    """
    seen = await see_proposal(desk, asked, proposal_id)
    if isinstance(step, Support):
        await must_take_part(desk, asked, seen.assessment.id)
    return await _take(desk, asked, proposal_id, step)


async def note_of_message(
    desk: Desk, asked: Asked, place: tuple[str, str], step: ProposalStep
) -> ProposalStepTaken | None:
    """Note what Slack tells of the message at a place, channel and timestamp, where it was proposed.

    Raises:
        Refused: it is nothing new.
    """
    async with desk.database.reading(asked.workspace_id) as work:
        proposal = await work.proposals.of_message(*place)
    return None if proposal is None else await _take(desk, asked, proposal.id, step)


async def _take(desk: Desk, asked: Asked, proposal_id: str, step: ProposalStep) -> ProposalStepTaken | None:
    async def change(work: UnitOfWork) -> ProposalStepTaken:
        taken = await save_proposal_step(work, asked, await locked_proposal(work, proposal_id), step)
        return await want_and_tell(work, desk, asked, taken)

    return await record_once(desk.database, asked, change)


async def locked_proposal(work: UnitOfWork, proposal_id: str) -> ProposalSeen:
    """A proposal that changes in this unit of work, with its assessment, which decides who may do what.

    Raises:
        NoSuchAssessment: there is no proposal with this id.
    """
    proposal = await work.proposals.lock(proposal_id)
    if proposal is None:
        raise NoSuchAssessment(proposal_id)
    return ProposalSeen(proposal, await existing(work, proposal.assessment_id))


async def save_proposal_step(
    work: UnitOfWork, asked: Asked, before: ProposalSeen, step: ProposalStep
) -> ProposalStepTaken:
    """Take a step in a locked proposal and save what came of it.

    Raises:
        Refused: the rules do not allow it.
    """
    outcome = allowed(outcome_of(before, asked, step), before.assessment)
    await work.proposals.save(before.proposal, outcome.proposal, outcome.entries)
    return ProposalStepTaken(before.proposal, outcome.proposal, before.assessment)


async def want_and_tell(
    work: UnitOfWork, desk: Desk, asked: Asked, taken: ProposalStepTaken
) -> ProposalStepTaken:
    """Want what is out of date, and tell the facilitators once there is support enough."""
    after = taken.after
    if supported_enough(after, desk.rules.support_threshold):
        after = replace(after, told_at=asked.at)
        await work.proposals.save(taken.after, after, ())
    await want_proposal_changes(work, taken.before, after, taken.assessment, asked.at)
    return replace(taken, after=after)


def why_not(seen: ProposalSeen, asked: Asked, step: ProposalStep) -> Refusal | None:
    """Why a step would be refused now, to say so before somebody fills in a form for it."""
    outcome = outcome_of(seen, asked, step)
    return outcome if isinstance(outcome, Refusal) else None


def outcome_of(seen: ProposalSeen, asked: Asked, step: ProposalStep) -> ProposalTaken | Refusal:
    """What the rules make of a step in a proposal as it was seen."""
    return take_in_proposal(seen.proposal, step, seen.assessment, by=asked.person, at=asked.at)
