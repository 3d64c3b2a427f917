"""Asking one person for which question a message is evidence."""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, Message, actions, button, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.menus import prompt_menu
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import Assessment

_WHICH = "For which question is this message evidence? Choose one, and it is logged with its author's name."
_FILE = (
    "Does what you shared here count as evidence? Choose the question, and it is noted with your name and a "
    "link. The file itself stays in Slack."
)
# What a message has room for beside the rest, as JSON.
_ROOM = 11_000
_SHORTEST = 50


def ask_which(assessment: Assessment, message_ts: str, *, dimension_id: str | None = None) -> Message:
    """For a message that somebody marked; in the thread of a dimension only its own questions."""
    return _ask(assessment, message_ts, _WHICH, dimension_id, ())


def ask_about_file(assessment: Assessment, message_ts: str, dimension_id: str) -> Message:
    """For a file that somebody shared in the thread of a dimension."""
    about = Reference(assessment=assessment.id, message=message_ts)
    refuse = button("This is not evidence", ActionId.NOT_EVIDENCE, about)
    return _ask(assessment, message_ts, _FILE, dimension_id, (refuse,))


def _ask(
    assessment: Assessment, message_ts: str, text: str, dimension_id: str | None, others: tuple[Block, ...]
) -> Message:
    about = Reference(assessment=assessment.id, message=message_ts, dimension=dimension_id or "")
    menu = prompt_menu(
        assessment,
        "Choose a question",
        dimension_id=dimension_id,
        asked_only=True,
        room=_ROOM,
        shortest=_SHORTEST,
    )
    # A framework of hundreds of questions outgrows a message, and not a form.
    answer = (
        button("Choose a question…", ActionId.LOG_FORM, about)
        if menu is None
        else {**menu, "action_id": ActionId.LOG_FOR.value}
    )
    row = {**actions(answer, *others), "block_id": about.encode()}
    return Message(text, (section(text), row))
