"""The cards of proposals, which end with their assessment when it is cancelled."""

from __future__ import annotations

from bot.services.projection import MessageKind
from model.assessment import Assessment, AssessmentState
from storage.unit_of_work import UnitOfWork


async def cards_ended(work: UnitOfWork, before: Assessment, after: Assessment) -> list[str]:
    """The keys of the cards that say something else once an assessment is cancelled: all of them."""
    if after.state is not AssessmentState.CANCELLED or before.state is AssessmentState.CANCELLED:
        return []
    rows = await work.messages.of_assessment(after.id)
    return [each.key for each in rows if each.kind == MessageKind.PROPOSAL]
