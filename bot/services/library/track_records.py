"""What became of the library's actions in the plans of a workspace."""

from __future__ import annotations

from model.suggestions.track_record import TakenOn, TrackRecord, track_record
from storage.database import Database


async def record_of(database: Database, workspace_id: str, action_id: str) -> TrackRecord | None:
    """The track record of an action; None while there is too little to tell."""
    async with database.reading(workspace_id) as work:
        taken_on = []
        for plan, item in await work.plans.taken_from_action(action_id):
            level = None
            if item.finished_at is not None:
                level = await work.assessments.confirmed_since(
                    plan.channel_id, item.dimension_id, item.finished_at
                )
            taken_on.append(TakenOn(item, level))
    return track_record(taken_on)
