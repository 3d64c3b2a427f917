"""The word `export`: everything that is kept of an assessment, for its facilitators."""

from __future__ import annotations

import json

from bot.listeners.handling.private_files import send_privately
from bot.listeners.handling.said import Said
from bot.running.bot import Bot
from bot.services.records.records import assessment_records
from bot.views.records.records import records_note, records_receipt
from model.assessment.assessment import Assessment


async def tell_export(bot: Bot, said: Said, assessment: Assessment) -> None:
    """Send the records as a file in a direct message."""
    records = await assessment_records(bot.desk, said.asked, assessment.id)
    if records is None:
        return
    content = json.dumps(records, indent=2, ensure_ascii=False).encode()
    note = records_note(assessment, bot.today(), bot.command)
    await send_privately(bot, said.asked, said.place, [("assessment.json", content)], note, records_receipt())
