"""The direct messages about a closing date, kept in line with it."""

from __future__ import annotations

from bot.services.messages.kinds import MessageKind
from bot.services.messages.wanting import OutOfDate, Redraw
from model.assessment.assessment import Assessment
from storage.unit_of_work import UnitOfWork


async def letters_changed(work: UnitOfWork, before: Assessment, after: Assessment) -> OutOfDate:
    """The messages that say something else once the closing date is another.

    These are all there are, of whatever date: each says which is the date now.
    """
    if before.closing_date == after.closing_date:
        return []
    messages = await work.messages.of_assessment(after.id)
    return [Redraw(each.key) for each in messages if each.kind == MessageKind.CLOSING]
