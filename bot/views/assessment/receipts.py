"""Private receipts: what was recorded for the person who pressed, and how to change it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.wording.levels import level_name
from bot.views.wording.people import to_be_invited
from bot.views.wording.text import escape, person
from model.assessment.assessment import Assessment, Mode


def level_receipt(before: Assessment, after: Assessment, prompt_id: str, by: str, level: int) -> str:
    """After a press on a level."""
    progress = after.prompt(prompt_id)
    label = escape(level_name(after.framework, level))
    if progress.decided_by != by or progress.level != level:
        standing = escape(level_name(after.framework, progress.level))
        if progress.level == level:
            return f"Recorded: *{label}*. {person(progress.decided_by or by)} said the same before you."
        return (
            f"Your level is kept: *{label}*. {person(progress.decided_by or by)} had answered before you, "
            f"so *{standing}* stands. If it should be another level, press *Change* on the card."
        )
    old = before.prompt(prompt_id).level
    was = f" (it was {escape(level_name(after.framework, old))})" if old is not None and old != level else ""
    return (
        f"Recorded: *{label}*{was}. To change it, press *Change* on the card. Evidence helps: *Add evidence*."
    )


def not_applicable_receipt(after: Assessment) -> str:
    """After a prompt was marked not applicable."""
    again = "Reopen…" if after.mode is Mode.TOGETHER else "Change"
    return (
        f"Recorded: *not applicable*. It is left out of the sum. To change it, press *{again}* on the card."
    )


def put_off_receipt() -> str:
    """After a prompt was put off."""
    return "Put off. Press *Answer now* on its card when you are ready."


def confirm_receipt(assessment: Assessment, dimension_id: str) -> str:
    """After a level was confirmed."""
    confirmation = assessment.dimension(dimension_id).confirmation
    name = escape(assessment.framework.dimension(dimension_id).name)
    level = escape(level_name(assessment.framework, None if confirmation is None else confirmation.level))
    return f"Confirmed: {name} is *{level}*. To change it, press *Change the level…* on the card."


def started_receipt(assessment: Assessment, outside: Sequence[str] = (), *, bot_inside: bool = True) -> str:
    """After the start form; without the bot in the channel nothing can appear there yet.

    Args:
        assessment: As it began.
        outside: Those of its facilitators who are not in the channel yet.
        bot_inside: Whether the bot is in the channel.
    """
    title = escape(assessment.title)
    if not bot_inside:
        return (
            f"Started: *{title}*. I am not in <#{assessment.channel_id}> yet: please type /invite and my "
            "name there, and the board will appear by itself."
        )
    started = f"Started: *{title}*. Its board is here in the channel. Press *Open* to begin with a dimension."
    return f"{started}{to_be_invited(outside, 'this', 'lead')}"


def opened_receipt(assessment: Assessment, dimension_id: str) -> str:
    """After a dimension was opened."""
    name = escape(assessment.framework.dimension(dimension_id).name)
    return f"{name} is open. Its card is at the end of the channel, and the questions are in its thread."


def reopened_receipt() -> str:
    """After Change or Answer now."""
    return "The levels are on the card again. Press one; until then the answer stands as it is."


def paused_receipt(after: Assessment) -> str:
    """After a pause."""
    return (
        f"Paused. Nothing of *{escape(after.title)}* is lost, and evidence can still be added. "
        "Press *Resume* on the board to carry on."
    )


def resumed_receipt(after: Assessment) -> str:
    """After a resume."""
    return f"Carrying on. The cards of *{escape(after.title)}* in the threads have their buttons again."


def cancelled_receipt() -> str:
    """After a cancellation."""
    return "Cancelled. Everything said so far is kept and marked as cancelled."


def closed_receipt() -> str:
    """After closing."""
    return "Closed. The results stand as they are."
