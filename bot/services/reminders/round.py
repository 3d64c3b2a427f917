"""Reminding owners of their milestones: what is due is recorded and put in the outbox in one unit of work.

Nothing is planned ahead. Each round asks of the milestones that can be due what `model.reminders.schedule`
says now, so every change of a date, an owner, a status, a setting or a zone counts at once. What was said is
recorded under a unique key, together with the message that says it: whoever comes second, in another replica
or after a crash, finds it recorded. What the message says is decided when it is sent
(`bot.services.reminders.contents`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from bot.log import logger
from bot.services.calendar.calendars import working_calendar
from bot.services.desk import Desk
from bot.services.messages.kinds import MessageKind
from bot.services.messages.wanting import want_all
from bot.services.reminders.due import (
    LAST,
    Found,
    Round,
    by_concern,
    concern_key,
    held,
    owners_last,
    people_of,
    said_since,
)
from bot.services.reminders.to_facilitators import PassedOn, direct_message, pass_on
from model.reminders.standing import Cause
from storage.messages.messages import WantedMessage
from storage.plans.reminders import Concern, Spent
from storage.unit_of_work import UnitOfWork

_log = logger(__name__)

# People in one unit of work: a whole council's reminders at half past nine must not hold up presses.
_AT_A_TIME = 50


async def remind(desk: Desk, workspace_id: str, now: datetime) -> int:
    """Put in the outbox what is due now; the answer is how many messages that are.

    Whoever is not in the channel of a plan is told nothing of it.
    """
    async with desk.database.reading(workspace_id) as work:
        calendar = await working_calendar(work, desk.rules.nation)
        concerns = await Round(now, desk.rules, calendar, {}).concerns(work)
    known = {person: await desk.zones.zone_of(workspace_id, person) for person in people_of(concerns)}
    this = Round(now, desk.rules, calendar, known)
    async with desk.database.reading(workspace_id) as work:
        found = await this.found(work, concerns)
    _log.debug("reminders_looked_at", concerns=len(concerns), due=len(found))
    left = [
        (each.concern.channel_id, each.concern.person)
        for each in found
        if not await desk.membership.inside(workspace_id, each.concern.channel_id, each.concern.person)
    ]
    wanted = 0
    for part in _parts(found):
        async with desk.database.unit_of_work(workspace_id) as work:
            messages = await _record(work, this, part, frozenset(left))
            if messages is not None:
                await work.commit()
                wanted += len(messages)
    return wanted


def _parts(found: Sequence[Found]) -> Iterator[list[Found]]:
    """What is due for a few people at a time: all of one person's is one message."""
    people = people_of(each.concern for each in found)
    for start in range(0, len(people), _AT_A_TIME):
        some = set(people[start : start + _AT_A_TIME])
        yield [each for each in found if each.concern.person in some]


async def _record(
    work: UnitOfWork, this: Round, part: Sequence[Found], left: frozenset[tuple[str, str]]
) -> list[WantedMessage] | None:
    """Record and want what is due for these people, looked at once more with their plans locked.

    Returns:
        The messages; None where there was nothing to record any more.
    """
    assessments = sorted({each.concern.assessment_id for each in part})
    for assessment_id in assessments:
        # A step in one of these plans, or another replica, has to wait, or is over.
        await work.plans.lock(assessment_id)
    concerns = await this.concerns(work, assessments)
    some = {each.concern.person for each in part}
    found = [each for each in await this.found(work, concerns) if each.concern.person in some]
    keys: dict[str, str] = {}
    rows: list[Spent] = []
    passed: list[PassedOn] = []
    for each in found:
        rows += _said(this, each, left, keys)
    spent = await work.reminders.spend(rows)
    passed += [PassedOn(each, frozenset({each.person})) for each in spent if each.cause == Cause.LEFT]
    passed += await _handed_over(work, concerns, [each for each in spent if each.occasion == LAST])
    ends = {LAST, owners_last(this.rules.reminders).key}
    if any(each.occasion in ends for each in spent):
        await this.note_all_said(work, assessments)
    said = {each.message_key for each in spent}
    messages = [
        direct_message(MessageKind.REMINDER, key, person) for person, key in keys.items() if key in said
    ]
    messages += await pass_on(work, passed, this.now)
    await want_all(work, messages, this.now)
    return messages if spent else None


def _said(
    this: Round, found: Found, left: frozenset[tuple[str, str]], keys: dict[str, str]
) -> Iterator[Spent]:
    """What is recorded for one person and milestone; `keys` has the message for each person."""
    concern = found.concern
    if found.last is not None:
        yield _spent(this, found, LAST, Cause.HANDED_OVER, found.last.planned)
    if found.due is None:
        return
    gone = (concern.channel_id, concern.person) in left
    cause, key = (Cause.LEFT if gone else Cause.OFF), None
    if found.wanted and not gone:
        cause, key = Cause.DUE, keys.setdefault(concern.person, f"{MessageKind.REMINDER}:{uuid4().hex}")
    _log.debug(
        "reminder_due",
        assessment=concern.assessment_id,
        milestone=concern.milestone_id,
        occasion=found.due.occasion.key,
        cause=cause,
    )
    for occasion in found.due.settles:
        if occasion == found.due.occasion:
            said = _spent(this, found, occasion.key, cause, found.due.planned)
            yield replace(said, message_key=key)
        else:
            yield _spent(this, found, occasion.key, Cause.SETTLED, found.due.planned)


def _spent(this: Round, found: Found, occasion: str, cause: str, planned: datetime) -> Spent:
    concern = found.concern
    return Spent(
        assessment_id=concern.assessment_id,
        milestone_id=concern.milestone_id,
        person=concern.person,
        since=found.since,
        occasion=occasion,
        due=concern.due,
        about=concern.person,
        cause=cause,
        planned_at=planned,
        spent_at=this.now,
        message_key=None,
    )


async def _handed_over(
    work: UnitOfWork, concerns: Sequence[Concern], over: Sequence[Spent]
) -> list[PassedOn]:
    """The milestones of which everybody has been reminded often enough now."""
    milestones = {(each.assessment_id, each.milestone_id): each for each in over}
    others = [each for each in concerns if each.milestone in milestones]
    spent = by_concern(await work.reminders.spent(milestone for _, milestone in milestones))
    since = await held(work, others)
    passed = []
    for milestone, last in milestones.items():
        theirs = [each for each in others if each.milestone == milestone]
        if all(LAST in said_since(each, since[concern_key(each)], spent) for each in theirs):
            told = frozenset(each.person for each in theirs)
            passed.append(PassedOn(replace(last, about=""), told))
    return passed
