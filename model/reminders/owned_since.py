"""Since when somebody has had a milestone with its present date: what came before is not owed to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from model.plan.history import PlanEntry, PlanHappened
from model.plan.plan import UNDER_WAY

_PEOPLE = frozenset({PlanHappened.OWNERS_CHANGED, PlanHappened.HANDED_OVER, PlanHappened.SPONSOR_CHANGED})


def held_since(
    since: datetime, milestone_id: str, entries: Iterable[PlanEntry], *, in_place: bool
) -> datetime:
    """The later of what milestone and owner tell, and of the last turn in the history of the item.

    A turn is when the item was taken on, be it anew, and when the milestone was reopened. For those who stand
    in for an owner it is also when the owners or the sponsor changed last.

    Args:
        since: When the milestone got its date, or the owner the item, whichever was later.
        milestone_id: The milestone.
        entries: What happened to its item.
        in_place: Whether it is about somebody who stands in because nobody owns the item.
    """
    turns = (each.at for each in entries if _is_turn(each, milestone_id, in_place))
    return max((since, *turns))


def _is_turn(entry: PlanEntry, milestone_id: str, in_place: bool) -> bool:
    if entry.what is PlanHappened.STATUS_SET:
        return entry.before not in UNDER_WAY and entry.after in UNDER_WAY
    if entry.what is PlanHappened.MILESTONE_REOPENED:
        return entry.milestone_id == milestone_id
    return in_place and entry.what in _PEOPLE
