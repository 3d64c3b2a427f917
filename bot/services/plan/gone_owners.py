"""Owners who are no longer there: deactivated, or not in the channel any more. Facilitators are told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Self

from bot.services.messages.kinds import MessageKind
from bot.services.messages.wanting import to_person, want_all
from model.plan.plan import PlanItem
from model.plan.plan_in_context import Planned
from storage.database import Database
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork

IsGone = Callable[[str, str], Awaitable[bool]]
"""Whether a person is gone from a channel, by the channel's id and theirs."""


@dataclass(frozen=True)
class GoneNote:
    """Which facilitator is told of whom; `items` is a print, so that the same is not told twice."""

    facilitator: str
    person: str
    items: str

    @property
    def subject(self) -> str:
        """As the message keeps it."""
        return f"{self.facilitator}/{self.person}/{self.items}"

    @classmethod
    def read(cls, subject: str) -> Self:
        """Read a note back from the subject of its message."""
        return cls(*subject.split("/"))


def items_left(planned: Planned, person: str) -> list[PlanItem]:
    """What somebody owns or sponsors of what is not over."""
    return [item for item in planned.plan.items_of(person) if not item.over]


async def flag_gone(database: Database, workspace_id: str, at: datetime, is_gone: IsGone) -> int:
    """Want a direct message to each facilitator for each owner who is gone.

    What was told once is not told again while they own the same. Slack is asked between the two units of
    work, never within one, and what they own and who facilitates is read anew after it.

    Returns:
        How many messages are new.
    """
    async with database.reading(workspace_id) as work:
        plans = [plan for plan in await work.plans.all() if any(not item.over for item in plan.items)]
        found = [(plan, await work.assessments.get(plan.assessment_id)) for plan in plans]
    planned = [Planned(plan, assessment) for plan, assessment in found if assessment is not None]
    gone = [(each.assessment.id, person) for each in planned for person in await _gone_from(each, is_gone)]
    if not gone:
        return 0
    async with database.unit_of_work(workspace_id) as work:
        notes = [note for who in gone for note in await _notes(work, *who)]
        fresh = [note for note in notes if await work.messages.get(note.key) is None]
        await want_all(work, fresh, at)
        await work.commit()
    return len(fresh)


async def _gone_from(planned: Planned, is_gone: IsGone) -> list[str]:
    people = {
        person
        for item in planned.plan.items
        if not item.over
        for person in (*item.owners, item.sponsor)
        if person is not None
    }
    channel_id = planned.assessment.channel_id
    return [person for person in sorted(people) if await is_gone(channel_id, person)]


async def _notes(work: UnitOfWork, assessment_id: str, person: str) -> list[WantedMessage]:
    plan, assessment = await work.plans.get(assessment_id), await work.assessments.get(assessment_id)
    if plan is None or assessment is None:
        return []
    items = items_left(Planned(plan, assessment), person)
    if not items:
        return []
    held = sha256(" ".join(sorted(item.id for item in items)).encode()).hexdigest()[:12]
    notes = [GoneNote(each, person, held) for each in assessment.facilitators if each != person]
    return [
        to_person(note.facilitator, MessageKind.OWNER_GONE, assessment.id, note.subject) for note in notes
    ]
