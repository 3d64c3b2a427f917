"""Deleting an assessment: the form that asks once more, and what stays in the channel."""

from __future__ import annotations

from datetime import date

from bot.views.block_kit.blocks import Message, View, field, modal, section, text_input
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.wording.people import Names
from bot.views.wording.text import escape, slack_date, typed
from model.assessment.assessment import TITLE_LIMIT, Assessment
from model.records.deletion import Deletion
from model.records.retention import THE_RETENTION

_WHAT_GOES = (
    "*This cannot be undone.* The votes, levels, evidence, history and plan of this assessment go from "
    "Milepost's records, and Milepost's messages about it disappear from Slack. What people wrote "
    "themselves stays in Slack."
)
_KEEP = " To end it and keep everything, use Cancel instead."


def delete_modal(assessment: Assessment) -> View:
    """The form that asks for the title, so that nothing is deleted by a slip."""
    blocks = [
        section(_WHAT_GOES + (_KEEP if assessment.active else "")),
        section("The title of the assessment is:"),
        typed(assessment.title),
        field(
            InputId.TITLE,
            "Type the title to delete it",
            text_input(longest=TITLE_LIMIT),
            hint="Capital letters and spaces do not matter.",
        ),
    ]
    return modal(
        ViewId.DELETE,
        "Delete assessment",
        blocks,
        submit="Delete it",
        close="Keep it",
        reference=Reference(assessment=assessment.id),
    )


def deletion_note(deletion: Deletion, *, names: Names) -> Message:
    """What stays in the channel."""
    when = slack_date(deletion.at, "{date_long}")
    by = "as its time was up" if deletion.by == THE_RETENTION else f"by {names.of(deletion.by)}"
    text = (
        f"*{escape(deletion.title)}* was deleted {by} on {when}. "
        "Its votes, levels and evidence are gone from Milepost's records."
    )
    return Message(text, (section(text),))


def retention_notice(assessment: Assessment, last_day: date, command: str) -> Message:
    """Told to the channel before an assessment is deleted because it was kept long enough."""
    day = last_day.strftime("%-d %B %Y")
    text = (
        f"*{escape(assessment.title)}* is kept until {day} and deleted after that, because this Milepost is "
        "set to keep ended assessments for a limited time. Its votes, levels, evidence and plan go from "
        f"Milepost's records. Before that, a facilitator can get all of it with {command} export."
    )
    return Message(text, (section(text),))


def deleted_receipt(deletion: Deletion) -> str:
    """After a deletion."""
    return (
        f"Deleted: *{escape(deletion.title)}*. Milepost's messages about it disappear from the channel, "
        "which may take a minute or two."
    )
