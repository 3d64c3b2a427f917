"""Adding a proposal to the plan: both change in one unit of work."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.asking import Asked
from bot.services.assessment.finding import must_take_part
from bot.services.desk import Desk
from bot.services.messages.of_proposals import card_of
from bot.services.messages.wanting import want_all
from bot.services.plan.stepping import new_item_id, step_within
from bot.services.proposals.stepping import (
    ProposalStepTaken,
    locked_proposal,
    save_proposal_step,
    see_proposal,
)
from bot.services.recording import record_once
from model.plan.plan import ItemStatus
from model.proposals.state_machine import item_from
from model.proposals.steps import EditProposal, MarkPlanned
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ProposalPlanned:
    """A proposal that came into the plan, and whether it waits there until a facilitator takes it up."""

    taken: ProposalStepTaken
    waits: bool


async def plan_proposal(
    desk: Desk, asked: Asked, proposal_id: str, details: EditProposal | None = None
) -> ProposalPlanned | None:
    """Add a proposal to the plan, with what it lacks filled in by a form; None when handled before.

    The rules of the plan say who may: from whoever does not facilitate it arrives there as proposed.

    Raises:
        NoSuchAssessment: there is no proposal with this id.
        Refused: the rules of either do not allow it, or they are not in its channel.
    """
    seen = await see_proposal(desk, asked, proposal_id)
    await must_take_part(desk, asked, seen.assessment.id)

    async def plan(work: UnitOfWork) -> ProposalPlanned:
        before = await locked_proposal(work, proposal_id)
        taken = await save_proposal_step(work, asked, before, MarkPlanned(details))
        item = item_from(taken.after, new_item_id())
        planned = await step_within(work, asked, before.assessment, item, today=desk.today(asked.at))
        await want_all(work, [card_of(taken.after)], asked.at)
        return ProposalPlanned(taken, planned.after.item(item.item_id).status is ItemStatus.PROPOSED)

    return await record_once(desk.database, asked, plan)
