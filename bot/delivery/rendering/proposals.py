"""What the messages about proposals say now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.delivery.slack.people import People
from bot.delivery.slack.slack import Slack
from bot.services.messages.addresses import message_address
from bot.services.messages.kinds import MessageKind
from bot.services.messages.of_proposals import card_of
from bot.services.proposals.stepping import ProposalSeen
from bot.views.proposals.card import proposal_card
from bot.views.proposals.receipts import support_notice
from bot.views.proposals.words import people_of
from model.assessment.assessment import AssessmentState
from model.plan.plan import PlanItem
from storage.database import Database
from storage.messages.claims import Claim


@dataclass(frozen=True)
class ProposalRenderer:
    """Renders the cards of proposals, and what facilitators are told of them; None where there is nothing.

    Attributes:
        emoji: The name of the emoji that proposes.
    """

    database: Database
    people: People
    emoji: str

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any] | None:
        """What the message of this claim should say now."""
        async with self.database.reading(claim.workspace_id) as work:
            proposal = await work.proposals.get(claim.subject or "")
            assessment = None if proposal is None else await work.assessments.get(proposal.assessment_id)
            if proposal is None or assessment is None:
                return None
            installation = await work.installation.get()
            card = await work.messages.get(card_of(proposal).key)
            plan = await work.plans.get(await work.assessments.planned_in(assessment.id))
        address = None if installation is None else installation.address or None
        if claim.kind == MessageKind.PROPOSAL:
            item = None if plan is None else plan.item_made_from(proposal.id)
            return await self._card(claim, slack, ProposalSeen(proposal, assessment), item, address)
        if not proposal.draft or assessment.state is AssessmentState.CANCELLED:
            return None
        names = await self.people.names(slack, claim.workspace_id, people_of(proposal))
        where = None
        if address is not None and card is not None and card.ts is not None:
            where = message_address(address, card.channel_id, card.ts)
        return support_notice(assessment.framework, proposal, names=names, address=where).payload()

    async def _card(
        self, claim: Claim, slack: Slack, seen: ProposalSeen, item: PlanItem | None, address: str | None
    ) -> dict[str, Any]:
        proposal = seen.proposal
        people = people_of(proposal) | ({item.status_by} if item is not None else set())
        names = await self.people.names(slack, claim.workspace_id, people)
        source = proposal.source
        where = None
        if source is not None and address is not None:
            where = message_address(address, source.channel_id, source.ts)
        card = proposal_card(
            seen.assessment.framework,
            proposal,
            names=names,
            address=where,
            emoji=self.emoji,
            item=item,
            ended=seen.assessment.state is AssessmentState.CANCELLED,
        )
        return card.payload()
