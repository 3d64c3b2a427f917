"""What happens in assessments when somebody leaves their channel, or when an account is deactivated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from bot.services.asking import Asked
from bot.services.assessment.stepping import save_step
from bot.services.desk import Desk
from bot.services.membership import any_inside
from bot.services.recording import record_once
from model.assessment.assessment import Role
from model.assessment.state_machine import take
from model.assessment.steps import LeaveChannel, Taken
from storage.assessments.participants import Part
from storage.database import Database
from storage.unit_of_work import UnitOfWork


async def left_channel(
    database: Database, asked: Asked, channel_id: str | None, only: str | None = None
) -> bool:
    """Take somebody off the rosters of a channel they have left; true when that changed something.

    Args:
        database: Where the rosters are.
        asked: Who has left, and when.
        channel_id: Which channel; None where it is all of them, since their account was deactivated.
        only: The one assessment of it that this is about; None where it is all of them.
    """

    async def change(work: UnitOfWork) -> bool:
        changed = False
        for assessment_id in await work.participants.taken_part_in(asked.person, channel_id):
            if only not in (None, assessment_id):
                continue
            before = await work.assessments.lock(assessment_id)
            if before is None:
                continue
            outcome = take(before, LeaveChannel(), by=asked.person, at=asked.at)
            if isinstance(outcome, Taken):
                await save_step(work, before, outcome, by=asked.person, at=asked.at)
                changed = True
        return changed

    return bool(await record_once(database, asked, change))


async def take_off_who_is_gone(desk: Desk, workspace_id: str, at: datetime) -> int:
    """Find the departures of which no event told us, and take those people off.

    Somebody who is only not in the channel may have been put on the list before they were invited, so they
    stay on it, unless nobody who facilitates is in it. That says nothing of another assessment there.

    Returns:
        How many people were taken off, counted once for each assessment that nobody inside facilitates.
    """
    async with desk.database.reading(workspace_id) as work:
        parts = await work.participants.parts()
    people = dict.fromkeys(part.person for part in parts)
    gone: dict[tuple[str, str | None, str | None], None] = {}
    for person in people:
        if await desk.accounts.name_of_deactivated(workspace_id, person) is not None:
            gone[person, None, None] = None
    for parts_in_one in _by_assessment(parts):
        channel_id, assessment_id = parts_in_one[0].channel_id, parts_in_one[0].assessment_id
        leads = [each.person for each in parts_in_one if each.role is Role.FACILITATOR]
        if leads and not await any_inside(desk.membership, workspace_id, channel_id, leads):
            gone.update(dict.fromkeys((each, channel_id, assessment_id) for each in leads))
    changed = 0
    for person, where, only in gone:
        key = f"gone:{person}:{only}:{at.isoformat(timespec='minutes')}"
        changed += await left_channel(desk.database, Asked(workspace_id, person, at, key), where, only)
    return changed


def _by_assessment(parts: Iterable[Part]) -> list[list[Part]]:
    return [list(group) for _, group in groupby(parts, key=lambda part: part.assessment_id)]
