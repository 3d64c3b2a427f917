"""The form for the closing date, and what is said once it was sent."""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, View, field, modal, option, section
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.wording.days import day_words
from bot.views.wording.text import escape
from model.assessment.assessment import Assessment, AssessmentState, Mode

_NONE = "none"


def closing_date_modal(assessment: Assessment) -> View:
    """The form, with the date as it is now."""
    closing = assessment.closing_date
    title = f"*{escape(assessment.title)}*"
    picker: Block = {"type": "datepicker"}
    if closing is None:
        now = f"{title} has no closing date."
    else:
        now = f"The closing date of {title}: {day_words(closing)}."
        picker["initial_date"] = closing.isoformat()
    blocks = [
        section(now),
        field(InputId.CLOSING_DATE, "Closing date", picker, optional=True, hint=_what_it_does(assessment)),
    ]
    if closing is not None:
        # What a picker holds cannot be taken out of it in Slack: slackapi/node-slack-sdk, issue 1631.
        none: Block = {"type": "checkboxes", "options": [option("No closing date", _NONE)]}
        blocks.append(field(InputId.NO_CLOSING_DATE, "Or take it away", none, optional=True))
    return modal(
        ViewId.CLOSING_DATE,
        "Closing date",
        blocks,
        submit="Save",
        close="Cancel",
        reference=Reference(assessment=assessment.id),
    )


def _what_it_does(assessment: Assessment) -> str:
    hidden = " Hidden votes are revealed when this day is over." if assessment.mode is Mode.TOGETHER else ""
    return f"Shown on the board.{hidden}"


def closing_date_receipt(after: Assessment) -> str:
    """After the form was sent."""
    closing = after.closing_date
    if closing is None:
        hidden = " Votes stay hidden until they are revealed." if after.mode is Mode.TOGETHER else ""
        return f"*{escape(after.title)}* has no closing date now.{hidden}"
    then = ""
    if after.mode is Mode.TOGETHER:
        paused = after.state is AssessmentState.PAUSED
        resumed = ", or once it is resumed, if that is later" if paused else ""
        then = f" Hidden votes are revealed when this day is over{resumed}."
    return f"The closing date of *{escape(after.title)}* is now *{day_words(closing)}*.{then}"
