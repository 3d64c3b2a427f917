"""What goes with everything that is kept of an assessment, when a facilitator takes it away."""

from __future__ import annotations

from datetime import date

from bot.views.block_kit.blocks import Message, section
from bot.views.plan.parts import day_words
from bot.views.wording.text import escape
from model.assessment.assessment import Assessment


def records_note(assessment: Assessment, today: date, command: str) -> Message:
    """The direct message in whose thread the file is."""
    text = (
        f"Everything that Milepost keeps of *{escape(assessment.title)}*, as it is on {day_words(today)}, in "
        "the thread of this message, as a file for machines (JSON): roster, votes, levels, evidence, "
        "plan and history. Votes that are not revealed stand in it without their levels. Opinions by name "
        f"are in it, so look after it. For the plan alone: {command} plan export."
    )
    return Message(text, (section(text),))


def records_receipt() -> str:
    """Told where it was asked for."""
    return "Sent to you in a direct message: everything that is kept of this assessment."
