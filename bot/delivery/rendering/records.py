"""What a channel is told about what is kept, and what was deleted."""

from __future__ import annotations

from datetime import date

from bot.delivery.rendering.rendered import Payload
from bot.delivery.rendering.rendering import Rendering
from bot.services.records.deleting import find_deletion
from bot.views.records.deletion import deletion_note, retention_notice
from model.records.retention import THE_RETENTION


async def render_deleted(this: Rendering) -> Payload | None:
    """What stays in the channel of an assessment that was deleted."""
    deletion = await find_deletion(this.desk.database, this.workspace_id, this.subject)
    if deletion is None:
        return None
    by = set() if deletion.by == THE_RETENTION else {deletion.by}
    return deletion_note(deletion, names=await this.names(by)).payload()


async def render_retention(this: Rendering) -> Payload | None:
    """That an assessment will be deleted, and until when it is kept."""
    assessment = await this.assessment()
    if assessment is None:
        return None
    return retention_notice(assessment, date.fromisoformat(this.subject), this.sources.command).payload()
