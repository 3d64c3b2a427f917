"""Adding a proposal to the plan: both change in one unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.messages.of_proposals import card_of
from bot.services.messages.wanting import want_all
from bot.services.plan.stepping import new_item_id, step_within
from bot.services.proposals.stepping import Proposals, ProposalStepTaken, must_take_part, see_proposal
from model.plan.plan import ItemStatus
from model.proposals.state_machine import item_from, take_in_proposal
from model.proposals.steps import EditProposal, MarkPlanned
from model.refusals import Refusal


@dataclass(frozen=True)
class ProposalPlanned:
    """A proposal that came into the plan, and whether it waits there until a facilitator takes it up."""

    taken: ProposalStepTaken
    waits: bool


async def plan_proposal(
    uses: Proposals, asked: Asked, proposal_id: str, *, today: date, details: EditProposal | None = None
) -> ProposalPlanned | None:
    """Add a proposal to the plan, with what it lacks filled in by a form; None when handled before.

    The rules of the plan say who may: from whoever does not facilitate it arrives there as proposed.

    Raises:
        NoSuchAssessment: there is no proposal with this id.
        Refused: the rules of either do not allow it, or they are not in its channel.
    """
    seen = await see_proposal(uses, asked, proposal_id)
    await must_take_part(uses, asked, seen.assessment)
    async with uses.desk.database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return None
        before = await work.proposals.lock(proposal_id)
        if before is None:
            raise NoSuchAssessment(proposal_id)
        step = MarkPlanned(details)
        outcome = take_in_proposal(before, step, seen.assessment, by=asked.person, at=asked.at)
        if isinstance(outcome, Refusal):
            raise Refused(outcome, seen.assessment)
        item = item_from(outcome.proposal, new_item_id())
        planned = await step_within(work, asked, seen.assessment, item, today=today)
        await work.proposals.save(before, outcome.proposal, outcome.entries)
        await want_all(work, [card_of(outcome.proposal)], asked.at)
        await work.commit()
    waits = planned.after.item(item.item_id).status is ItemStatus.PROPOSED
    return ProposalPlanned(ProposalStepTaken(before, outcome.proposal, seen.assessment), waits)
