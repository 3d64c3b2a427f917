"""The weekly digest in the channel of each plan: made once, in place of the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.services.assessing import want_all
from bot.services.calendars import working_calendar
from bot.services.due_reminders import LAST
from bot.services.projection import MessageKind, key_of
from model.assessment import Assessment
from model.calendar import Nation
from model.digest import Digest, DigestRules, digest_of, last_slot, may_go_out
from model.plan import Plan
from model.plan_history import PlanEntry, PlanHappened
from storage.database import Database
from storage.digests import DigestMade
from storage.messages import WantedMessage
from storage.unit_of_work import UnitOfWork

_WEEK = timedelta(days=7)


async def make_digests(
    database: Database, workspace_id: str, now: datetime, *, rules: DigestRules, nation: Nation
) -> int:
    """Make the digests that are due and not made yet; the answer is how many are sent.

    Without anything to say none is sent, and the one before stays.
    """
    async with database.reading(workspace_id) as work:
        calendar = await working_calendar(work, nation)
        if not may_go_out(now, calendar, rules):
            return 0
        day, moment = last_slot(now, calendar, rules)
        missing = await work.digests.missing(day, moment)
    sent = 0
    for assessment_id in missing:
        async with database.unit_of_work(workspace_id) as work:
            sent += await _make(work, assessment_id, day, moment, now, rules)
            await work.commit()
    return sent


async def _make(
    work: UnitOfWork, assessment_id: str, day: date, moment: datetime, now: datetime, rules: DigestRules
) -> bool:
    plan = await work.plans.lock(assessment_id)
    assessment = await work.assessments.get(assessment_id)
    if plan is None or assessment is None or not plan.digest:
        return False
    last = await work.digests.last(assessment_id)
    since = moment - _WEEK if last is None else last.made_at
    if not await work.digests.add(DigestMade(assessment_id, day, moment, since, now)):
        return False
    today = now.astimezone(rules.zone).date()
    if (await _digest(work, plan, assessment, since, today)).empty:
        return False
    wanted = _message(assessment, day)
    for row in await work.messages.of_assessment(assessment_id):
        if row.kind == MessageKind.DIGEST and row.key != wanted.key:
            await work.messages.remove(row.key, now)
    await want_all(work, [wanted], now)
    return True


def _message(assessment: Assessment, day: date) -> WantedMessage:
    return WantedMessage(
        key=key_of(MessageKind.DIGEST, assessment.id, day.isoformat()),
        kind=MessageKind.DIGEST,
        channel_id=assessment.channel_id,
        assessment_id=assessment.id,
        subject=day.isoformat(),
        parent_key=None,
    )


async def _digest(
    work: UnitOfWork, plan: Plan, assessment: Assessment, since: datetime, today: date
) -> Digest:
    due = {each.id: each.due for _, each in plan.milestones}
    said = await work.reminders.spent(due)
    handed_over = frozenset(
        each.milestone_id
        for each in said
        if each.assessment_id == plan.assessment_id
        and each.occasion == LAST
        and each.due == due[each.milestone_id]
    )
    return digest_of(plan, assessment, since=since, today=today, handed_over=handed_over)


@dataclass(frozen=True)
class DigestNow:
    """A digest as it is now; `switched` is who turned the digest on or off last, if anybody did."""

    made: DigestMade
    plan: Plan
    assessment: Assessment
    digest: Digest
    switched: PlanEntry | None


async def digest_now(
    database: Database, workspace_id: str, assessment_id: str, day: date, today: date
) -> DigestNow | None:
    """What the digest of a day says now; None when there is none."""
    async with database.reading(workspace_id) as work:
        made = await work.digests.get(assessment_id, day)
        plan = await work.plans.get(assessment_id)
        assessment = await work.assessments.get(assessment_id)
        if made is None or plan is None or assessment is None:
            return None
        digest = await _digest(work, plan, assessment, made.since, today)
        history = await work.plans.history(assessment_id)
    switched = [each for each in history if each.what is PlanHappened.DIGEST_SET]
    return DigestNow(made, plan, assessment, digest, switched[-1] if switched else None)


async def redraw_digest(work: UnitOfWork, before: Plan, after: Plan, at: datetime) -> None:
    """Want the digest that stands in the channel drawn again, where it was switched on or off."""
    if before.digest == after.digest:
        return
    rows = await work.messages.of_assessment(after.assessment_id)
    keys = [row.key for row in rows if row.kind == MessageKind.DIGEST]
    await work.messages.redraw(keys, at, redraw_after=timedelta(0))
