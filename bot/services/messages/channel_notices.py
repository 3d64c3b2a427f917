"""Telling facilitators that a channel refuses us, in a direct message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.services.messages.kinds import MessageKind
from bot.services.messages.wanting import to_person, want_all
from storage.database import Database

# Words of Slack's that ask the same of a person, so that they are told once. An edit in an archived channel
# is refused as inactive, and a private channel that we are not in does not exist for us.
_SAME = {"is_inactive": "is_archived", "channel_not_found": "not_in_channel"}


@dataclass(frozen=True)
class ChannelNotice:
    """Which channel refuses us, and Slack's word for why."""

    channel_id: str
    error: str


def channel_notice(subject: str) -> ChannelNotice:
    """Read a notice back from the subject of its message."""
    channel_id, _, rest = subject.partition("/")
    error, _, _ = rest.partition("/")
    return ChannelNotice(channel_id, error)


async def tell_facilitators(
    database: Database, workspace_id: str, assessment_id: str | None, refused: ChannelNotice, at: datetime
) -> None:
    """Want one direct message a facilitator and day, however many messages are held back.

    What belongs to no assessment is the business of whoever facilitates the channel's latest.
    """
    async with database.unit_of_work(workspace_id) as work:
        if assessment_id is None:
            assessment = await work.assessments.latest_in(refused.channel_id)
        else:
            assessment = await work.assessments.get(assessment_id)
        if assessment is None:
            return
        error = _SAME.get(refused.error, refused.error)
        for person in assessment.facilitators:
            subject = f"{refused.channel_id}/{error}/{person}/{at.date().isoformat()}"
            notice = to_person(person, MessageKind.NOTICE, assessment.id, subject)
            if await work.messages.get(notice.key) is None:
                await want_all(work, [notice], at)
        await work.commit()
