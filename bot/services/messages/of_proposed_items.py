"""Telling whoever decides about it what is proposed for a plan, in a direct message a day and on its card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Self

from bot.services.messages.kinds import MessageKind
from bot.services.messages.of_proposals import card_of
from bot.services.messages.step_in_plan import StepInPlan
from bot.services.messages.wanting import OutOfDate, to_person, wanted_before
from model.plan.history import PlanEntry
from model.plan.plan import ItemStatus, Plan, PlanItem
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ToDecide:
    """What was proposed on a day, for one of those who decide: it is one message, edited as more comes."""

    person: str
    day: date

    @property
    def subject(self) -> str:
        """As the message keeps it."""
        return f"{self.person}/{self.day.isoformat()}"

    @classmethod
    def read(cls, subject: str) -> Self:
        """Read it back from the subject of its message."""
        person, day = subject.split("/")
        return cls(person, date.fromisoformat(day))


def proposed_on(item: PlanItem) -> date:
    """The day that an item is told of under; the same for everybody, wherever they are."""
    return item.added_at.astimezone(UTC).date()


def was_proposed(item: PlanItem, history: Sequence[PlanEntry]) -> bool:
    """Whether an item is or was only proposed."""
    return item.status is ItemStatus.PROPOSED or any(
        entry.item_id == item.id and entry.decides for entry in history
    )


async def proposal_notes(work: UnitOfWork, before: Plan, after: Plan, step: StepInPlan) -> OutOfDate:
    """The messages that a step asks for: of what is newly proposed, and those that say what became of it.

    Whoever proposes something knows it.
    """
    old = {item.id: item for item in before.items}
    wanted: list[WantedMessage] = []
    for item in after.items:
        was = old.get(item.id)
        if item == was:
            continue
        stood = was is not None and was.status is ItemStatus.PROPOSED
        notes = [
            _message(after, ToDecide(person, proposed_on(item)))
            for person in step.assessment.leaders(item.dimension_id)
            if stood or person != step.by
        ]
        if stood:
            wanted += await wanted_before(work, notes)
        elif item.status is ItemStatus.PROPOSED:
            wanted += notes
    return list({each.key: each for each in wanted}.values())


async def proposal_cards(work: UnitOfWork, before: Plan, after: Plan, step: StepInPlan) -> OutOfDate:
    """The cards of the proposals that items were made from, where they say something else now."""
    old = {item.id: _decided(item) for item in before.items}
    wanted = []
    for item in after.items:
        if item.proposal_id is None or item.id not in old or old[item.id] == _decided(item):
            continue
        proposal = await work.proposals.get(item.proposal_id)
        if proposal is not None:
            wanted.append(card_of(proposal))
    return wanted


def _decided(item: PlanItem) -> object:
    """What a card says of an item."""
    if item.status is ItemStatus.DROPPED:
        return item.status, item.status_reason, item.status_by, item.status_at
    return item.status is ItemStatus.PROPOSED


def _message(plan: Plan, note: ToDecide) -> WantedMessage:
    return to_person(note.person, MessageKind.TO_DECIDE, plan.assessment_id, note.subject)
