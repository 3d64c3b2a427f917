"""An assessment with what was found last time, for the messages that show both."""

from __future__ import annotations

from bot.delivery.rendering.rendering import Rendering
from bot.services.assessment.last_time import last_time
from model.assessment.assessment import Assessment
from model.assessment.last_time import LastTime


async def beside_last_time(this: Rendering) -> tuple[Assessment, LastTime | None] | None:
    """The assessment of a message and the one before it; None where the first was deleted."""
    async with this.reading() as work:
        assessment = await work.assessments.get(this.claim.assessment_id or "")
        return None if assessment is None else (assessment, await last_time(work, assessment))
