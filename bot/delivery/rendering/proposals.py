"""What the messages about proposals say now."""

from __future__ import annotations

from dataclasses import dataclass

from bot.delivery.rendering.rendered import Payload
from bot.delivery.rendering.rendering import Rendering
from bot.services.messages.addresses import message_address
from bot.services.messages.of_proposals import card_of
from bot.views.proposals.card import proposal_card
from bot.views.proposals.receipts import support_notice
from bot.views.proposals.words import people_of
from model.assessment.assessment import Assessment, AssessmentState
from model.plan.plan import PlanItem
from model.proposals.proposal import Proposal
from storage.messages.messages import MessageRow


@dataclass(frozen=True)
class _Seen:
    """A proposal where it stands.

    Attributes:
        item: What was made of it in the plan.
        card: Its message in Slack.
        workspace_address: For example `https://saltmarsh.slack.com/`, where Slack has told it.
    """

    proposal: Proposal
    assessment: Assessment
    item: PlanItem | None
    card: MessageRow | None
    workspace_address: str | None

    @property
    def ended(self) -> bool:
        """Whether its assessment was cancelled."""
        return self.assessment.state is AssessmentState.CANCELLED

    def address(self, channel_id: str, ts: str | None) -> str | None:
        """The address of a message in Slack, where it can be told."""
        if self.workspace_address is None or ts is None:
            return None
        return message_address(self.workspace_address, channel_id, ts)


async def render_proposal(this: Rendering) -> Payload | None:
    """The card of a proposal, with the message that it was made from."""
    seen = await _see(this)
    if seen is None:
        return None
    item, source = seen.item, seen.proposal.source
    names = await this.names(people_of(seen.proposal) | ({item.status_by} if item is not None else set()))
    return proposal_card(
        seen.assessment.framework,
        seen.proposal,
        names=names,
        address=None if source is None else seen.address(source.channel_id, source.ts),
        emoji=this.sources.emoji,
        item=item,
        ended=seen.ended,
    ).payload()


async def render_proposal_notice(this: Rendering) -> Payload | None:
    """That a proposal has support enough, for a facilitator; nothing once it is no draft any more."""
    seen = await _see(this)
    if seen is None or seen.ended or not seen.proposal.draft:
        return None
    proposal, card = seen.proposal, seen.card
    names = await this.names(people_of(proposal))
    address = None if card is None else seen.address(card.channel_id, card.ts)
    return support_notice(seen.assessment.framework, proposal, names=names, address=address).payload()


async def _see(this: Rendering) -> _Seen | None:
    """The proposal that a message is about; None where it is no more."""
    async with this.reading() as work:
        proposal = await work.proposals.get(this.subject)
        assessment = None if proposal is None else await work.assessments.get(proposal.assessment_id)
        if proposal is None or assessment is None:
            return None
        installation = await work.installation.get()
        card = await work.messages.get(card_of(proposal).key)
        plan = await work.plans.get(await work.assessments.planned_in(assessment.id))
    item = None if plan is None else plan.item_made_from(proposal.id)
    address = None if installation is None else installation.address or None
    return _Seen(proposal, assessment, item, card, address)
