"""Finding an assessment, for somebody who may see it."""

from __future__ import annotations

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.membership import NOT_INSIDE, Membership
from model.assessment.assessment import Assessment
from storage.database import Database


async def see_assessment(
    database: Database, asked: Asked, assessment_id: str, membership: Membership
) -> Assessment:
    """One assessment as it is now, for somebody in its channel.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
        Refused: they are not in its channel.
    """
    await must_be_inside(database, asked, assessment_id, membership)
    return await find_assessment(database, asked.workspace_id, assessment_id)


async def must_be_inside(
    database: Database, asked: Asked, assessment_id: str, membership: Membership
) -> None:
    """Check that they are in the channel; asked before the transaction, since it may be a call to Slack.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
        Refused: they are not.
    """
    channel_id = await channel_of(database, asked.workspace_id, assessment_id)
    if channel_id is None:
        raise NoSuchAssessment(assessment_id)
    if not await membership.inside(asked.workspace_id, channel_id, asked.person):
        raise Refused(NOT_INSIDE)


async def find_assessment(database: Database, workspace_id: str, assessment_id: str) -> Assessment:
    """One assessment as it is now.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
    """
    async with database.reading(workspace_id) as work:
        assessment = await work.assessments.get(assessment_id)
    if assessment is None:
        raise NoSuchAssessment(assessment_id)
    return assessment


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
