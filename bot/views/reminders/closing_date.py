"""The direct message that tells a facilitator what is still open as the closing date comes near."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.views.block_kit.blocks import Message, context, paragraphs, section
from bot.views.wording.days import day_words
from bot.views.wording.people import Names
from bot.views.wording.text import count, escape, join_names, link
from model.assessment.assessment import Assessment, Mode
from model.reminders.closing_date import StillOpen

_MOST_NAMES = 10


def closing_reminder(
    assessment: Assessment,
    still: Sequence[StillOpen],
    *,
    closing: date,
    today: date,
    names: Names,
    board_address: str | None,
) -> Message:
    """What is still open.

    Args:
        assessment: What it is about.
        still: What is open in it, dimension by dimension.
        closing: Its closing date.
        today: The date where the reader is.
        names: Display names.
        board_address: Where its board is.
    """
    title = f"*{escape(assessment.title)}* in <#{assessment.channel_id}>"
    head = f"{title} {_when(closing, today)}. Still open:"
    lines = [_line(assessment, each, names) for each in still]
    notes = []
    if assessment.mode is Mode.TOGETHER and today <= closing:
        notes.append("Hidden votes are revealed when the closing date has passed.")
    if board_address is not None:
        notes.append(link(board_address, "Go to the board"))
    note = " · ".join(notes)
    small = [context(note)] if note else []
    return Message(
        "\n".join([head, *lines, *([note] if note else [])]), (section(head), *paragraphs(lines), *small)
    )


def closing_moved(assessment: Assessment) -> Message:
    """What a message about a closing date says once that is another."""
    title = f"*{escape(assessment.title)}* in <#{assessment.channel_id}>"
    closing = assessment.closing_date
    text = (
        f"{title} has no closing date any more."
        if closing is None
        else f"The closing date of {title} was changed: it is now *{closing:%A} {day_words(closing)}*."
    )
    return Message(text, (section(text),))


def _when(closing: date, today: date) -> str:
    if closing == today:
        return "closes *today*"
    if closing == today + timedelta(1):
        return "closes *tomorrow*"
    words = f"{closing:%A} {day_words(closing)}"
    return f"closes on *{words}*" if closing > today else f"was to close on *{words}*"


def _line(assessment: Assessment, still: StillOpen, names: Names) -> str:
    name = escape(assessment.framework.dimension(still.dimension_id).name)
    return f"• *{name}*: {_open_words(still, names)}"


def _open_words(still: StillOpen, names: Names) -> str:
    if not still.opened:
        return "not opened"
    if still.to_confirm:
        return "its level is to be confirmed"
    words = [f"{count(still.unanswered, 'question')} without an answer"]
    if still.to_agree:
        words.append(f"{still.to_agree} to be agreed")
    if still.put_off:
        words.append(f"{still.put_off} put off")
    if still.waiting_for:
        people = [names.of(each) for each in still.waiting_for[:_MOST_NAMES]]
        if len(still.waiting_for) > _MOST_NAMES:
            people.append(f"{len(still.waiting_for) - _MOST_NAMES} more")
        words.append(f"waiting for {join_names(people)}")
    return ", ".join(words)
