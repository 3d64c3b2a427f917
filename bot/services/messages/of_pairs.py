"""The two sides of a pair in the database, and the messages that put them beside each other."""

from __future__ import annotations

from bot.services.messages.of_assessments import comparison_messages
from bot.services.messages.wanting import wanted_before
from model.second_team.comparison import compare
from model.second_team.pair import Pair
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork


async def comparisons_out_of_date(
    work: UnitOfWork, before: Pair | None, after: Pair | None
) -> list[WantedMessage]:
    """The comparison in either channel, where a change makes it due or different.

    It is due when both sides are complete. Once posted it keeps up with whatever changes, so that it says too
    when one of the two was cancelled.
    """
    pair = after or before
    if pair is None:
        return []
    messages = comparison_messages(pair)
    if after is not None and after.complete and not (before is not None and before.complete):
        return messages
    if before is not None and after is not None and compare(before) == compare(after):
        return []
    return await wanted_before(work, messages)
