"""Guests of the workspace read along, as observers do, unless they are on the roster."""

from __future__ import annotations

from bot.services.asking import Asked
from bot.services.desk import Desk
from model.assessment.assessment import Assessment
from model.plan.steps import AddItem, Dismiss, PlanStep, SetCapacity, TakeBackDismissal
from model.refusals import Reason, Refusal


async def only_a_guest(desk: Desk, asked: Asked, assessment: Assessment) -> Refusal | None:
    """Refuse guests who are not on the roster; asked before a transaction, since it may be a call."""
    if assessment.participant(asked.person) is not None:
        return None
    if not await desk.guests.guest(asked.workspace_id, asked.person):
        return None
    return Refusal(Reason.GUESTS_READ, who_can=assessment.facilitators)


def open_to_all(step: PlanStep) -> bool:
    """Whether a step in a plan is for everybody who takes part; the others say themselves whose they are."""
    return isinstance(step, AddItem | Dismiss | TakeBackDismissal | SetCapacity)
