"""What became of an action where it was taken on: a count of this installation's own records.

Nothing is shown before three teams took it on: fewer say nothing, and could be recognised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from model.plan.item import ItemStatus, PlanItem, Worked

LEAST_SHOWN = 3


@dataclass(frozen=True)
class TakenOn:
    """One time that an action was taken on.

    Attributes:
        level_after: The level of its dimension that was confirmed last after the item was finished; None
            when it was not looked at again.
    """

    item: PlanItem
    level_after: int | None


@dataclass(frozen=True)
class TrackRecord:
    """How often an action was taken on, and what happened.

    Attributes:
        taken: Times it was put into a plan and not left as a mere proposal.
        done: Times it was finished.
        worked: Answers to "did it work?", by answer; too early is no answer.
        looked_again: Times the dimension was confirmed anew afterwards, with a level known before.
        higher: Of these, how often its level was higher than when the action was taken on.
        lower: And how often it was lower.
    """

    taken: int
    done: int
    worked: dict[Worked, int]
    looked_again: int
    higher: int
    lower: int


def track_record(taken_on: Sequence[TakenOn]) -> TrackRecord | None:
    """Count; None while an action was taken on fewer than three times."""
    taken = [each for each in taken_on if each.item.status is not ItemStatus.PROPOSED]
    if len(taken) < LEAST_SHOWN:
        return None
    answers = [each.item.outcome.worked for each in taken if each.item.outcome is not None]
    counted = Counter(each for each in answers if each is not Worked.TOO_EARLY)
    moves = [
        each.level_after - each.item.level_when_added
        for each in taken
        if each.item.status is ItemStatus.DONE
        and each.level_after is not None
        and each.item.level_when_added is not None
    ]
    return TrackRecord(
        taken=len(taken),
        done=sum(each.item.status is ItemStatus.DONE for each in taken),
        worked={each: counted[each] for each in (Worked.YES, Worked.PARTLY, Worked.NO) if counted[each]},
        looked_again=len(moves),
        higher=sum(move > 0 for move in moves),
        lower=sum(move < 0 for move in moves),
    )
