"""Wanting a message redrawn for a reason other than a step."""

from __future__ import annotations

from datetime import datetime

from bot.services.messages.kinds import MessageKind, key_of
from bot.services.messages.of_assessments import shown
from bot.services.messages.wanting import want_all
from storage.database import Database


async def redraw_board(database: Database, workspace_id: str, assessment_id: str, at: datetime) -> None:
    """Want the board drawn again."""
    async with database.unit_of_work(workspace_id) as work:
        assessment = await work.assessments.get(assessment_id)
        if assessment is None:
            return
        board = shown(assessment)[key_of(MessageKind.BOARD, assessment_id)]
        await want_all(work, [board.message], at)
        await work.commit()
