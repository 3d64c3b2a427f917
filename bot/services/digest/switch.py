"""One switch for the digest of each channel: under the digest, and in the settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.services.asking import Asked, Refused
from bot.services.assessment.finding import must_be_in_channel
from bot.services.desk import Desk
from bot.services.messages.of_digests import redraw_digests
from bot.services.recording import record_once
from bot.services.setting_scopes import scope_of_channel
from model.assessment.assessment import Assessment
from model.digest.schedule import DigestSwitch
from model.refusals import Reason, Refusal
from storage.unit_of_work import UnitOfWork

_DIGEST = "digest"


async def digest_switch(work: UnitOfWork, channel_id: str) -> DigestSwitch:
    """How the switch of a channel stands; on until somebody says otherwise."""
    value = await work.settings.get(scope_of_channel(channel_id), _DIGEST)
    if not isinstance(value, dict):
        return DigestSwitch()
    return DigestSwitch(bool(value["on"]), value["by"], datetime.fromisoformat(value["at"]))


def who_switches(assessments: Iterable[Assessment]) -> tuple[str, ...]:
    """Whoever facilitates any assessment of the channel that was not cancelled, the latest one's first."""
    latest_first = sorted(assessments, key=lambda each: (each.started_at, each.id), reverse=True)
    return tuple(dict.fromkeys(person for each in latest_first for person in each.facilitators))


async def switch_digest(desk: Desk, asked: Asked, channel_id: str, *, on: bool) -> bool:
    """Switch the digest of a channel on or off; false when this delivery was handled before.

    Raises:
        Refused: it stands so already, they facilitate nothing there, or are not in the channel.
    """
    await must_be_in_channel(desk, asked, channel_id)

    async def switch(work: UnitOfWork) -> bool:
        before = await digest_switch(work, channel_id)
        if not await set_digest(work, asked, channel_id, on=on):
            raise Refused(Refusal(Reason.ALREADY_DONE, by=before.by, at=before.at))
        return True

    return bool(await record_once(desk.database, asked, switch))


async def set_digest(work: UnitOfWork, asked: Asked, channel_id: str, *, on: bool) -> bool:
    """The same as a part of a unit of work that does more, and commits; false when it stands so already.

    Raises:
        Refused: they facilitate nothing in the channel.
    """
    people = who_switches(await work.assessments.all_standing_in(channel_id))
    if asked.person not in people:
        raise Refused(Refusal(Reason.FACILITATORS_ONLY, who_can=people))
    if (await digest_switch(work, channel_id)).on is on:
        return False
    value = {"on": on, "by": asked.person, "at": asked.at.isoformat()}
    await work.settings.put(scope_of_channel(channel_id), _DIGEST, value)
    await redraw_digests(work, [channel_id], asked.at)
    return True
