"""Finding an assessment, for somebody who may see it."""

from __future__ import annotations

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.desk import Desk
from bot.services.guests import only_a_guest
from bot.services.membership import NOT_INSIDE
from bot.services.recording import allowed, existing
from model.assessment.assessment import Assessment
from storage.database import Database


async def see_assessment(desk: Desk, asked: Asked, assessment_id: str) -> Assessment:
    """One assessment as it is now, for somebody in its channel.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
        Refused: they are not in its channel.
    """
    await must_be_inside(desk, asked, assessment_id)
    return await find_assessment(desk.database, asked.workspace_id, assessment_id)


async def must_be_inside(desk: Desk, asked: Asked, assessment_id: str) -> None:
    """Check that they are in the channel; asked before the transaction, since it may be a call to Slack.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
        Refused: they are not.
    """
    channel_id = await channel_of(desk.database, asked.workspace_id, assessment_id)
    if channel_id is None:
        raise NoSuchAssessment(assessment_id)
    await must_be_in_channel(desk, asked, channel_id)


async def must_be_in_channel(desk: Desk, asked: Asked, channel_id: str) -> None:
    """Check that they are in a channel, whatever there is in it; asked before the transaction.

    Raises:
        Refused: they are not.
    """
    if not await desk.membership.inside(asked.workspace_id, channel_id, asked.person):
        raise Refused(NOT_INSIDE)


async def must_take_part(desk: Desk, asked: Asked, assessment_id: str) -> None:
    """Check that they are in the channel, and no guest who only reads along; asked before the transaction.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
        Refused: they are not, or they are.
    """
    assessment = await see_assessment(desk, asked, assessment_id)
    allowed(await only_a_guest(desk, asked, assessment), assessment)


async def find_assessment(database: Database, workspace_id: str, assessment_id: str) -> Assessment:
    """One assessment as it is now.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
    """
    async with database.reading(workspace_id) as work:
        return await existing(work, assessment_id)


async def channel_of(database: Database, workspace_id: str, assessment_id: str) -> str | None:
    """The channel of an assessment; None when there is no such assessment."""
    async with database.reading(workspace_id) as work:
        return await work.assessments.channel_of(assessment_id)


async def active_in(database: Database, workspace_id: str, channel_id: str) -> Assessment | None:
    """The assessment under way in a channel."""
    async with database.reading(workspace_id) as work:
        return await work.assessments.active_in(channel_id)


async def latest_in(database: Database, workspace_id: str, channel_id: str) -> Assessment | None:
    """The assessment under way in a channel, else the one that began last."""
    async with database.reading(workspace_id) as work:
        return await work.assessments.latest_in(channel_id)
