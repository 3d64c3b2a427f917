"""Noting in the outbox which messages are out of date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.log import logger
from bot.services.messages.kinds import MessageKind, key_of
from model.assessment.assessment import Assessment
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork

_log = logger(__name__)

# A burst of presses becomes one redraw a second: Slack's own pace for a channel.
REDRAW_AFTER = timedelta(seconds=1)


def in_channel(
    assessment: Assessment,
    kind: MessageKind,
    subject: str = "",
    *,
    parent: str | None = None,
    due_at: datetime | None = None,
) -> WantedMessage:
    """A message of an assessment in its channel.

    Args:
        assessment: Whose message it is.
        kind: How it is rendered.
        subject: What of the assessment it shows; empty where that is the whole.
        parent: The key of the message in whose thread it goes.
        due_at: When it is due, where that is not at once.
    """
    return WantedMessage(
        key=key_of(kind, assessment.id, subject),
        kind=kind,
        channel_id=assessment.channel_id,
        assessment_id=assessment.id,
        subject=subject or None,
        parent_key=parent,
        due_at=due_at,
    )


def to_person(person: str, kind: MessageKind, assessment_id: str, subject: str) -> WantedMessage:
    """A direct message about an assessment."""
    return WantedMessage(
        key=key_of(kind, assessment_id, subject),
        kind=kind,
        channel_id=person,
        assessment_id=assessment_id,
        subject=subject,
        parent_key=None,
    )


@dataclass(frozen=True)
class Redraw:
    """A message that is drawn anew where it is in Slack or on its way there, and not brought back."""

    key: str


OutOfDate = Sequence[WantedMessage | Redraw]
"""Messages that a change makes out of date, in the order to bring them into line."""


async def want_all(work: UnitOfWork, messages: Sequence[WantedMessage], at: datetime) -> None:
    """Note in the outbox that these messages are out of date, in order."""
    if messages:
        _log.debug("messages_wanted", keys=[each.key for each in messages])
    await work.messages.want_all(messages, at, redraw_after=REDRAW_AFTER)


async def bring_into_line(work: UnitOfWork, found: OutOfDate, at: datetime) -> None:
    """Note in the outbox what a change makes out of date."""
    await want_all(work, [each for each in found if isinstance(each, WantedMessage)], at)
    keys = [each.key for each in found if isinstance(each, Redraw)]
    await work.messages.redraw(keys, at, redraw_after=REDRAW_AFTER)


async def wanted_before(work: UnitOfWork, messages: Iterable[WantedMessage]) -> list[WantedMessage]:
    """Those of these messages that were wanted at some time; the rest is not to come by itself."""
    return [each for each in messages if await work.messages.get(each.key) is not None]
