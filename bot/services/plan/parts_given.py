"""Whoever is given a part in an item is a person, and can see its plan."""

from __future__ import annotations

from bot.services.asking import Asked
from bot.services.desk import Desk
from bot.services.recording import allowed
from model.plan.plan_in_context import Planned
from model.plan.steps import AddItem, EditItem, HandOver, PlanStep
from model.refusals import Reason, Refusal

Parts = dict[str, str]
"""Whom a step gives a part in an item, each with the field that names them first."""


def parts_given(step: PlanStep) -> Parts:
    """Whom a step gives a part."""
    match step:
        case AddItem() | EditItem():
            given = dict.fromkeys(step.owners, "owners")
            return {**given, step.sponsor: given.get(step.sponsor, "sponsor")} if step.sponsor else given
        case HandOver():
            return {step.receiver: "receiver"} if step.receiver else {}
    return {}


async def must_take_parts(desk: Desk, asked: Asked, planned: Planned, parts: Parts) -> None:
    """Check whoever has no part in the plan so far; asked before the transaction, since it may be a call.

    Raises:
        Refused: somebody is an app, or is not in the channel.
    """
    had = {person for item in planned.plan.items for person in (*item.owners, item.sponsor)}
    new = {person: field for person, field in parts.items() if person not in had}
    refusal = await _an_app(desk, asked, new) or await _outside(desk, asked, planned, new)
    allowed(refusal, planned.assessment)


async def _an_app(desk: Desk, asked: Asked, new: Parts) -> Refusal | None:
    for user, field in new.items():
        name = await desk.accounts.name_of_app(asked.workspace_id, user)
        if name is not None:
            return Refusal(Reason.NOT_A_PERSON, part=field, words=name)
    return None


async def _outside(desk: Desk, asked: Asked, planned: Planned, new: Parts) -> Refusal | None:
    channel_id = planned.assessment.channel_id
    outside = [
        person for person in new if not await desk.membership.inside(asked.workspace_id, channel_id, person)
    ]
    if not outside:
        return None
    field = new[outside[0]]
    named = tuple(person for person in outside if new[person] == field)
    return Refusal(Reason.OUTSIDE_CHANNEL, who_can=named, part=field)
