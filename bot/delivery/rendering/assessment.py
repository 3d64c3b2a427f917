"""What the messages of an assessment itself say: its board, and the cards of its dimensions."""

from __future__ import annotations

from bot.delivery.rendering.rendered import Payload
from bot.delivery.rendering.rendering import Rendering
from bot.services.messages.addresses import message_address
from bot.services.messages.kinds import MessageKind
from bot.views.assessment.board import board
from bot.views.assessment.dimension_card import dimension_card
from bot.views.assessment.level_card import level_card
from model.assessment.assessment import DimensionState
from storage.unit_of_work import UnitOfWork


async def render_board(this: Rendering) -> Payload | None:
    """The board of an assessment, with links to the threads of its dimensions."""
    async with this.reading() as work:
        assessment = await work.assessments.get(this.claim.assessment_id or "")
        threads = {} if assessment is None else await _threads(work, assessment.id)
    if assessment is None:
        return None
    leads = {dimension.lead for dimension in assessment.dimensions}
    names = await this.names({*assessment.facilitators, assessment.state_changed_by, *leads})
    return board(assessment, names=names, threads=threads).payload()


async def _threads(work: UnitOfWork, assessment_id: str) -> dict[str, str]:
    """Dimension id to the address of its card, for those that are posted."""
    installation = await work.installation.get()
    if installation is None or not installation.address:
        return {}
    return {
        row.subject: message_address(installation.address, row.channel_id, row.ts)
        for row in await work.messages.of_assessment(assessment_id)
        if row.kind == MessageKind.DIMENSION and row.ts and row.subject
    }


async def render_dimension(this: Rendering) -> Payload | None:
    """The card that begins the thread of a dimension."""
    assessment = await this.assessment()
    if assessment is None:
        return None
    names = await this.names({assessment.dimension(this.subject).lead})
    return dimension_card(assessment, this.subject, names=names).payload()


async def render_level(this: Rendering) -> Payload | None:
    """The card on which the level of a dimension is confirmed."""
    assessment = await this.assessment()
    if assessment is None:
        return None
    dimension = assessment.dimension(this.subject)
    people = set(assessment.leaders(this.subject))
    if dimension.state is DimensionState.CONFIRMED and dimension.confirmation is not None:
        people.add(dimension.confirmation.by)
    return level_card(assessment, this.subject, names=await this.names(people)).payload()
