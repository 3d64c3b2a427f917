"""Deleting an assessment: its rows at once, its messages in Slack through the outbox."""

from __future__ import annotations

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.assessment.finding import must_be_inside
from bot.services.assessment.last_time import forget_last_time
from bot.services.desk import Desk
from bot.services.messages.kinds import MessageKind, key_of
from bot.services.messages.of_digests import forget_in_digest
from bot.services.messages.of_reminders import remove_reminders_of
from bot.services.messages.wanting import want_all
from bot.services.recording import allowed, locked, record_once
from bot.services.second_team.second_team import other_side_deleted
from bot.services.setting_scopes import scope_of_assessment
from model.assessment.assessment import Assessment
from model.records.deletion import Deletion, delete
from model.refusals import Reason, Refusal
from storage.database import Database
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork


async def delete_assessment(desk: Desk, asked: Asked, assessment_id: str, typed: str) -> Deletion | None:
    """Delete an assessment for good; None when this delivery was handled before.

    Its rows go in this unit of work. Its messages disappear from Slack as fast as Slack lets them, and one
    stays in the channel that says what became of it.

    Args:
        desk: What use cases work with.
        asked: Who wants it.
        assessment_id: Which.
        typed: Its title as they typed it.

    Raises:
        NoSuchAssessment: there is none with this id, and there was none.
        Refused: they may not, the title is another, or somebody has deleted it already.
    """
    try:
        await must_be_inside(desk, asked, assessment_id)
        return await record_once(
            desk.database, asked, lambda work: _delete(work, asked, assessment_id, typed)
        )
    except NoSuchAssessment:
        before = await find_deletion(desk.database, asked.workspace_id, assessment_id)
        if before is None or not await desk.membership.inside(
            asked.workspace_id, before.channel_id, asked.person
        ):
            raise
        raise Refused(Refusal(Reason.ALREADY_DONE, by=before.by, at=before.at)) from None


async def _delete(work: UnitOfWork, asked: Asked, assessment_id: str, typed: str) -> Deletion:
    assessment = await locked(work, assessment_id)
    deletion = allowed(delete(assessment, typed, by=asked.person, at=asked.at), assessment)
    await remove_for_good(work, assessment, deletion)
    return deletion


async def remove_for_good(work: UnitOfWork, assessment: Assessment, deletion: Deletion) -> None:
    """Take a locked assessment out of the records and of Slack, and keep and say that it was there."""
    await forget_last_time(work, assessment.id, deletion.at)
    await remove_reminders_of(work, assessment.id, deletion.at)
    other = await work.assessments.other_side(assessment)
    await work.messages.remove_all_of(assessment.id, deletion.at)
    await work.settings.forget(scope_of_assessment(assessment.id))
    await work.assessments.delete(assessment)
    await work.deletions.add(deletion)
    await forget_in_digest(work, assessment.channel_id, deletion.at)
    if other is not None:
        await other_side_deleted(work, assessment, other, by=deletion.by, at=deletion.at)
    await want_all(work, [_note(deletion)], deletion.at)


def _note(deletion: Deletion) -> WantedMessage:
    """What stays in the channel; it belongs to no assessment, since there is none any more."""
    return WantedMessage(
        key=key_of(MessageKind.DELETED, deletion.assessment_id),
        kind=MessageKind.DELETED,
        channel_id=deletion.channel_id,
        assessment_id=None,
        subject=deletion.assessment_id,
        parent_key=None,
    )


async def find_deletion(database: Database, workspace_id: str, assessment_id: str) -> Deletion | None:
    """What is kept of a deleted assessment; None when it was not deleted."""
    async with database.reading(workspace_id) as work:
        return await work.deletions.get(assessment_id)
