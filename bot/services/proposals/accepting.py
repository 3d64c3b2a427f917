"""Taking a proposal into the council's own library."""

from __future__ import annotations

from bot.services.asking import Asked, Refused
from bot.services.desk import Desk
from bot.services.messages.of_proposals import card_of
from bot.services.messages.wanting import want_all
from bot.services.proposals.stepping import (
    ProposalSeen,
    ProposalStepTaken,
    locked_proposal,
    save_proposal_step,
    see_proposal,
    why_not,
)
from bot.services.recording import allowed, record_once
from model.library.council_library import OwnAction, Provenance, fresh_id
from model.library.draft import ActionDraft, DraftFault, action_from
from model.library.library import Action
from model.library.rules import title_key
from model.proposals.steps import MarkAccepted
from model.refusals import Reason, Refusal
from storage.unit_of_work import UnitOfWork


class DraftRefused(Exception):
    """What the form describes is no action; `faults` says why, by field."""

    def __init__(self, faults: tuple[DraftFault, ...]) -> None:
        super().__init__(", ".join(fault.field for fault in faults))
        self.faults = faults


async def accept_proposal(
    desk: Desk, asked: Asked, proposal_id: str, draft: ActionDraft
) -> ProposalStepTaken | None:
    """Take a proposal into the library of the workspace, as a form describes it; None when handled before.

    Raises:
        NoSuchAssessment: there is no proposal with this id.
        Refused: the rules do not allow it, or the library has an action of this title.
        DraftRefused: the form does not describe an action.
    """
    await see_proposal(desk, asked, proposal_id)

    async def accept(work: UnitOfWork) -> ProposalStepTaken:
        before = await locked_proposal(work, proposal_id)
        allowed(why_not_accept(before, asked), before.assessment)
        action = await _stored(work, desk, asked, before, draft)
        taken = await save_proposal_step(work, asked, before, MarkAccepted(action.id))
        await want_all(work, [card_of(taken.after)], asked.at)
        return taken

    return await record_once(desk.database, asked, accept)


async def _stored(
    work: UnitOfWork, desk: Desk, asked: Asked, seen: ProposalSeen, draft: ActionDraft
) -> Action:
    """Store the action that a proposal becomes."""
    standing = (*desk.library.actions, *(own.action for own in await work.own_library.all()))
    taken_ids = {each.id for each in standing} | await work.own_library.removed_ids()
    made = action_from(draft, fresh_id(draft.title, taken_ids), desk.framework)
    if isinstance(made, tuple):
        raise DraftRefused(made)
    source = seen.proposal.source
    provenance = Provenance(
        added_at=asked.at,
        added_by=asked.person,
        proposed_by=seen.proposal.proposed_by,
        channel_id=None if source is None else source.channel_id,
        message_ts=None if source is None else source.ts,
    )
    taken = any(title_key(each.title) == title_key(made.title) for each in standing)
    if taken or not await work.own_library.add(OwnAction(made, provenance)):
        raise Refused(Refusal(Reason.ACTION_NAMED_ALREADY, words=made.title, part="title"), seen.assessment)
    return made


def why_not_accept(seen: ProposalSeen, asked: Asked) -> Refusal | None:
    """Why a proposal cannot be taken into the library now, to say so before somebody fills in the form."""
    return why_not(seen, asked, MarkAccepted(""))
