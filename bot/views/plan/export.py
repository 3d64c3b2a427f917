"""What goes with a plan that somebody takes away as files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.views.block_kit.blocks import Message, paragraphs, section
from bot.views.plan.parts import day_words
from bot.views.wording.text import escape
from model.assessment.assessment import Assessment

_MOST = 20


def export_note(assessment: Assessment, today: date) -> Message:
    """The direct message in whose thread the files are."""
    text = (
        f"The plan of *{escape(assessment.title)}* as it is on {day_words(today)}, in the thread of this "
        "message: its milestones as a calendar file (.ics), and all of it as a table (.csv). "
        "Import the calendar file again later, and changed dates are changed in your calendar."
    )
    return Message(text, (section(text),))


def nothing_to_export(command: str) -> str:
    """When there is no item in the plan."""
    return f"There is nothing in the plan to export yet. {command} plan shows it."


def which_plan(assessments: Sequence[Assessment], written: str = "plan export") -> Message:
    """When several could be meant; `written` is what to write before a title."""
    lines = [f"There are several plans. Write *{written}* and a part of the title of the one you mean:"]
    lines += [f"• {escape(each.title)} in <#{each.channel_id}>" for each in assessments[:_MOST]]
    if len(assessments) > _MOST:
        lines.append(f"And {len(assessments) - _MOST} more.")
    return Message("\n".join(lines), tuple(paragraphs(lines)))


def exported_receipt() -> str:
    """Told where the export was asked for."""
    return "Sent to you in a direct message: the milestones as a calendar file, and the plan as a table."


def export_failed() -> str:
    """When Slack did not take the files."""
    return "Slack did not take the files just now, so nothing was sent. Please try again in a minute."
