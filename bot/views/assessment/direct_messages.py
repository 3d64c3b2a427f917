"""Answers to what somebody writes to Milepost alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.block_kit.blocks import Message, actions, button, paragraphs, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.wording.text import escape, link, shorten
from model.assessment.assessment import Assessment

_MOST = 20


def nothing_under_way(command: str) -> str:
    """When none of somebody's channels has an assessment."""
    return (
        "No channel that you are in has an assessment under way. "
        f"In a channel of your team, type *{command} start* to begin one."
    )


def nothing_here(command: str) -> str:
    """When none of somebody's channels has an assessment, not even one that is over."""
    return f"No channel that you are in has an assessment. Type *{command} start* in one to begin."


def start_here() -> Message:
    """When somebody wants to begin from a direct message."""
    text = "Press Start, and choose the channel in the form."
    start = button("Start an assessment", ActionId.START, Reference(), style="primary")
    return Message(text, (section(text), actions(start)))


def which_one(word: str, found: Sequence[tuple[Assessment, str | None]]) -> Message:
    """When several could be meant.

    Args:
        word: The word that was written; one that we know.
        found: Assessments, each with the address of its board where that is posted.
    """
    several = "are under way" if all(assessment.active for assessment, _ in found) else "could be meant"
    return _listed(f"Several assessments {several}. {_write(word)}", found)


def not_called(word: str, name: str, found: Sequence[tuple[Assessment, str | None]]) -> Message:
    """When words name an assessment that is none of those that could be meant.

    Args:
        word: The word that was written; one that we know.
        name: What the words after it name.
        found: Assessments, each with the address of its board where that is posted.
    """
    head = f"No assessment called “{shorten(name, 150)}” could be meant here, so nothing was done."
    return _listed(f"{head} {_write(word)}", found)


def _write(word: str) -> str:
    return f"Write *{word}* and a part of the title of the one you mean:"


def _listed(head: str, found: Sequence[tuple[Assessment, str | None]]) -> Message:
    lines = [head]
    for assessment, address in found[:_MOST]:
        where = f"<#{assessment.channel_id}>"
        board = f" · {link(address, 'Go to the board')}" if address else ""
        lines.append(f"• {escape(assessment.title)} in {where}{board}")
    if len(found) > _MOST:
        lines.append(f"And {len(found) - _MOST} more.")
    return Message("\n".join(lines), tuple(paragraphs(lines)))
