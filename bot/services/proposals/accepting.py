"""Taking a proposal into the council's own library."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.messages.of_proposals import card_of
from bot.services.messages.wanting import want_all
from bot.services.proposals.stepping import Proposals, ProposalStepTaken, see_proposal
from model.assessment.assessment import Assessment
from model.framework.framework import Framework
from model.library.council_library import OwnAction, Provenance, fresh_id
from model.library.draft import ActionDraft, DraftFault, action_from
from model.library.library import Action, Library
from model.library.rules import title_key
from model.proposals.proposal import Proposal
from model.proposals.state_machine import take_in_proposal
from model.proposals.steps import MarkAccepted
from model.refusals import Reason, Refusal
from storage.unit_of_work import UnitOfWork


class DraftRefused(Exception):
    """What the form describes is no action; `faults` says why, by field."""

    def __init__(self, faults: tuple[DraftFault, ...]) -> None:
        super().__init__(", ".join(fault.field for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Content:
    """What the bot was started with, which an own action stands beside."""

    framework: Framework
    shipped: Library


async def accept_proposal(
    uses: Proposals, asked: Asked, proposal_id: str, draft: ActionDraft, content: Content
) -> ProposalStepTaken | None:
    """Take a proposal into the library of the workspace, as a form describes it; None when handled before.

    Raises:
        NoSuchAssessment: there is no proposal with this id.
        Refused: the rules do not allow it, or the library has an action of this title.
        DraftRefused: the form does not describe an action.
    """
    seen = await see_proposal(uses, asked, proposal_id)
    async with uses.desk.database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return None
        before = await work.proposals.lock(proposal_id)
        if before is None:
            raise NoSuchAssessment(proposal_id)
        action = await _stored(work, asked, before, seen.assessment, draft, content)
        step = MarkAccepted(action.id)
        outcome = take_in_proposal(before, step, seen.assessment, by=asked.person, at=asked.at)
        if isinstance(outcome, Refusal):
            raise Refused(outcome, seen.assessment)
        await work.proposals.save(before, outcome.proposal, outcome.entries)
        await want_all(work, [card_of(outcome.proposal)], asked.at)
        await work.commit()
    return ProposalStepTaken(before, outcome.proposal, seen.assessment)


async def _stored(
    work: UnitOfWork,
    asked: Asked,
    proposal: Proposal,
    assessment: Assessment,
    draft: ActionDraft,
    content: Content,
) -> Action:
    """Store the action, unless the proposal cannot be accepted anyway."""
    refused = why_not_accept(proposal, assessment, asked)
    if refused is not None:
        raise Refused(refused, assessment)
    standing = (*content.shipped.actions, *(own.action for own in await work.own_library.all()))
    taken_ids = {each.id for each in standing} | await work.own_library.removed_ids()
    made = action_from(draft, fresh_id(draft.title, taken_ids), content.framework)
    if isinstance(made, tuple):
        raise DraftRefused(made)
    source = proposal.source
    provenance = Provenance(
        added_at=asked.at,
        added_by=asked.person,
        proposed_by=proposal.proposed_by,
        channel_id=None if source is None else source.channel_id,
        message_ts=None if source is None else source.ts,
    )
    taken = any(title_key(each.title) == title_key(made.title) for each in standing)
    if taken or not await work.own_library.add(OwnAction(made, provenance)):
        raise Refused(Refusal(Reason.ACTION_NAMED_ALREADY, words=made.title, part="title"), assessment)
    return made


def why_not_accept(proposal: Proposal, assessment: Assessment, asked: Asked) -> Refusal | None:
    """Why a proposal cannot be taken into the library now, to say so before somebody fills in the form."""
    outcome = take_in_proposal(proposal, MarkAccepted(""), assessment, by=asked.person, at=asked.at)
    return outcome if isinstance(outcome, Refusal) else None
