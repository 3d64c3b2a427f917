"""Telling people, in direct messages, what becomes theirs, what no longer is, and what they proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from bot.services.messages.kinds import MessageKind
from bot.services.messages.step_in_plan import StepInPlan
from bot.services.messages.wanting import OutOfDate, to_person
from model.plan.history import PlanEntry, PlanHappened
from model.plan.plan import ItemStatus, Plan, PlanItem
from storage.database import Database
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork

_OWNERS_CHANGE = frozenset({PlanHappened.HANDED_OVER, PlanHappened.OWNERS_CHANGED, PlanHappened.ITEM_ADDED})


class Told(StrEnum):
    """What somebody is told of an item."""

    GOT = "got"
    GAVE = "gave"
    TAKEN_IN = "taken_in"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class OwnerNote:
    """What somebody is told of an item, with the revision that made it so.

    That it became theirs, or is theirs no longer; or what was decided about it, where they have proposed it.
    """

    item_id: str
    revision: int
    person: str
    told: Told

    @property
    def subject(self) -> str:
        """As the message keeps it."""
        return f"{self.item_id}/{self.revision}/{self.person}/{self.told}"

    @classmethod
    def read(cls, subject: str) -> Self:
        """Read a note back from the subject of its message."""
        item_id, revision, person, word = subject.split("/")
        return cls(item_id, int(revision), person, Told(word))


async def owner_notes(work: UnitOfWork, before: Plan, after: Plan, step: StepInPlan) -> OutOfDate:
    """The messages that a step asks for.

    Whoever takes or gives something themselves knows it, unless it was handed over: of that both are told.
    What is only proposed is nobody's yet; whoever proposed it is told what others decide about it.
    """
    by = step.by
    handed = {entry.item_id for entry in step.entries if entry.what is PlanHappened.HANDED_OVER}
    old = {item.id: item for item in before.items}
    notes = []
    for item in after.items:
        then, now = _owners(old.get(item.id)), _owners(item)
        changed = [(person, Told.GOT) for person in now if person not in then]
        changed += [(person, Told.GAVE) for person in then if person not in now]
        for person, told in changed:
            if item.over or (person == by and item.id not in handed):
                continue
            notes.append(_message(after, OwnerNote(item.id, item.revision, person, told)))
        decided = _decided(old.get(item.id), item)
        if decided is not None and item.added_by not in (by, *now):
            notes.append(_message(after, OwnerNote(item.id, item.revision, item.added_by, decided)))
    return notes


def _decided(before: PlanItem | None, after: PlanItem) -> Told | None:
    """What a step decided about a proposed item."""
    proposed = ItemStatus.PROPOSED
    if before is None or before.status is not proposed or after.status is proposed:
        return None
    return Told.LEFT_OUT if after.status is ItemStatus.DROPPED else Told.TAKEN_IN


def who_changed_owners(history: Sequence[PlanEntry]) -> PlanEntry | None:
    """The latest entry that gave an item its owners, or made a proposal theirs."""
    changes = (entry for entry in reversed(history) if entry.what in _OWNERS_CHANGE or entry.decides)
    return next(changes, None)


def who_decided(history: Sequence[PlanEntry]) -> PlanEntry | None:
    """The latest entry that took a proposed item into the plan, or left it out."""
    return next((entry for entry in reversed(history) if entry.decides), None)


async def told_anew(database: Database, workspace_id: str, assessment_id: str, note: OwnerNote) -> bool:
    """Whether a later step has them told the same of the item, so that this note would be its double."""
    async with database.reading(workspace_id) as work:
        rows = await work.messages.of_assessment(assessment_id)
    notes = [OwnerNote.read(row.subject or "") for row in rows if row.kind == MessageKind.OWNER_NOTE]
    return any(
        replace(each, revision=note.revision) == note and each.revision > note.revision for each in notes
    )


def _owners(item: PlanItem | None) -> tuple[str, ...]:
    if item is None or item.status is ItemStatus.PROPOSED:
        return ()
    return item.owners


def _message(plan: Plan, note: OwnerNote) -> WantedMessage:
    return to_person(note.person, MessageKind.OWNER_NOTE, plan.assessment_id, note.subject)
