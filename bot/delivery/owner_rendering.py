"""What the direct messages about the owners of items say now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.delivery.people import People
from bot.delivery.presence import Presence
from bot.delivery.slack import Slack
from bot.services.assessing import NoSuchAssessment
from bot.services.gone_owners import GoneNote, items_left
from bot.services.plan_notes import OwnerNote, who_changed_owners
from bot.services.planning import find_plan, plan_history
from bot.services.projection import MessageKind
from bot.views.blocks import Message
from bot.views.plan_notes import gave_item, got_item, owner_gone
from model.errors import UnknownItem
from model.planned import Planned
from storage.claims import Claim
from storage.database import Database

OWNER_KINDS = frozenset({MessageKind.OWNER_NOTE, MessageKind.OWNER_GONE})


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
        told = self._owner_gone if claim.kind == MessageKind.OWNER_GONE else self._owner_note
        message = await told(claim, planned, slack, today)
        return None if message is None else message.payload()

    async def _owner_note(self, claim: Claim, planned: Planned, slack: Slack, today: date) -> Message | None:
        """Nothing, where it was given on before it was told, or where they may not see the plan."""
        note = OwnerNote.read(claim.subject or "")
        try:
            item = planned.plan.item(note.item_id)
        except UnknownItem:
            return None
        if item.over or (note.person in item.owners) is not note.got:
            return None
        if await self.presence.gone(claim.workspace_id, planned.assessment.channel_id, note.person):
            return None
        history = await plan_history(self.database, claim.workspace_id, planned.assessment.id, item.id)
        entry = who_changed_owners(history)
        shown = {*item.owners, *([] if entry is None else [entry.by])}
        names = await self.people.names(slack, claim.workspace_id, shown)
        if not note.got:
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
