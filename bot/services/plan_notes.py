"""Telling people, in direct messages, what becomes theirs and what no longer is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from bot.services.projection import MessageKind, key_of
from model.plan import ItemStatus, Plan, PlanItem
from model.plan_history import PlanEntry, PlanHappened
from storage.messages import WantedMessage

_GOT, _GAVE = "got", "gave"
_OWNERS_CHANGE = frozenset(
    {PlanHappened.HANDED_OVER, PlanHappened.OWNERS_CHANGED, PlanHappened.ITEM_ADDED, PlanHappened.STATUS_SET}
)


@dataclass(frozen=True)
class OwnerNote:
    """That an item became somebody's, or is theirs no longer, with the revision that made it so."""

    item_id: str
    revision: int
    person: str
    got: bool

    @property
    def subject(self) -> str:
        """As the message keeps it."""
        return f"{self.item_id}/{self.revision}/{self.person}/{_GOT if self.got else _GAVE}"

    @classmethod
    def read(cls, subject: str) -> Self:
        """Read a note back from the subject of its message."""
        item_id, revision, person, word = subject.split("/")
        return cls(item_id, int(revision), person, word == _GOT)


def owner_notes(before: Plan, after: Plan, entries: Sequence[PlanEntry], by: str) -> list[WantedMessage]:
    """The messages that a step asks for.

    Whoever takes or gives something themselves knows it, unless it was handed over: of that both are told.
    What is only proposed is nobody's yet.
    """
    handed = {entry.item_id for entry in entries if entry.what is PlanHappened.HANDED_OVER}
    old = {item.id: item for item in before.items}
    notes = []
    for item in after.items:
        then, now = _owners(old.get(item.id)), _owners(item)
        changed = [(person, True) for person in now if person not in then]
        changed += [(person, False) for person in then if person not in now]
        for person, got in changed:
            if item.over or (person == by and item.id not in handed):
                continue
            notes.append(_wanted(after, OwnerNote(item.id, item.revision, person, got)))
    return notes


def who_changed_owners(history: Sequence[PlanEntry]) -> PlanEntry | None:
    """The latest entry that gave an item its owners, or made a proposal theirs."""
    return next((entry for entry in reversed(history) if entry.what in _OWNERS_CHANGE), None)


def _owners(item: PlanItem | None) -> tuple[str, ...]:
    if item is None or item.status is ItemStatus.PROPOSED:
        return ()
    return item.owners


def _wanted(plan: Plan, note: OwnerNote) -> WantedMessage:
    return WantedMessage(
        key=key_of(MessageKind.OWNER_NOTE, plan.assessment_id, note.subject),
        kind=MessageKind.OWNER_NOTE,
        channel_id=note.person,
        assessment_id=plan.assessment_id,
        subject=note.subject,
        parent_key=None,
    )
