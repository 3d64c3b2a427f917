"""What its owner cannot be told, or has been told often enough: the facilitators are told, each once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from bot.services.messages.kinds import MessageKind
from bot.services.messages.wanting import want_all
from storage.database import Database
from storage.messages.messages import WantedMessage
from storage.plans.reminders import Spent
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PassedOn:
    """Something for the facilitators.

    Attributes:
        spent: What was said, or not said, to the owner, and why: its `cause` is told. Its `about` is empty
            where it is the same for all owners.
        told: Who knows of it already.
    """

    spent: Spent
    told: frozenset[str]


async def pass_on(work: UnitOfWork, passed: Iterable[PassedOn], now: datetime) -> list[WantedMessage]:
    """Record what each facilitator is told; the answer is one message for each who has not been told yet."""
    rows: list[Spent] = []
    keys: dict[str, str] = {}
    for each in passed:
        for person in await work.participants.facilitators_of(each.spent.assessment_id):
            if person not in each.told:
                key = keys.setdefault(person, f"{MessageKind.PASSED_ON}:{uuid4().hex}")
                rows.append(_for_facilitator(each.spent, person, key, now))
    added = {each.message_key for each in await work.reminders.spend(rows)}
    return [
        direct_message(MessageKind.PASSED_ON, key, person) for person, key in keys.items() if key in added
    ]


async def pass_on_unreachable(
    database: Database, workspace_id: str, message_key: str, error: str, now: datetime
) -> None:
    """The owner takes no messages from us: tell the facilitators what it was about, once.

    Args:
        database: Where the reminders are.
        workspace_id: Whose they are.
        message_key: The message that could not be delivered.
        error: Slack's word for why.
        now: The moment.
    """
    async with database.unit_of_work(workspace_id) as work:
        said = await work.reminders.of_message(message_key)
        passed = [PassedOn(_because(each, error), frozenset({each.person})) for each in said]
        wanted = await pass_on(work, passed, now)
        if wanted:
            await want_all(work, wanted, now)
            await work.commit()


def _because(spent: Spent, cause: str) -> Spent:
    return replace(spent, cause=cause)


def _for_facilitator(spent: Spent, person: str, key: str, now: datetime) -> Spent:
    """The same for a facilitator; a slash is in no occasion of an owner's own."""
    occasion = f"{spent.occasion}/{spent.about}"
    return replace(spent, person=person, occasion=occasion, spent_at=now, message_key=key)


def direct_message(kind: MessageKind, key: str, person: str) -> WantedMessage:
    """A message to one person, about whatever was recorded with its key."""
    return WantedMessage(key, kind, person, assessment_id=None, subject=person, parent_key=None)
