"""What the card of a suggested action says now."""

from __future__ import annotations

from bot.delivery.rendering.rendered import Payload
from bot.delivery.rendering.rendering import Rendering
from bot.services.suggestions.suggesting import suggestion_now
from bot.views.suggestions.card import suggestion_card
from model.plan.plan import Dismissal
from model.suggestions.situation import Suggestion


async def render_suggestion(this: Rendering) -> Payload | None:
    """An action, why it was suggested, and what was decided about it."""
    async with this.reading() as work:
        suggestion = await suggestion_now(
            work, this.claim.assessment_id or "", this.subject, this.desk.library
        )
    if suggestion is None:
        return None
    return suggestion_card(suggestion, names=await this.names(_people_on(suggestion))).payload()


def _people_on(suggestion: Suggestion) -> set[str]:
    settled = suggestion.settled
    if isinstance(settled, Dismissal):
        return {settled.by}
    return set() if settled is None else {settled.added_by, settled.status_by}
