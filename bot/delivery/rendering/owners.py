"""What the direct messages about the owners of items say now."""

from __future__ import annotations

from bot.delivery.rendering.rendered import Payload
from bot.delivery.rendering.rendering import Rendering
from bot.services.messages.of_owners import OwnerNote, Told, told_anew, who_changed_owners, who_decided
from bot.services.messages.of_proposed_items import ToDecide, proposed_on, was_proposed
from bot.services.plan.gone_owners import GoneNote, items_left
from bot.services.plan.stepping import plan_history
from bot.views.block_kit.blocks import Message
from bot.views.plan.notes import decided_note, gave_item, got_item, owner_gone
from bot.views.plan.proposed_items import to_decide
from model.errors import UnknownItem
from model.plan.plan import ItemStatus, PlanItem
from model.plan.plan_in_context import Planned


async def render_owner_note(this: Rendering) -> Payload | None:
    """That an item is somebody's, or is no longer, or what was decided of what they proposed.

    Nothing, where it was given on or is told by a later note, or where they may not see the plan.
    """
    planned = await _standing(this)
    if planned is None:
        return None
    note = OwnerNote.read(this.subject)
    try:
        item = planned.plan.item(note.item_id)
    except UnknownItem:
        return None
    if not _still_so(note, item):
        return None
    database, assessment = this.desk.database, planned.assessment
    if not this.posted and await told_anew(database, this.workspace_id, assessment.id, note):
        return None
    if await this.gone(assessment.channel_id, note.person):
        return None
    message = await _owner_note(this, planned, item, note)
    return None if message is None else message.payload()


async def _owner_note(this: Rendering, planned: Planned, item: PlanItem, note: OwnerNote) -> Message | None:
    history = await plan_history(this.desk.database, this.workspace_id, planned.assessment.id, item.id)
    entry, decided = who_changed_owners(history), who_decided(history)
    names = await this.names({*item.owners, *(each.by for each in (entry, decided) if each is not None)})
    if note.told in (Told.TAKEN_IN, Told.LEFT_OUT):
        return None if decided is None else decided_note(planned, item, decided, names=names)
    if note.told is Told.GAVE:
        return gave_item(planned, item, entry, person=note.person, names=names)
    today, command = this.today(), this.sources.command
    return got_item(planned, item, entry, person=note.person, names=names, today=today, command=command)


async def render_owner_gone(this: Rendering) -> Payload | None:
    """Which items somebody left who is gone.

    Nothing, where they are back, or own nothing any more, or the facilitator is one no longer.
    """
    planned = await _standing(this)
    if planned is None:
        return None
    note = GoneNote.read(this.subject)
    items = items_left(planned, note.person)
    if not items or note.facilitator not in planned.assessment.facilitators:
        return None
    if not await this.gone(planned.assessment.channel_id, note.person):
        return None
    names = await this.names({note.person, *(owner for item in items for owner in item.owners)})
    return owner_gone(planned, items, person=note.person, names=names, today=this.today()).payload()


async def render_to_decide(this: Rendering) -> Payload | None:
    """What was proposed for a plan on a day.

    Nothing, where all was decided before it was told, or for whom it is not to decide any more.
    """
    planned = await _standing(this)
    if planned is None:
        return None
    note = ToDecide.read(this.subject)
    history = await plan_history(this.desk.database, this.workspace_id, planned.assessment.id)
    items = [
        item
        for item in planned.plan.items
        if proposed_on(item) == note.day
        and item.added_by != note.person
        and note.person in planned.assessment.leaders(item.dimension_id)
        and was_proposed(item, history)
    ]
    if not this.posted:
        items = [item for item in items if item.status is ItemStatus.PROPOSED]
    if not items or await this.gone(planned.assessment.channel_id, note.person):
        return None
    names = await this.names(
        {person for item in items for person in (*item.owners, item.added_by, item.status_by)}
    )
    today, command = this.today(), this.sources.command
    return to_decide(planned, items, day=note.day, names=names, today=today, command=command).payload()


async def _standing(this: Rendering) -> Planned | None:
    """The plan that a message is about, unless its assessment was cancelled."""
    planned = await this.planned()
    return None if planned is None or planned.ended else planned


def _still_so(note: OwnerNote, item: PlanItem) -> bool:
    """Whether what somebody is to be told is so when it is told."""
    match note.told:
        case Told.LEFT_OUT:
            return item.status is ItemStatus.DROPPED
        case Told.TAKEN_IN:
            return item.status not in (ItemStatus.PROPOSED, ItemStatus.DROPPED)
    return not item.over and (note.person in item.owners) is (note.told is Told.GOT)
