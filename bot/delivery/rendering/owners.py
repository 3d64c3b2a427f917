"""What the direct messages about the owners of items say now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.delivery.slack.people import People
from bot.delivery.slack.presence import Presence
from bot.delivery.slack.slack import Slack
from bot.services.asking import NoSuchAssessment
from bot.services.messages.kinds import MessageKind
from bot.services.messages.of_owners import OwnerNote, Told, told_anew, who_changed_owners, who_decided
from bot.services.messages.of_proposed_items import ToDecide, proposed_on, was_proposed
from bot.services.plan.gone_owners import GoneNote, items_left
from bot.services.plan.stepping import find_plan, plan_history
from bot.views.block_kit.blocks import Message
from bot.views.plan.notes import decided_note, gave_item, got_item, owner_gone
from bot.views.plan.proposed_items import to_decide
from model.errors import UnknownItem
from model.plan.plan import ItemStatus, PlanItem
from model.plan.plan_in_context import Planned
from storage.database import Database
from storage.messages.claims import Claim

OWNER_KINDS = frozenset({MessageKind.OWNER_NOTE, MessageKind.OWNER_GONE, MessageKind.TO_DECIDE})


@dataclass(frozen=True)
class OwnerRenderer:
    """Renders the messages of `OWNER_KINDS`. None means that there is nothing to tell any more."""

    database: Database
    people: People
    presence: Presence
    clock: Clock
    zone: ZoneInfo
    command: str

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any] | None:
        """What the message of this claim should say now."""
        try:
            planned = await find_plan(self.database, claim.workspace_id, claim.assessment_id or "")
        except NoSuchAssessment:
            return None
        if planned.ended:
            return None
        today = self.clock.now().astimezone(self.zone).date()
        told = {MessageKind.OWNER_GONE: self._owner_gone, MessageKind.TO_DECIDE: self._to_decide}
        message = await told.get(MessageKind(claim.kind), self._owner_note)(claim, planned, slack, today)
        return None if message is None else message.payload()

    async def _owner_note(self, claim: Claim, planned: Planned, slack: Slack, today: date) -> Message | None:
        """Nothing, where it was given on or is told by a later note, or where they may not see the plan."""
        note = OwnerNote.read(claim.subject or "")
        try:
            item = planned.plan.item(note.item_id)
        except UnknownItem:
            return None
        if not _still_so(note, item):
            return None
        assessment_id = planned.assessment.id
        if not claim.ts and await told_anew(self.database, claim.workspace_id, assessment_id, note):
            return None
        if await self.presence.gone(claim.workspace_id, planned.assessment.channel_id, note.person):
            return None
        history = await plan_history(self.database, claim.workspace_id, planned.assessment.id, item.id)
        entry, decided = who_changed_owners(history), who_decided(history)
        shown = {*item.owners, *(each.by for each in (entry, decided) if each is not None)}
        names = await self.people.names(slack, claim.workspace_id, shown)
        if note.told in (Told.TAKEN_IN, Told.LEFT_OUT):
            return None if decided is None else decided_note(planned, item, decided, names=names)
        if note.told is Told.GAVE:
            return gave_item(planned, item, entry, person=note.person, names=names)
        return got_item(
            planned, item, entry, person=note.person, names=names, today=today, command=self.command
        )

    async def _owner_gone(self, claim: Claim, planned: Planned, slack: Slack, today: date) -> Message | None:
        """Nothing, where they are back, or own nothing any more, or the facilitator is one no longer."""
        note = GoneNote.read(claim.subject or "")
        items = items_left(planned, note.person)
        if not items or note.facilitator not in planned.assessment.facilitators:
            return None
        if not await self.presence.gone(claim.workspace_id, planned.assessment.channel_id, note.person):
            return None
        shown = {note.person, *(owner for item in items for owner in item.owners)}
        names = await self.people.names(slack, claim.workspace_id, shown)
        return owner_gone(planned, items, person=note.person, names=names, today=today)

    async def _to_decide(self, claim: Claim, planned: Planned, slack: Slack, today: date) -> Message | None:
        """Nothing, where all was decided before it was told, or for whom it is not to decide any more."""
        note = ToDecide.read(claim.subject or "")
        history = await plan_history(self.database, claim.workspace_id, planned.assessment.id)
        items = [
            item
            for item in planned.plan.items
            if proposed_on(item) == note.day
            and item.added_by != note.person
            and note.person in planned.assessment.leaders(item.dimension_id)
            and was_proposed(item, history)
        ]
        if not claim.ts:
            items = [item for item in items if item.status is ItemStatus.PROPOSED]
        if not items or await self.presence.gone(
            claim.workspace_id, planned.assessment.channel_id, note.person
        ):
            return None
        shown = {person for item in items for person in (*item.owners, item.added_by, item.status_by)}
        names = await self.people.names(slack, claim.workspace_id, shown)
        return to_decide(planned, items, day=note.day, names=names, today=today, command=self.command)


def _still_so(note: OwnerNote, item: PlanItem) -> bool:
    """Whether what somebody is to be told is so when it is told."""
    match note.told:
        case Told.LEFT_OUT:
            return item.status is ItemStatus.DROPPED
        case Told.TAKEN_IN:
            return item.status not in (ItemStatus.PROPOSED, ItemStatus.DROPPED)
    return not item.over and (note.person in item.owners) is (note.told is Told.GOT)
