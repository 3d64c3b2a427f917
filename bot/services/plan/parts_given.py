"""Whoever is given a part in an item is a person, and can see its plan."""

from __future__ import annotations

from bot.services.asking import Asked, Refused
from bot.services.membership import Apps, Membership
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


async def must_take_parts(
    asked: Asked, planned: Planned, parts: Parts, membership: Membership, apps: Apps | None
) -> None:
    """Check whoever has no part in the plan so far; asked before the transaction, since it may be a call.

    Raises:
        Refused: somebody is an app, or is not in the channel.
    """
    had = {person for item in planned.plan.items for person in (*item.owners, item.sponsor)}
    new = {person: field for person, field in parts.items() if person not in had}
    refusal = await _an_app(asked, new, apps) or await _outside(asked, planned, new, membership)
    if refusal is not None:
        raise Refused(refusal, planned.assessment)


async def _an_app(asked: Asked, new: Parts, apps: Apps | None) -> Refusal | None:
    for user, field in new.items():
        name = None if apps is None else await apps.name_of_app(asked.workspace_id, user)
        if name is not None:
            return Refusal(Reason.NOT_A_PERSON, part=field, words=name)
    return None


async def _outside(asked: Asked, planned: Planned, new: Parts, membership: Membership) -> Refusal | None:
    channel_id = planned.assessment.channel_id
    outside = [
        person for person in new if not await membership.inside(asked.workspace_id, channel_id, person)
    ]
    if not outside:
        return None
    field = new[outside[0]]
    named = tuple(person for person in outside if new[person] == field)
    return Refusal(Reason.OUTSIDE_CHANNEL, who_can=named, part=field)
