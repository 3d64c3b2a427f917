"""Use cases of a proposal: look at it, take a step in it. One unit of work each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.desk import Desk
from bot.services.guests import only_a_guest
from bot.services.membership import NOT_INSIDE
from bot.services.messages.of_proposals import card_of, card_print, support_notice
from bot.services.messages.wanting import want_all
from model.assessment.assessment import Assessment
from model.proposals.proposal import Proposal
from model.proposals.state_machine import supported_enough, take_in_proposal
from model.proposals.steps import ProposalStep, Support
from model.refusals import Refusal
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Proposals:
    """What the use cases need besides who asks.

    Attributes:
        threshold: With how many supporters the facilitators are told.
    """

    desk: Desk
    threshold: int


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


async def see_proposal(uses: Proposals, asked: Asked, proposal_id: str) -> ProposalSeen:
    """One proposal as it is now, for somebody in its channel.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
        Refused: they are not in its channel.
    """
    async with uses.desk.database.reading(asked.workspace_id) as work:
        proposal = await work.proposals.get(proposal_id)
        assessment = None if proposal is None else await work.assessments.get(proposal.assessment_id)
    if proposal is None or assessment is None:
        raise NoSuchAssessment(proposal_id)
    if not await uses.desk.membership.inside(asked.workspace_id, assessment.channel_id, asked.person):
        raise Refused(NOT_INSIDE, assessment)
    return ProposalSeen(proposal, assessment)


async def must_take_part(uses: Proposals, asked: Asked, assessment: Assessment) -> None:
    """Refuse whoever is not in the channel, and guests who take no part.

    Asked before the transaction, since it may be a call to Slack.

    Raises:
        Refused: they may not.
    """
    if not await uses.desk.membership.inside(asked.workspace_id, assessment.channel_id, asked.person):
        raise Refused(NOT_INSIDE, assessment)
    refusal = await only_a_guest(uses.desk, asked, assessment)
    if refusal is not None:
        raise Refused(refusal, assessment)


async def take_proposal_step(
    uses: Proposals, asked: Asked, proposal_id: str, step: ProposalStep
) -> ProposalStepTaken | None:
    """Take one step in a proposal; None when this delivery was handled before.

    Raises:
        NoSuchAssessment: there is no proposal with this id.
        Refused: the rules do not allow it, or they are not in its channel.
    """
    seen = await see_proposal(uses, asked, proposal_id)
    if isinstance(step, Support):
        await must_take_part(uses, asked, seen.assessment)
    return await _take(uses, asked, seen, step)


async def note_of_message(
    uses: Proposals, asked: Asked, channel_id: str, ts: str, step: ProposalStep
) -> ProposalStepTaken | None:
    """Note what Slack tells of the message of a proposal, if there is one.

    Raises:
        Refused: it is nothing new.
    """
    async with uses.desk.database.reading(asked.workspace_id) as work:
        proposal = await work.proposals.of_message(channel_id, ts)
        assessment = None if proposal is None else await work.assessments.get(proposal.assessment_id)
    if proposal is None or assessment is None:
        return None
    return await _take(uses, asked, ProposalSeen(proposal, assessment), step)


async def _take(
    uses: Proposals, asked: Asked, seen: ProposalSeen, step: ProposalStep
) -> ProposalStepTaken | None:
    async with uses.desk.database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return None
        before = await work.proposals.lock(seen.proposal.id)
        if before is None:
            raise NoSuchAssessment(seen.assessment.id)
        taken = await save_proposal_step(work, asked, before, seen.assessment, step)
        taken = await want_proposal_changes(work, uses, asked, taken)
        await work.commit()
    return taken


async def save_proposal_step(
    work: UnitOfWork, asked: Asked, before: Proposal, assessment: Assessment, step: ProposalStep
) -> ProposalStepTaken:
    """Take a step in a locked proposal and save what came of it.

    Raises:
        Refused: the rules do not allow it.
    """
    outcome = take_in_proposal(before, step, assessment, by=asked.person, at=asked.at)
    if isinstance(outcome, Refusal):
        raise Refused(outcome, assessment)
    await work.proposals.save(before, outcome.proposal, outcome.entries)
    return ProposalStepTaken(before, outcome.proposal, assessment)


async def want_proposal_changes(
    work: UnitOfWork, uses: Proposals, asked: Asked, taken: ProposalStepTaken
) -> ProposalStepTaken:
    """Want what is out of date, and tell the facilitators once there is support enough."""
    before, after = taken.before, taken.after
    if supported_enough(after, uses.threshold):
        told = replace(after, told_at=asked.at)
        await work.proposals.save(after, told, ())
        await want_all(work, [support_notice(told, each) for each in taken.assessment.facilitators], asked.at)
        after = told
    if before is None or card_print(before) != card_print(after):
        await want_all(work, [card_of(after)], asked.at)
    return replace(taken, after=after)


def why_not(seen: ProposalSeen, asked: Asked, step: ProposalStep) -> Refusal | None:
    """Why a step would be refused now, to say so before somebody fills in a form for it."""
    outcome = take_in_proposal(seen.proposal, step, seen.assessment, by=asked.person, at=asked.at)
    return outcome if isinstance(outcome, Refusal) else None
