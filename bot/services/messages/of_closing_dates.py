"""The direct messages about a closing date, kept in line with it."""

from __future__ import annotations

from bot.services.messages.kinds import MessageKind
from model.assessment.assessment import Assessment
from storage.unit_of_work import UnitOfWork


async def letters_changed(work: UnitOfWork, before: Assessment, after: Assessment) -> list[str]:
    """Keys of the messages that say something else once the closing date is another.

    These are all there are, of whatever date: each says which is the date now.
    """
    if before.closing_date == after.closing_date:
        return []
    messages = await work.messages.of_assessment(after.id)
    return [each.key for each in messages if each.kind == MessageKind.CLOSING]
