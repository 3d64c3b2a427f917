"""What is said in the notes about the owners of items, and of whom."""

from __future__ import annotations

from bot.services.messages.of_owners import who_changed_owners
from model.plan.history import PlanEntry, PlanHappened
from model.plan.plan import ItemStatus
from tests.storage.material import NOW

ADDED = PlanEntry(PlanHappened.ITEM_ADDED, "U3", NOW, "I1", after="Mend the list")
TAKEN_IN = PlanEntry(
    PlanHappened.STATUS_SET, "U1", NOW, "I1", before=ItemStatus.PROPOSED, after=ItemStatus.TO_DO
)
HANDED_OVER = PlanEntry(PlanHappened.HANDED_OVER, "U1", NOW, "I1", before="U3", after="U2", reason="On leave")
BLOCKED = PlanEntry(
    PlanHappened.STATUS_SET,
    "U2",
    NOW,
    "I1",
    before=ItemStatus.TO_DO,
    after=ItemStatus.BLOCKED,
    reason="Budget frozen",
)


def test_of_what_was_done_with_an_item_only_taking_it_in_makes_it_its_owners() -> None:
    assert who_changed_owners([ADDED, BLOCKED]) == ADDED
    assert who_changed_owners([ADDED, HANDED_OVER, BLOCKED]) == HANDED_OVER
    assert who_changed_owners([ADDED, TAKEN_IN, BLOCKED]) == TAKEN_IN
    assert who_changed_owners([]) is None
