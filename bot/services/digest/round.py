"""The weekly digest of each channel: made once, in place of the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.log import logger
from bot.services.calendar.calendars import working_calendar
from bot.services.desk import Desk
from bot.services.digest.switch import digest_switch
from bot.services.messages.kinds import MessageKind, key_of
from bot.services.messages.of_digests import remove_digests
from bot.services.messages.wanting import want_all
from bot.services.reminders.contents import plan_address
from bot.services.reminders.due import LAST
from model.digest.contents import Digest, Told, digest_of
from model.digest.schedule import DigestSwitch, last_slot, may_go_out
from model.plan.plan import Plan
from storage.database import Database
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork
from storage.workspaces.digests import DigestMade

_log = logger(__name__)

_WEEK = timedelta(days=7)


async def make_digests(desk: Desk, workspace_id: str, now: datetime) -> int:
    """Make the digests that are due and not made yet; the answer is how many are sent.

    Without anything to say none is sent, and the one before stays.
    """
    rules = desk.rules.digests
    async with desk.database.reading(workspace_id) as work:
        calendar = await working_calendar(work, desk.rules.nation)
        if not may_go_out(now, calendar, rules):
            _log.debug("digests_wait", why="working_hours")
            return 0
        day, moment = last_slot(now, calendar, rules)
        missing = await work.digests.missing(day, moment)
        missing = [each for each in missing if (await digest_switch(work, each)).wants(moment)]
    _log.debug("digests_looked_at", slot=day.isoformat(), due=len(missing))
    sent = 0
    for channel_id in missing:
        async with desk.database.unit_of_work(workspace_id) as work:
            sent += await _make(work, channel_id, (day, moment), now, desk.today(now))
            await work.commit()
    return sent


async def _make(
    work: UnitOfWork, channel_id: str, slot: tuple[date, datetime], now: datetime, today: date
) -> bool:
    day, moment = slot
    if not (await digest_switch(work, channel_id)).wants(moment):
        return False
    last = await work.digests.last(channel_id)
    since = moment - _WEEK if last is None else last.made_at
    if not await work.digests.add(DigestMade(channel_id, day, moment, since, now)):
        return False
    if (await _digest(work, channel_id, since, today)).empty:
        _log.debug("digest_empty", channel=channel_id)
        return False
    wanted = _message(channel_id, day)
    await remove_digests(work, channel_id, now, keep=wanted.key)
    await want_all(work, [wanted], now)
    return True


def _message(channel_id: str, day: date) -> WantedMessage:
    """It belongs to no assessment: it goes on to tell of the others when one is deleted."""
    return WantedMessage(
        key=key_of(MessageKind.DIGEST, channel_id, day.isoformat()),
        kind=MessageKind.DIGEST,
        channel_id=channel_id,
        assessment_id=None,
        subject=day.isoformat(),
        parent_key=None,
    )


async def _digest(work: UnitOfWork, channel_id: str, since: datetime, today: date) -> Digest:
    plans = {each.assessment_id: each for each in await work.plans.of_channel(channel_id)}
    told = []
    for assessment in await work.assessments.all_standing_in(channel_id):
        plan = plans.get(assessment.id)
        drafts = await work.proposals.drafts(assessment.id)
        handed_over = frozenset() if plan is None else await _handed_over(work, plan)
        told.append(Told(assessment, plan, tuple(drafts), handed_over))
    return digest_of(told, since=since, today=today)


async def _handed_over(work: UnitOfWork, plan: Plan) -> frozenset[str]:
    due = {each.id: each.due for _, each in plan.milestones}
    said = await work.reminders.spent(due)
    return frozenset(
        each.milestone_id
        for each in said
        if each.assessment_id == plan.assessment_id
        and each.occasion == LAST
        and each.due == due[each.milestone_id]
    )


@dataclass(frozen=True)
class DigestNow:
    """A digest as it is now.

    Attributes:
        switch: Whether it is wanted, and who said so last.
        addresses: Assessment id to the address of its plan, or of its board while there is no plan message.
    """

    made: DigestMade
    digest: Digest
    switch: DigestSwitch
    addresses: Mapping[str, str]


async def digest_now(
    database: Database, workspace_id: str, channel_id: str, day: date, today: date
) -> DigestNow | None:
    """What the digest of a day says now; None when there is none."""
    async with database.reading(workspace_id) as work:
        made = await work.digests.get(channel_id, day)
        if made is None:
            return None
        digest = await _digest(work, channel_id, made.since, today)
        switch = await digest_switch(work, channel_id)
        found = {each.id: await plan_address(work, each.id) for each in digest.assessments}
    addresses = {each: address for each, address in found.items() if address is not None}
    return DigestNow(made, digest, switch, addresses)
